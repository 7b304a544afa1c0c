"""Browser sessions: log in, who am I, log out."""

from datetime import datetime
from typing import Any

from flask import Response, g, jsonify, request
from marshmallow import fields

from gateway.api.accounts import AccountDocument
from gateway.api.core import Command, Document, PageQuery, blueprint, paged, public, text, whole
from gateway.auth.identify import COOKIE, Credential
from gateway.auth.logins import IDLE, SESSION_LASTS, OpenedSession, log_in, log_out, renew, session_end
from gateway.auth.secrets import csrf_for
from gateway.auth.telling import news_of
from gateway.current import current_actor
from gateway.parts import parts
from gateway.storage.events import AccountEvents
from shared.contracts.shapes import listing
from shared.errors import Unauthenticated
from shared.settings import settings

sessions = blueprint("sessions", "登录 browser sessions")


class LogIn(Command):
    account = text(64, required=True)
    password = text(200, required=True, load_only=True)


class AccountEvent(Document):
    event = fields.UUID(required=True)
    kind = fields.String(required=True, metadata={"description": "password.reset, grant.confirmed, token.revoked …"})
    by = fields.String(required=True, metadata={"description": "the account that did it"})
    address = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class SessionDocument(Document):
    account = fields.Nested(AccountDocument, required=True)
    csrf = fields.String(required=True, metadata={"description": "X-CSRF-Token of POST, PUT, PATCH and DELETE"})
    expires_at = fields.AwareDateTime(required=True, metadata={"description": "`renew` moves it"})
    idle_seconds = whole(1, metadata={"description": "a page left alone for so long should log out by itself"})
    news = listing(AccountEvent, "what others did to this account in the last 30 days, the newest first")


@sessions.route("/sessions", methods=["POST"])
@sessions.arguments(LogIn)
@sessions.response(201, SessionDocument)
@public
def create_session(command: dict[str, Any]) -> Response:
    """登录 log in with account and password; sets the session cookie"""
    return opened(log_in(parts().database, command["account"], command["password"], request.remote_addr or ""))


def opened(session: OpenedSession) -> Response:
    """The answer that brings a new session's cookie."""
    response = jsonify(_document(Credential("session", session.secret, session.account), session.expires_at))
    response.status_code = 201
    _give_cookie(response, session.secret)
    return response


@sessions.route("/sessions/current")
@sessions.response(200, SessionDocument)
def get_session() -> dict[str, Any]:
    """当前登录 who is logged in, and the CSRF token of this session"""
    if g.credential.kind != "session":
        raise Unauthenticated("session.none", zh="当前请求未使用浏览器登录", en="this request has no browser session")
    return _document(g.credential, session_end(parts().database, g.credential.secret))


@sessions.route("/sessions/renew", methods=["POST"])
@sessions.response(200, SessionDocument)
def renew_session() -> Response:
    """续期 go on for another 12 hours, up to a day after the log-in"""
    until = renew(parts().database, current_actor(), g.credential.secret)
    response = jsonify(_document(g.credential, until))
    _give_cookie(response, g.credential.secret)
    return response


@sessions.route("/sessions/current", methods=["DELETE"])
@sessions.response(204)
def end_session() -> Response:
    """退出 log out"""
    log_out(parts().database, current_actor(), g.credential.secret)
    parts().holders.forget()
    response = Response(status=204)
    response.delete_cookie(COOKIE, path="/")
    return response


def _give_cookie(response: Response, secret: str) -> None:
    secure = request.is_secure or settings.secure_cookies == "1"
    age = int(SESSION_LASTS.total_seconds())
    response.set_cookie(COOKIE, secret, max_age=age, path="/", httponly=True, samesite="Lax", secure=secure)


@sessions.route("/accounts/current/events")
@sessions.arguments(PageQuery, location="query")
@sessions.response(200, paged(AccountEvent))
def list_account_events(query: dict[str, Any]) -> dict[str, Any]:
    """账号动态 what happened to one's own account, the newest first"""
    actor = current_actor()
    with parts().database.begin(actor) as session:
        return AccountEvents(session).page(actor.account, query)


def _document(credential: Credential, expires_at: datetime) -> dict[str, Any]:
    with parts().database.begin(credential.account.actor()) as session:
        news = news_of(session, credential.account.account)
    return {
        "account": credential.account.document(),
        "csrf": csrf_for(credential.secret),
        "expires_at": expires_at,
        "idle_seconds": int(IDLE.total_seconds()),
        "news": news,
    }
