"""One line of JSON for each answered request."""

import time

from flask import Response, g, request

from gateway.metrics import REQUEST_SECONDS, REQUESTS
from shared.logs import log


def log_answer(response: Response) -> Response:
    """Log an answer, never the query or the body: they hold people's data."""
    seconds = time.monotonic() - g.get("started_at", time.monotonic())
    endpoint = request.endpoint or "unknown"
    REQUESTS.labels(endpoint, request.method if endpoint != "unknown" else "", response.status_code).inc()
    REQUEST_SECONDS.labels(endpoint).observe(seconds)
    if endpoint.startswith("operation.") and response.status_code < 400:
        return response  # health checks and scrapes, every few seconds
    actor = g.get("actor")
    log.info(
        "request",
        method=request.method,
        path=request.path,
        status=response.status_code,
        milliseconds=round(seconds * 1000),
        account=actor.account if actor else "",
        address=request.remote_addr or "",
        bytes=response.content_length or 0,
    )
    return response
