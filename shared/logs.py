"""JSON logs on standard output, one object a line, each with the request's id."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.contextvars import bind_contextvars, get_contextvars

log = structlog.get_logger()


def configure(process: str, level: str = "INFO") -> None:
    """Route structlog and the standard library's logging into one JSON stream named after ``process``."""

    def name_process(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event["process"] = process
        return event

    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        name_process,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # Chatty at INFO, and never about what a reader of our logs asks.
    for name in ("kombu", "amqp", "alembic"):
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    # nameko logs each failing worker with its trace; the entrypoints log the same once, with what follows from it.
    logging.getLogger("nameko.containers").setLevel(logging.CRITICAL)
    # It warns that embedded:// names no host.
    logging.getLogger("kombu.connection").setLevel(max(logging.ERROR, root.level))


def bind(**values: str) -> None:
    bind_contextvars(**values)


def request_id() -> str:
    """Return the id of the request that this worker serves, or the empty string."""
    return str(get_contextvars().get("request_id", ""))
