"""Roles by four eyes: whoever keeps accounts proposes, a 安全管理员 confirms, and only then the account has the role.

Each function runs in the caller's transaction.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from gateway.auth.proposal_rules import check_fits, check_may_decide, check_may_refuse, check_waits, choices, grant_in
from gateway.auth.roles import sees_grants
from gateway.auth.telling import tell_owner
from gateway.storage.accounts import Account, Accounts
from gateway.storage.logins import Logins
from gateway.storage.proposals import Proposals, shown
from shared.actor import Actor, Grant
from shared.clock import now
from shared.errors import Forbidden, NotFound
from shared.ids import new_id
from shared.recording import audit

# whose names are told beside their accounts, and under what
_NAMED = {"account": "name", "proposed_by": "proposed_name", "decided_by": "decided_name"}
LASTS = timedelta(days=14)  # then it has to be proposed anew


def propose(
    session: Session, actor: Actor, account: Account, grants: Sequence[Grant], *, reason: str = ""
) -> list[dict[str, Any]]:
    """Note that ``account`` is to have ``grants``, and for which ``reason`` beyond the usual; the caller has checked that the
    actor may propose them."""
    at = now()
    waiting = set(waiting_for(session, account.account))
    rows = [{**_row(actor, account, grant, at), "reason": reason} for grant in grants if grant not in waiting]
    Proposals(session).add(rows)
    for row in rows:
        _note(session, "grant.proposed", row)
    return [shown(row, at) for row in rows]


def waiting_for(session: Session, account: str) -> list[Grant]:
    """Return the grants that wait for ``account``."""
    return [grant_in(row) for row in Proposals(session).waiting(account, now())]


def withdraw(session: Session, account: str) -> None:
    """Take back whatever waits for ``account``: it is no longer what it was when that was proposed."""
    actor: Actor = session.info["actor"]
    for row in Proposals(session).withdraw(account, now(), actor.account):
        _note(session, "grant.withdrawn", row)


def confirm(session: Session, actor: Actor, ids: Sequence[str]) -> dict[str, Any]:
    """Give the accounts what was proposed for them, all or nothing."""
    at = now()
    for name in Proposals(session).accounts_of(
        ids
    ):  # accounts before proposals, as whoever changes an account locks them
        Accounts(session).get(name, lock=True)
    rows = _open(session, actor, ids, at)
    for row in rows:
        check_may_decide(actor, row)
    for row in rows:
        _give(session, actor, row, at)
    Proposals(session).decide(ids, status="confirmed", decided_by=actor.account, decided_at=at)
    return _decided(session, "grant.confirmed", ids, at)


def refuse(session: Session, actor: Actor, ids: Sequence[str], reason: str) -> dict[str, Any]:
    """Refuse what was proposed; whoever proposed it takes it back."""
    at = now()
    rows = _open(session, actor, ids, at)
    for row in rows:
        check_may_refuse(actor, row)
    mine = all(actor.account == row["proposed_by"] for row in rows)
    status = "withdrawn" if mine else "refused"
    Proposals(session).decide(ids, status=status, decided_by=actor.account, decided_at=at, reason=reason)
    return _decided(session, f"grant.{status}", ids, at)


def list_proposals(
    session: Session, actor: Actor, query: Mapping[str, Any], by_hand: Callable[[], object]
) -> dict[str, Any]:
    """List the proposals for accounts of the actor's bureau; all of them for who keeps the whole installation. Each tells what
    the actor may do with it."""
    bureau = None if sees_grants(actor, "") else actor.bureau
    if bureau is not None and not sees_grants(actor, bureau):
        raise Forbidden("grant.not_yours", zh="无权查看授权事项", en="proposals of roles are not yours to see")
    at = now()
    found = Proposals(session).page(bureau, query, at)
    named = {row[name] for row in found["items"] for name in _NAMED if row[name]}
    accounts = Accounts(session).named(named)
    told = [
        {**shown(row, at), **_names(row, accounts), **choices(actor, row, accounts, at, by_hand)}
        for row in found["items"]
    ]
    return {"items": told, "next": found["next"]}


def _names(row: Mapping[str, Any], accounts: Mapping[str, Account]) -> dict[str, str]:
    """Return what the accounts of ``row`` are called, of those that are still there."""
    return {field: accounts[row[name]].name for name, field in _NAMED.items() if row[name] in accounts}


def _open(session: Session, actor: Actor, ids: Sequence[str], at: datetime) -> list[dict[str, Any]]:
    found = Proposals(session).some(set(ids))
    rows = [found[one] for one in dict.fromkeys(ids) if one in found and sees_grants(actor, found[one]["bureau"])]
    if len(rows) < len(set(ids)):
        raise NotFound("grant.unknown", zh="没有这项授权申请", en="there is no such proposal")
    for row in rows:
        check_waits(row, at)
    return rows


def _give(session: Session, actor: Actor, row: Mapping[str, Any], at: datetime) -> None:
    account = Accounts(session).get(row["account"], lock=True)
    check_fits(actor, row, account, Accounts(session).get(row["proposed_by"]))
    grants = tuple(dict.fromkeys([*account.grants, grant_in(row)]))
    after = replace(account, grants=grants, revision=account.revision + 1, changed_at=at)
    Accounts(session).save(after)
    Logins(session).end_sessions(account.account)
    tell_owner(session, account.account, "grant.confirmed")


def _decided(session: Session, action: str, ids: Sequence[str], at: datetime) -> dict[str, Any]:
    rows = Proposals(session).some(set(ids))
    for row in rows.values():
        _note(session, action, row)
    return {"items": [shown(rows[one], at) for one in dict.fromkeys(ids)]}


def _row(actor: Actor, account: Account, grant: Grant, at: datetime) -> dict[str, Any]:
    return {
        "proposal": new_id(),
        "account": account.account,
        "bureau": account.bureau,
        "role": grant.role,
        "scope": grant.scope,
        "target": grant.target,
        "status": "proposed",
        "proposed_by": actor.account,
        "proposed_bureau": actor.bureau,
        "proposed_person": actor.person,
        "proposed_at": at,
        "expires_at": at + LASTS,
        "decided_by": None,
        "decided_at": None,
        "reason": "",
    }


def _note(session: Session, action: str, row: Mapping[str, Any]) -> None:
    after = {name: row[name] for name in ("proposal", "role", "scope", "target", "status", "reason")}
    audit(session, action=action, subject=row["account"], before={}, after=after)
