"""The cookies that a browser is given: who is logged in, and which browser it is. They are readable by no script."""

from datetime import timedelta

from flask import Response, request

from gateway.auth.identify import COOKIE, DEVICE, cookie_name, over_https
from gateway.auth.logins import SESSION_LASTS
from gateway.auth.secrets import csrf_for

KNOWN = timedelta(days=365)  # so long is a browser known from which somebody got in
CSRF = "X-CSRF-Token"


def give_session(response: Response, secret: str) -> None:
    """Give the browser a session, and its page the token that goes with it."""
    give_cookie(response, COOKIE, secret, int(SESSION_LASTS.total_seconds()))
    response.headers[CSRF] = csrf_for(secret)


def give_device(response: Response, device: str) -> None:
    """Let the browser be known again."""
    give_cookie(response, DEVICE, device, int(KNOWN.total_seconds()))


def give_cookie(response: Response, name: str, value: str, seconds: int) -> None:
    """Set a cookie that goes to this host alone."""
    secure, named = over_https(request), cookie_name(name, request)
    response.set_cookie(named, value, max_age=seconds, path="/", httponly=True, samesite="Lax", secure=secure)


def take_cookie(response: Response, name: str) -> None:
    """Take a cookie away."""
    secure, named = over_https(request), cookie_name(name, request)
    response.delete_cookie(named, path="/", httponly=True, samesite="Lax", secure=secure)


def cookie(name: str) -> str:
    """Return what the browser sent of a cookie that it was given; empty where it has none."""
    return request.cookies.get(cookie_name(name, request), "")
