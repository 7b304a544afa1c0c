"""统一身份认证: the organisation's own log-in, and for which accounts it vouches (docs/decisions/1016)."""

from typing import Any

from flask import Response, request, url_for
from marshmallow import fields

from gateway.api.accounts import GrantProposal
from gateway.api.cookies import cookie, give_cookie, take_cookie
from gateway.api.core import Command, Document, blueprint, leaves_no_trace, public, text
from gateway.api.sessions import SessionDocument, opened, visitor
from gateway.auth.identities import get_identity, link, unlink
from gateway.auth.logins import log_in_vouched
from gateway.auth.provider import (
    VISIT,
    VOUCHED,
    Away,
    Provider,
    Untrusted,
    opened_subject,
    opened_visit,
    sealed_subject,
    sealed_visit,
)
from gateway.current import by_hand, current_actor
from gateway.parts import parts
from shared.contracts.shapes import flag, listing
from shared.errors import NotFound, Unauthenticated
from shared.logs import log

oidc = blueprint("oidc", "统一身份认证 log-in by the organisation's own OpenID provider")
oidc.truthful = True

ON_VISIT, BACK = "kaohe_oidc_visit", "kaohe_oidc_back"


class ProviderDocument(Document):
    on = flag("whether the organisation's own log-in is set up")


class Code(Command):
    code = text(
        20, load_only=True, metadata={"description": "of the second factor, or a backup code, where there is one"}
    )


class Subject(Command):
    subject = text(255, required=True, metadata={"description": "`sub`, by which the provider names the person"})


class IdentityDocument(Document):
    account = fields.String(required=True)
    issuer = fields.String(required=True)
    subject = fields.String(required=True)
    linked_by = fields.String(required=True)
    linked_at = fields.AwareDateTime(required=True)


class LinkedIdentity(IdentityDocument):
    waiting = listing(GrantProposal, "roles that the security officer has to confirm anew first")


@oidc.route("/oidc")
@oidc.response(200, ProviderDocument)
@public
def get_provider() -> dict[str, Any]:
    """是否启用 whether the log-in page offers it"""
    return {"on": parts().provider is not None}


@oidc.route("/oidc/login")
@oidc.response(302)
@public
def leave_for_provider() -> Response:
    """前往登录 to the provider's own page; the browser comes back to `/login`"""
    provider = _provider()
    try:
        url, visit = provider.leave(_redirect())
    except (Away, Untrusted) as error:
        return _back("away", error)
    response = _found(url)
    give_cookie(response, ON_VISIT, sealed_visit(visit), VISIT)
    return response


@oidc.route("/oidc/callback")
@oidc.response(302)
@public
def come_back() -> Response:
    """返回 where the provider sends the browser; to `/login?oidc=done`, or another word for what went wrong"""
    provider, visit = _provider(), opened_visit(cookie(ON_VISIT))
    if visit is None:
        return _back("late")
    try:
        if "error" in request.args:
            return _back("refused")
        subject = provider.subject(visit, _redirect(), request.args)
    except Away as error:
        return _back("away", error)
    except Untrusted as error:
        return _back("untrusted", error)
    response = _back("done")
    give_cookie(response, BACK, sealed_subject(subject), VOUCHED)
    return response


@oidc.route("/oidc/sessions", methods=["POST"])
@oidc.arguments(Code)
@oidc.response(201, SessionDocument)
@public
@leaves_no_trace
def open_vouched_session(command: dict[str, Any]) -> Response:
    """登录 with what the provider has vouched for before this browser in the last five minutes"""
    provider, subject = _provider(), opened_subject(cookie(BACK))
    if subject is None:
        raise Unauthenticated("oidc.late", zh="请重新通过统一身份认证登录", en="go to the provider again")
    session = log_in_vouched(parts().database, provider.issuer, subject, visitor(), command.get("code", ""))
    response = opened(session)
    take_cookie(response, BACK)
    return response


@oidc.route("/accounts/<account>/identity")
@oidc.response(200, IdentityDocument)
def get_account_identity(account: str) -> dict[str, Any]:
    """绑定情况 by which subject the provider vouches for an account: one's own, or one that one manages"""
    actor = current_actor()
    with parts().database.begin(actor) as session:
        return get_identity(session, actor, account)


@oidc.route("/accounts/<account>/identity", methods=["PUT"])
@oidc.arguments(Subject)
@oidc.response(200, LinkedIdentity)
def link_account(command: dict[str, Any], account: str) -> dict[str, Any]:
    """绑定 the account is entered through the provider only; roles beyond staff and devices are confirmed anew"""
    actor, provider = by_hand(), _provider()
    with parts().database.begin(actor) as session:
        waiting = link(session, actor, account, provider.issuer, command["subject"])
        identity = get_identity(session, actor, account)
    parts().holders.forget()
    return {**identity, "waiting": waiting}


@oidc.route("/accounts/<account>/identity", methods=["DELETE"])
@oidc.response(204)
def unlink_account(account: str) -> Response:
    """解除绑定 nobody enters the account until it gets a password or is linked again"""
    actor = by_hand()
    with parts().database.begin(actor) as session:
        unlink(session, actor, account)
    parts().holders.forget()
    return Response(status=204)


def _provider() -> Provider:
    provider = parts().provider
    if provider is None:
        raise NotFound("oidc.off", zh="未启用统一身份认证", en="log-in by a provider is not set up")
    return provider


def _redirect() -> str:
    return url_for("oidc.come_back", _external=True)


def _back(word: str, error: Exception | None = None) -> Response:
    """To the console's log-in page, which has a sentence for each word; the visit is over."""
    if error is not None:
        log.warning("the OpenID provider could not be believed", outcome=word, reason=str(error))
    response = _found(f"/login?oidc={word}")
    take_cookie(response, ON_VISIT)
    return response


def _found(url: str) -> Response:
    """Nothing but the address: no page of this answer is seen."""
    response: Response = Response(status=302)
    response.headers["Location"] = url
    return response
