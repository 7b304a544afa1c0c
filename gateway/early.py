"""Refusals before there is a request: what a server cannot read leaves as problem+json too, from gunicorn and from eventlet.

A request line or headers beyond the limits never reach the application, whose problems gateway.problems makes.
"""

from http import HTTPStatus
from typing import Any

from gateway.problems import WORDS, document
from shared.ids import new_id
from shared.jsontext import dumps

LONGEST_LINE = 8190  # characters of a request line, and of one header
MOST_HEADERS = 100
PROBLEM = "application/problem+json"


def refusal(status: int) -> bytes:
    """Return the problem document of what is refused before anybody asked for an id."""
    code, zh, en = WORDS[status]
    return dumps(document(status, code, zh, en, [], new_id())).encode()


def raw_refusal(status: int) -> bytes:
    """Return the whole answer, after which the connection is closed."""
    body = refusal(status)
    wait = "Retry-After: 2\r\n" if status == 503 else ""
    head = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nConnection: close\r\nContent-Type: {PROBLEM}\r\n"
        f"X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n{wait}Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def status_of(error: Any) -> int | None:
    """Return the status for what gunicorn could not parse; None for anything else."""
    from gunicorn.http import errors

    if isinstance(error, errors.LimitRequestLine):
        return 414
    if isinstance(error, errors.LimitRequestHeaders):
        return 431
    return 400 if isinstance(error, errors.ParseException) else None
