"""For who runs the gateway: /healthz, /readyz, /metrics."""

from typing import Any

from flask import Blueprint, Response, abort, request
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from gateway.metrics import exposition
from gateway.parts import parts
from shared.errors import Entry, Unavailable

operation = Blueprint("operation", __name__)


@operation.route("/healthz")
def healthz() -> dict[str, Any]:
    return {"status": "ok"}


@operation.route("/readyz")
def readyz() -> dict[str, Any]:
    """Tell whether a request can be served: the database answers and the broker is connected."""
    missing = [
        _entry(name)
        for name, there in (("database", _database_answers()), ("broker", parts().rpc.connected))
        if not there
    ]
    if missing:
        raise Unavailable("gateway.not_ready", zh="网关尚未就绪", en="not ready", errors=missing)
    return {"status": "ready"}


@operation.route("/metrics")
def metrics() -> Response:
    """Answer with the metrics, for the inside: not for what came through a proxy."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        abort(404)
    return exposition()


def _database_answers() -> bool:
    try:
        with parts().database.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        return True
    except SQLAlchemyError:
        return False


def _entry(name: str) -> Entry:
    words = {"database": ("数据库未连接", "no database"), "broker": ("消息服务未连接", "no broker")}
    zh, en = words[name]
    return {"field": name, "code": f"{name}.absent", "zh": zh, "en": en}
