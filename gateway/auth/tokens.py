"""Tokens, by which other systems come in: issued within limits, listed and revoked by the owner and by who manages the account."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from gateway.auth.account_faults import account_name
from gateway.auth.managing import managed_account, own_or_managed
from gateway.auth.roles import check_may_manage
from gateway.auth.secrets import TOKEN_PREFIX, digest, new_secret
from gateway.auth.telling import tell_owner
from gateway.storage.accounts import Accounts
from gateway.storage.logins import Limits, Logins
from shared.actor import Actor
from shared.clock import now
from shared.database import Sessions
from shared.errors import Conflict, NotFound
from shared.ids import new_id
from shared.recording import audit

TOKENS = 20  # live ones of one account


def issue_token(database: Sessions, actor: Actor, name: str, days: int, limits: Limits) -> dict[str, Any]:
    """Issue a bearer token with the rights of the actor's account within ``limits``; its
    secret is in this answer and nowhere else."""
    secret, at = TOKEN_PREFIX + new_secret(), now()
    shown = {
        "token": new_id(),
        "account": actor.account,
        "name": name,
        "created_at": at,
        "expires_at": at + timedelta(days=days),
        **asdict(limits),
    }
    with database.begin(actor) as session:
        Accounts(session).get(actor.account, lock=True)
        if Logins(session).live_tokens(actor.account, at) >= TOKENS:
            raise Conflict(
                "token.too_many", zh=f"有效令牌不得超过 {TOKENS} 个", en=f"an account has at most {TOKENS} live tokens"
            )
        Logins(session).add_token({**shown, "digest": digest(secret)})
        told = {"name": name, "expires_at": shown["expires_at"].isoformat(), **asdict(limits)}
        audit(session, action="token.issued", subject=f"{actor.account}/{shown['token']}", before={}, after=told)
    return {**shown, "revoked_at": None, "used_at": None, "used_from": None, "secret": secret}


def list_tokens(database: Sessions, actor: Actor, query: Mapping[str, Any]) -> dict[str, Any]:
    """List one's own tokens; those of an ``account`` or a ``bureau`` to whoever manages them."""
    account, bureau = query.get("account"), query.get("bureau")
    with database.begin(actor) as session:
        if account is not None and account_name(account) != actor.account:
            managed_account(session, actor, account)
        elif bureau is not None:
            check_may_manage(actor, bureau)
        of = account_name(account) if account else None if bureau is not None else actor.account
        return Logins(session).tokens_page(query.get("after"), query["limit"], account=of, bureau=bureau)


def revoke_token(database: Sessions, actor: Actor, token: str) -> None:
    """Revoke a token of one's own, or of an account that one manages; to others there is no such token."""
    unknown = NotFound("token.unknown", zh="没有这个令牌", en="there is no such token")
    with database.begin(actor) as session:
        owner = own_or_managed(session, actor, Logins(session).owner_of(token), unknown)
        Logins(session).revoke(token, now())
        audit(session, action="token.revoked", subject=f"{owner}/{token}", before={}, after={})
        tell_owner(session, owner, "token.revoked")
