"""The database an operator's command works on: the one that is set, else the embedded one of this folder."""

from collections.abc import Iterator
from contextlib import contextmanager

from shared.embedded.postgres import EmbeddedPostgres
from shared.settings import settings

EMBEDDED_FOLDER = "postgres"


@contextmanager
def database() -> Iterator[str]:
    """Give the database's URL. Where the embedded one sleeps it is woken for as long as the command runs."""
    if settings.database_url:
        yield settings.database_url
        return
    server = EmbeddedPostgres(settings.var_folder / EMBEDDED_FOLDER, followed=settings.wal == "1")
    running = server.running_url()
    if running:
        yield running
        return
    try:
        yield server.start()
    finally:
        server.stop()
