"""The next revision of an account, with what follows from it: sessions end, proposals are taken back, the trail and the owner are told."""

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from gateway.auth.proposals import withdraw
from gateway.auth.telling import tell_owner
from gateway.storage.accounts import Account, Accounts
from gateway.storage.identities import Identities
from gateway.storage.logins import Logins
from shared.clock import now
from shared.recording import audit


def save_account(session: Session, before: Account, action: str, **changes: Any) -> Account:
    """Store ``before`` with ``changes``; returns it as it is now."""
    after = replace(before, revision=before.revision + 1, changed_at=now(), **changes)
    Accounts(session).save(after)
    if set(after.grants) != set(before.grants) or after.person != before.person:
        Logins(session).end_sessions(after.account)  # whoever has other rights logs in anew
    if not after.active or after.person != before.person:
        withdraw(session, after.account)
    if after.person != before.person:
        Identities(session).drop(after.account)  # the provider vouches for who it was before
    if not after.active:
        Logins(session).end_sessions(after.account)
        Logins(session).revoke_all(after.account, after.changed_at)
    audit(session, action=action, subject=after.account, before=audited(before), after=audited(after))
    tell_owner(session, after.account, action)
    return after


def audited(account: Account) -> dict[str, Any]:
    """Return what the trail keeps of an account."""
    return {
        **account.document(),
        "created_at": account.created_at.isoformat(),
        "changed_at": account.changed_at.isoformat(),
    }
