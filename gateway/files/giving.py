"""Giving a file out: to be saved, never to be shown by the browser that fetches it."""

import re
from typing import Any
from urllib.parse import quote

from flask import Response

SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


def disposition(how: str, name: str) -> str:
    """Return the header that names a file: its Chinese name (RFC 5987), and a readable
    plain one for programs that do not read that; ``how``: attachment or inline."""
    return f"{how}; filename=\"{plain_name(name)}\"; filename*=UTF-8''{quote(name, safe='')}"


def plain_name(name: str) -> str:
    """Return what of a name is plain ASCII, its parts joined by hyphens: ``2026-P0001-反馈单.pdf`` → ``2026-P0001.pdf``."""
    stem, dot, ending = name.rpartition(".")
    parts = re.findall(r"[A-Za-z0-9]+(?:[._-]+[A-Za-z0-9]+)*", stem if dot else name)
    return "-".join(parts or ["kaohe"]) + (f".{ending}" if dot and ending.isascii() and ending.isalnum() else "")


def attachment(content: Any, name: str, media_type: str, *, size: int | None = None, tag: str = "") -> Response:
    """Return a file to be saved under ``name`` (RFC 5987; a plain name for programs
    that do not read it), which no browser runs."""
    answer = Response(content, content_type=media_type)
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
