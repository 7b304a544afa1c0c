"""The start page and the page to vote on: plain files, clients of the HTTP API like any other."""

from importlib.resources import files

from flask import Blueprint, Response

web = Blueprint("web", __name__)

_TYPES = {"html": "text/html", "js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def _page(name: str) -> Response:
    kind = _TYPES[name.rpartition(".")[2]]
    response = Response((files("gateway.web") / name).read_bytes(), content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Security-Policy"] = _CSP
    response.headers["Cache-Control"] = "no-cache"
    return response


@web.route("/")
def start() -> Response:
    return _page("start.html")


@web.route("/start.js")
def script() -> Response:
    return _page("start.js")


@web.route("/start.css")
def style() -> Response:
    return _page("start.css")


@web.route("/vote/<campaign>")
def vote(campaign: str) -> Response:  # noqa: ARG001  # the page's script reads it from the address
    """Where people outside vote with a one-time token, without an account."""
    return _page("vote.html")


@web.route("/vote.js")
def vote_script() -> Response:
    return _page("vote.js")


@web.route("/vote.css")
def vote_style() -> Response:
    return _page("vote.css")


@web.route("/favicon.ico")
def icon() -> Response:
    return _page("icon.svg")
