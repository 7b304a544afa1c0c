"""Browser sessions: log in, who am I, log out."""

from datetime import datetime
from typing import Any

from flask import Response, g, jsonify, request
from marshmallow import fields

from gateway.api.accounts import AccountDocument
from gateway.api.cookies import cookie, give_device, give_session, take_cookie
from gateway.api.core import Command, Document, PageQuery, blueprint, paged, public, text, whole
from gateway.auth.identify import COOKIE, DEVICE, Credential
from gateway.auth.logins import (
    OpenedSession,
    Visitor,
    end_named_session,
    log_in,
    log_out,
    renew,
    session_end,
)
from gateway.auth.logins import list_sessions as sessions_of
from gateway.auth.secrets import csrf_for, digest
from gateway.auth.telling import news_of
from gateway.current import current_actor
from gateway.parts import parts
from gateway.storage.events import AccountEvents
from gateway.storage.logins import idle
from shared.contracts.shapes import listing
from shared.errors import Unauthenticated

sessions = blueprint("sessions", "登录 browser sessions")


class LogIn(Command):
    account = text(64, required=True)
    password = text(200, required=True, load_only=True)
    code = text(
        20, load_only=True, metadata={"description": "of the second factor, or a backup code, where there is one"}
    )


class AccountEvent(Document):
    event = fields.UUID(required=True)
    kind = fields.String(required=True, metadata={"description": "password.reset, grant.confirmed, token.revoked …"})
    by = fields.String(required=True, metadata={"description": "the account that did it"})
    by_name = fields.String(required=True, metadata={"description": "as it is called today; empty where it is gone"})
    address = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class SessionQuery(Command):
    account = text(64, metadata={"description": "whose; one's own where absent"})


class ListedSession(Document):
    session = fields.UUID(required=True)
    account = fields.String(required=True)
    address = fields.String(required=True)
    device = fields.String(required=True, metadata={"description": "what the browser calls itself"})
    created_at = fields.AwareDateTime(required=True)
    seen_at = fields.AwareDateTime(required=True, metadata={"description": "to the minute"})
    expires_at = fields.AwareDateTime(required=True)
    current = fields.Boolean(required=True, metadata={"description": "the one that asks"})


class SessionList(Document):
    items = listing(ListedSession)


class SessionDocument(Document):
    account = fields.Nested(AccountDocument, required=True)
    csrf = fields.String(required=True, metadata={"description": "X-CSRF-Token of POST, PUT, PATCH and DELETE"})
    expires_at = fields.AwareDateTime(required=True, metadata={"description": "`renew` moves it"})
    idle_seconds = whole(1, metadata={"description": "a page left alone for so long should log out by itself"})
    news = listing(
        AccountEvent,
        "what others did to this account in the last 30 days, log-ins from new devices, and its second factor; the newest first",
    )


@sessions.route("/sessions", methods=["POST"])
@sessions.arguments(LogIn)
@sessions.response(201, SessionDocument)
@public
def create_session(command: dict[str, Any]) -> Response:
    """登录 log in with account and password; sets the session cookie"""
    return opened(log_in(parts().database, command["account"], command["password"], visitor(), command.get("code", "")))


def visitor() -> Visitor:
    """Tell from where this request asks to be let in."""
    return Visitor(
        request.remote_addr or "",
        request.headers.get("User-Agent", ""),
        cookie(DEVICE),
        cookie(COOKIE),
    )


def opened(session: OpenedSession) -> Response:
    """Return the answer that brings a new session's cookie."""
    response = jsonify(_document(Credential("session", session.secret, session.account), session.expires_at))
    response.status_code = 201
    give_session(response, session.secret)
    give_device(response, session.device)
    parts().holders.forget()
    return response


@sessions.route("/sessions")
@sessions.arguments(SessionQuery, location="query")
@sessions.response(200, SessionList)
def list_sessions(query: dict[str, Any]) -> dict[str, Any]:
    """登录列表 where one is logged in, or somebody whose account one manages"""
    mine = digest(g.credential.secret)
    found = sessions_of(parts().database, current_actor(), query.get("account"))
    names = ("session", "account", "address", "device", "created_at", "seen_at", "expires_at")
    return {"items": [{**{name: row[name] for name in names}, "current": row["digest"] == mine} for row in found]}


@sessions.route("/sessions/<uuid:session>", methods=["DELETE"])
@sessions.response(204)
def end_other_session(session: Any) -> Response:
    """结束登录 end one of one's own sessions, or of an account that one manages"""
    end_named_session(parts().database, current_actor(), str(session))
    parts().holders.forget()
    return Response(status=204)


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
    give_session(response, g.credential.secret)
    return response


@sessions.route("/sessions/current", methods=["DELETE"])
@sessions.response(204)
def end_session() -> Response:
    """退出 log out"""
    log_out(parts().database, current_actor(), g.credential.secret)
    parts().holders.forget()
    response = Response(status=204)
    take_cookie(response, COOKIE)
    return response


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
        "idle_seconds": int(idle().total_seconds()),
        "news": news,
    }
