"""The addresses that clocks ask, as their firmware spells them: slashes doubled or at the end, capitals, ``.aspx`` behind each."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_ROOT = "iclock"


class ClockPaths:
    """An application that is asked in one spelling: another would be led there by a redirect, which no clock follows."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        environ["PATH_INFO"] = known_path(environ.get("PATH_INFO", ""))
        return self._application(environ, start_response)


def known_path(path: str) -> str:
    """Return the address as the routes spell it; any other than a clock's as it is."""
    root, *rest = [part for part in path.split("/") if part] or [""]
    if root.lower() != _ROOT:
        return path
    return "/".join(["", _ROOT, *(part.lower().removesuffix(".aspx") for part in rest[:1]), *rest[1:]]) + "/" * (
        not rest
    )
