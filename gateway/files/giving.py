"""Giving a file out: to be saved, never to be shown by the browser that fetches it."""

from typing import Any
from urllib.parse import quote

from flask import Response

from gateway.files.names import FileName, plain_name

SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


def disposition(how: str, name: str | FileName) -> str:
    """Return the header that names a file: its Chinese name (RFC 5987), and a readable
    plain one for programs that do not read that; ``how``: attachment or inline."""
    plain = name.plain if isinstance(name, FileName) else plain_name(name)
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(str(name), safe='')}"


def attachment(
    content: Any, name: str | FileName, media_type: str, *, size: int | None = None, tag: str = "", status: int = 200
) -> Response:
    """Return a file to be saved under ``name`` (RFC 5987; a plain name for programs
    that do not read it), which no browser runs."""
    answer = Response(content, status=status, content_type=media_type)
    answer.headers["Content-Disposition"] = disposition("attachment", name)
    answer.headers["Content-Security-Policy"] = SANDBOX
    if size is not None:
        answer.headers["Content-Length"] = str(size)
    if tag:
        answer.headers["ETag"] = f'"{tag}"'
    return answer


def picture(png: bytes, tag: str, *, status: int = 200) -> Response:
    """Return a picture of our own making, which a browser may show and keep for the
    one who asked, as long as it asks again."""
    answer = Response(png, status=status, content_type="image/png")
    answer.headers["Content-Disposition"] = "inline"
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["ETag"] = f'"{tag}"'
    return answer
