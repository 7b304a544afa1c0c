"""The console and the page to vote on: built files and plain ones, clients of the HTTP API like any other."""

import mimetypes
from importlib.resources import files
from pathlib import Path, PurePosixPath

from flask import Blueprint, Response, abort, request
from werkzeug.routing import PathConverter

web = Blueprint("web", __name__)
mimetypes.add_type("image/webp", ".webp")  # known by itself from Python 3.13 on

CONSOLE = Path(str(files("gateway.web") / "console"))
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_FOR_EVER = "public, max-age=31536000, immutable"  # the build puts a hash of its content into each name


class ConsolePath(PathConverter):
    """An address of the console: whatever is neither the API's nor the clocks' nor a built file's."""

    part_isolating = False
    regex = r"(?!(?:api|iclock|assets)(?:/|$))[^/].*?"


def _plain(name: str) -> Response:
    return _answer((files("gateway.web") / name).read_bytes(), name, "no-cache")


def _answer(content: bytes, name: str, cache: str) -> Response:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind in ("image/svg+xml", "application/json")
    response = Response(content, content_type=f"{kind}; charset=utf-8" if text else kind)
    response.headers["Content-Security-Policy"] = _CSP
    response.headers["Cache-Control"] = cache
    return response


def _built(name: str, cache: str) -> Response:
    """A file of the console as the build left it, packed where the browser takes that."""
    path = CONSOLE / PurePosixPath(name)
    if ".." in path.parts or not path.is_file():
        abort(404)
    packed = path.with_name(f"{path.name}.gz")
    takes = request.accept_encodings.quality("gzip") > 0 and packed.is_file()
    response = _answer((packed if takes else path).read_bytes(), name, cache)
    response.headers["Vary"] = "Accept-Encoding"
    if takes:
        response.headers["Content-Encoding"] = "gzip"
    return response


@web.route("/")
@web.route("/<console:path>")
def console(path: str = "") -> Response:
    """Return the console's one page: which of its pages is meant, its script reads from the address."""
    if not (CONSOLE / ".built").exists():
        return _plain("unbuilt.html")
    if path and PurePosixPath(path).suffix and not path.startswith("handbook/"):
        return _built(path, "no-cache")
    return _built("index.html", "no-cache")


@web.route("/assets/<path:name>")
def asset(name: str) -> Response:
    return _built(f"assets/{name}", _FOR_EVER)


@web.route("/vote/<campaign>")
def vote(campaign: str) -> Response:  # noqa: ARG001  # the page's script reads it from the address
    """Return the page where people outside vote with a one-time token, without an account."""
    return _plain("vote.html")


@web.route("/vote.js")
def vote_script() -> Response:
    return _plain("vote.js")


@web.route("/vote.css")
def vote_style() -> Response:
    return _plain("vote.css")


@web.route("/favicon.ico")
def icon() -> Response:
    response = _plain("icon.svg")
    response.headers["Content-Type"] = "image/svg+xml"
    return response
