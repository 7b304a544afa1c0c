"""Another way into an account, made by somebody else than its owner: a password, or the organisation's own log-in. An account has one."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from gateway.auth.proposals import propose, waiting_for, withdraw
from gateway.auth.roles import PLAIN, may_confirm_grants, weighty
from gateway.auth.saving import save_account
from gateway.storage.accounts import Account, Accounts
from gateway.storage.identities import Identities
from gateway.storage.logins import Logins
from shared.actor import Actor, Grant
from shared.clock import now
from shared.errors import Conflict


@dataclass(frozen=True)
class WayIn:
    """By which password the account is entered from now on, how the trail calls that, and which command of the
    machine's own does the same and leaves the roles."""

    action: str
    password_hash: str
    must_change: bool
    on_machine: str = ""


def open_by_two(session: Session, actor: Actor, account: Account, way: WayIn, reason: str) -> list[dict[str, Any]]:
    """Open the account in another way; returns which of its roles wait.

    Whoever makes a way in could come in by it: the account keeps only what its keeper could give alone, until a security officer, who
    makes none, has confirmed its other roles anew. Where there is none who could, that is refused: the roles would be lost.
    """
    if weighty(account.grants):
        _check_somebody_confirms(session, actor, account, way)
    wanted = tuple(dict.fromkeys([*weighty(account.grants), *waiting_for(session, account.account)]))
    withdraw(session, account.account)
    after = open_anew(session, account, way, tuple(one for one in account.grants if one.role in PLAIN))
    return propose(session, actor, after, wanted, reason=reason)


def open_anew(session: Session, account: Account, way: WayIn, grants: tuple[Grant, ...]) -> Account:
    """Close every way in that there was: sessions and tokens end, no device is known, no provider vouches for the account."""
    changes = {"password_hash": way.password_hash, "must_change": way.must_change, "grants": grants}
    after = save_account(session, account, way.action, **changes)
    Accounts(session).keep_former(account.account, account.password_hash, now())
    Identities(session).drop(account.account)
    Logins(session).end_sessions(account.account)
    Logins(session).revoke_all(account.account, now())
    Logins(session).forget_devices(account.account)
    return after


def _check_somebody_confirms(session: Session, actor: Actor, account: Account, way: WayIn) -> None:
    ours = {(one.bureau, one.person) for one in (actor, account) if one.person is not None}
    for officer in Accounts(session).security_officers():
        other = officer.account not in (actor.account, account.account) and (officer.bureau, officer.person) not in ours
        if other and may_confirm_grants(officer.actor(), account.bureau):
            return
    zh = f"没有其他安全管理员可以重新确认该账号的角色，请在服务器上执行：{way.on_machine}（角色保留）"
    en = f"no other security officer could confirm its roles anew: on the server, run {way.on_machine} (the roles stay)"
    raise Conflict("account.nobody_confirms", zh=zh, en=en)
