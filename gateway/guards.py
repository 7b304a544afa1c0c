"""What every request passes before its view, in this order: id, size, characters, who asks, may they, asked before?"""

import re
import time
from typing import Any

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import RequestEntityTooLarge

from gateway.auth.identify import check_csrf, check_limits, identify
from gateway.auth.second_factor import needs_factor
from gateway.current import current_actor
from gateway.hinting import hint_of
from gateway.idempotency import answered_before, keep_answer
from gateway.logs import log_answer
from gateway.parts import parts
from gateway.reading import check_texts
from gateway.weight import lighten
from shared import logs
from shared.errors import Forbidden
from shared.ids import new_id
from shared.logs import log

LARGEST_BODY = 2 * 1024 * 1024  # where the view says nothing else (gateway.api.core.body_limit)
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
# What an account may do before it has changed a password that somebody else knows.
_BEFORE_CHANGE = frozenset({"sessions.get_session", "sessions.end_session", "accounts.change_password"})
# What it may do before it has enrolled the second factor that its role needs.
_BEFORE_FACTOR = _BEFORE_CHANGE | {
    f"second_factors.{step}" for step in ("get_second_factor", "begin_second_factor", "confirm_second_factor")
}


def register(app: Flask) -> None:
    app.before_request(_begin)
    app.before_request(_check_size)
    app.before_request(_check_characters)
    app.before_request(_check_access)
    app.before_request(answered_before)
    for step in (log_answer, lighten, _protect, _keep):  # Flask runs them from the last to the first
        app.after_request(step)
    app.teardown_request(lambda _: logs.bind(request_id=""))


def _begin() -> None:
    g.started_at = time.monotonic()
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else new_id()
    logs.bind(request_id=g.request_id)


def _check_size() -> None:
    # gunicorn says of every body that it ends by itself, eventlet of none: one that was cut off half-way would be taken for the whole
    request.environ.pop("wsgi.input_terminated", None)
    if _chunked():
        request.environ["wsgi.input_terminated"] = True
    if _mark("streams", False):
        return  # the view counts what it takes
    limit = request.max_content_length = _mark("body_limit", LARGEST_BODY)
    size = request.content_length or 0
    if _chunked():
        size = len(request.get_data(cache=True)) + 1  # cut off at the limit without a word
    if size > limit:
        raise RequestEntityTooLarge


def _chunked() -> bool:
    return request.headers.get("Transfer-Encoding", "").lower() == "chunked"


def _check_characters() -> None:
    check_texts((request.path, *request.args, *(value for values in request.args.listvalues() for value in values)))


def _check_access() -> None:
    """Everything under /api needs a log-in unless its view is marked public, or answers without one."""
    g.credential = g.actor = None
    if not request.path.startswith("/api/") or request.endpoint is None or _mark("public", False):
        return
    g.credential = credential = identify(request, parts().holders)
    if credential is not None:
        g.actor = credential.account.actor(request.remote_addr or "", g.request_id)
    elif _mark("anonymously", False):
        return
    current_actor()
    check_limits(request, credential)
    check_csrf(request, credential)
    if credential and credential.kind == "session" and credential.account.must_change:
        _only_password_change()
    if credential and needs_factor(credential.account) and not credential.enrolled:
        _only_enrolment()


def _only_password_change() -> None:
    if request.endpoint not in _BEFORE_CHANGE:
        raise Forbidden("password.change_required", zh="请先修改初始密码", en="change the initial password first")


def _only_enrolment() -> None:
    if request.endpoint not in _BEFORE_FACTOR:
        raise Forbidden("second_factor.required", zh="请先启用二次验证", en="enrol a second factor first")


def _mark(name: str, default: Any) -> Any:
    """What a view was marked with, the view that answers for this method of this path."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, name, default)


def _keep(response: Response) -> Response:
    try:
        return keep_answer(response, hint_of(response))
    except Exception:
        # The work is done and committed; that its repetition cannot be answered is the lesser harm, as is that pages look for themselves.
        log.exception("an answer could not be kept for its Idempotency-Key, or hinted at")
        return response


def _protect(response: Response) -> Response:
    headers = response.headers
    headers["X-Request-Id"] = g.get("request_id", "")
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["X-Frame-Options"] = "DENY"
    headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
