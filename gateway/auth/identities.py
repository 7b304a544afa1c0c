"""Accounts that are entered by the organisation's own log-in: linked by an administrator, never made by logging in (docs/decisions/1016).

Each function runs in the caller's transaction.
"""

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from gateway.auth.account_faults import account_name
from gateway.auth.managing import managed_account, own_or_managed
from gateway.auth.passwords import hash_password
from gateway.auth.roles import check_not_own
from gateway.auth.secrets import new_secret
from gateway.auth.ways_in import WayIn, open_anew, open_by_two
from gateway.storage.accounts import Account, Accounts
from gateway.storage.identities import Identities
from shared.actor import Actor
from shared.clock import now
from shared.errors import Conflict, Forbidden, NotFound
from shared.recording import audit

AFTER_LINK = "统一身份认证已绑定，须重新确认"  # what the security officer is told of a role that was held before


def get_identity(session: Session, actor: Actor, name: str) -> dict[str, Any]:
    """Return for which subject of which provider the account stands: one's own, or one that one manages."""
    unknown = NotFound("identity.none", zh="该账号未绑定统一身份认证", en="no provider vouches for this account")
    owner = own_or_managed(session, actor, Accounts(session).get(account_name(name)).account, unknown)
    found = Identities(session).find(owner)
    if found is None:
        raise unknown
    return found


def link(session: Session, actor: Actor, name: str, issuer: str, subject: str) -> list[dict[str, Any]]:
    """Let the account be entered by ``subject`` of ``issuer``, and no more by a password; returns which of its roles wait.

    Whoever links could name a subject of their own: as with a new password, weighty roles are confirmed anew.
    """
    account = _administered(session, actor, name)
    _check_free(session, account, issuer, subject)
    by_machine = f"kaohe accounts link {account.account} {subject}"
    waiting = open_by_two(session, actor, account, replace(_by_provider(), on_machine=by_machine), AFTER_LINK)
    _put(session, actor, account, issuer, subject)
    return waiting


def link_on_machine(session: Session, actor: Actor, name: str, issuer: str, subject: str) -> None:
    """Link the account; the roles stay, since whoever has the machine has the database."""
    account = Accounts(session).get(account_name(name), lock=True)
    _check_free(session, account, issuer, subject)
    open_anew(session, account, _by_provider(), account.grants)
    _put(session, actor, account, issuer, subject)


def unlink(session: Session, actor: Actor, name: str) -> None:
    """Close this way in: then there is none until somebody makes a password."""
    account = _administered(session, actor, name)
    if Identities(session).find(account.account) is None:
        raise NotFound("identity.none", zh="该账号未绑定统一身份认证", en="no provider vouches for this account")
    open_anew(session, account, _by_provider("identity.unlinked"), account.grants)


def _administered(session: Session, actor: Actor, name: str) -> Account:
    if not actor.has("admin"):
        zh, en = "应由系统管理员绑定或解除", "an administrator links and unlinks"
        raise Forbidden("identity.admin_only", zh=zh, en=en)
    account = managed_account(session, actor, name)
    check_not_own(actor, account.account, account.bureau, account.person)
    return account


def _check_free(session: Session, account: Account, issuer: str, subject: str) -> None:
    """Whoever is linked already is unlinked first, by its own line of the trail."""
    holder = Identities(session).account_of(issuer, subject)
    if holder is not None or Identities(session).find(account.account) is not None:
        zh, en = "该账号或该用户已经绑定", "the account or the subject is linked already"
        raise Conflict("identity.taken", zh=zh, en=en)


def _by_provider(action: str = "identity.linked") -> WayIn:
    """A password that nobody knows."""
    return WayIn(action, hash_password(new_secret()), must_change=False)


def _put(session: Session, actor: Actor, account: Account, issuer: str, subject: str) -> None:
    Identities(session).put(account.account, issuer, subject, actor.account, now())
    after = {"issuer": issuer, "subject": subject}
    audit(session, action="identity.named", subject=account.account, before={}, after=after)
