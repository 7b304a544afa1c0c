"""Whose account it is, and who manages it: what stands before everything that is done to an account by somebody else."""

from gateway.auth.account_faults import account_name
from gateway.auth.proposals import waiting_for
from gateway.auth.roles import check_may_manage
from gateway.storage.accounts import Account, Accounts
from shared.actor import Actor
from shared.database import Session
from shared.errors import Forbidden, NotFound


def managed_account(session: Session, actor: Actor, name: str) -> Account:
    """Return the account, locked, which the actor manages: what waits for it counts as if it had it."""
    account = Accounts(session).get(account_name(name), lock=True)
    check_may_manage(actor, account.bureau, [*account.grants, *waiting_for(session, account.account)])
    return account


def own_or_managed(session: Session, actor: Actor, owner: str | None, unknown: NotFound) -> str:
    """Return the ``owner`` of a session or a token where that is the actor, or an account that the actor manages; else raise
    ``unknown``: to others there is no such thing."""
    if owner is None:
        raise unknown
    if owner != actor.account:
        try:
            managed_account(session, actor, owner)
        except Forbidden:
            raise unknown from None
    return owner
