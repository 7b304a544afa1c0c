"""Writes the API's document: ``python -m ops.private.openapi FILE``. Neither a database nor a broker is needed for it."""

import sys
from pathlib import Path
from secrets import token_urlsafe

from gateway.app import create_app
from gateway.multiplexing import RpcClient
from shared.database import open_sessions
from shared.settings import Settings, settings

_NOWHERE = "127.0.0.1:1/none"


def document() -> bytes:
    """Return the OpenAPI document as a client gets it."""
    nowhere = Settings(
        database_url=f"postgresql+psycopg2://nobody@{_NOWHERE}",
        broker_url=f"amqp://nobody@{_NOWHERE}",
        secret=token_urlsafe(48),
    )
    settings.use(nowhere)
    app = create_app(open_sessions(nowhere.database_url, "gateway"), RpcClient(nowhere.broker_url, {}, timeout=1))
    return app.test_client().get("/api/v1/openapi.json").get_data()


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(document())
