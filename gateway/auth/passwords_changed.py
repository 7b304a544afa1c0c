"""A password changed by its owner, or made anew by somebody else. Each function runs in the caller's transaction."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from gateway.auth.account_faults import account_name, refuse
from gateway.auth.managing import managed_account
from gateway.auth.passwords import hash_password, matches, new_password, password_faults
from gateway.auth.roles import check_not_own
from gateway.auth.saving import save_account
from gateway.auth.ways_in import WayIn, open_anew, open_by_two
from gateway.storage.accounts import Accounts
from gateway.storage.logins import Logins
from shared.actor import Actor
from shared.clock import now
from shared.errors import Invalid
from shared.settings import settings

AFTER_RESET = "密码已重置，须重新确认"  # what the security officer is told of a role that was held before


@dataclass(frozen=True)
class Rotation:
    """The digests of a session's secret as it is and as it will be."""

    held: bytes
    fresh: bytes


def change_password(session: Session, actor: Actor, current: str, new: str, *, rotation: Rotation) -> None:
    """Change one's own password; the session goes on under another secret, every other one and every token ends: whoever has got
    hold of the old secret is out as well."""
    account = Accounts(session).get(actor.account, lock=True)
    if not matches(account.password_hash, current):
        raise Invalid("password.wrong", zh="原密码不正确", en="the current password is wrong")
    refuse(password_faults(new, account.account))
    former = [
        account.password_hash,
        *Accounts(session).former_passwords(account.account, int(settings.former_passwords)),
    ]
    if any(matches(one, new) for one in former):
        zh, en = "新密码不得与用过的密码相同", "the new password is one that was used before"
        refuse([{"field": "new", "code": "password.same", "zh": zh, "en": en}])
    save_account(session, account, "password.changed", password_hash=hash_password(new), must_change=False)
    Accounts(session).keep_former(account.account, account.password_hash, now())
    Logins(session).end_sessions(account.account, but=rotation.held)
    Logins(session).rotate_session(rotation.held, rotation.fresh)
    Logins(session).revoke_all(account.account, now())


def reset_password(session: Session, actor: Actor, name: str) -> tuple[str, list[dict[str, Any]]]:
    """Make a new password for an account that the actor manages; returns it and which roles wait."""
    account = managed_account(session, actor, name)
    check_not_own(actor, account.account, account.bureau, account.person)
    password = new_password()
    by_machine = f"kaohe accounts reset-password {account.account}"
    opened = WayIn("password.reset", hash_password(password), must_change=True, on_machine=by_machine)
    return password, open_by_two(session, actor, account, opened, AFTER_RESET)


def reset_on_machine(session: Session, name: str) -> str:
    """Make a new password; the roles stay, since whoever has the machine has the database."""
    password = new_password()
    account = Accounts(session).get(account_name(name), lock=True)
    open_anew(session, account, WayIn("password.reset", hash_password(password), must_change=True), account.grants)
    return password
