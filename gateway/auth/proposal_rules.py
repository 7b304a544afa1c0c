"""Who confirms, refuses and takes back a proposal of a role: asked by the commands, and told to readers before they try."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from gateway.auth.roles import (
    check_may_manage,
    check_not_own,
    grant_faults,
    holding_faults,
    may_confirm_grants,
    ungivable,
)
from gateway.storage.accounts import Account
from shared.actor import Actor, Grant
from shared.errors import Conflict, Forbidden, Problem

Row = Mapping[str, Any]


def grant_in(row: Row) -> Grant:
    """Return the role that is proposed."""
    return Grant(row["role"], row["scope"], row["target"])


def check_waits(row: Row, at: datetime) -> None:
    """Check that nobody has decided it and that it has not expired."""
    if row["status"] != "proposed" or row["expires_at"] <= at:
        raise Conflict("grant.decided", zh="该授权申请已办结或已过期", en="it is decided or has expired")


def check_may_decide(actor: Actor, row: Row) -> None:
    """Check that the actor is a security officer over the account who did not propose it."""
    if not may_confirm_grants(actor, row["bureau"]):
        raise Forbidden("grant.security_only", zh="应由安全管理员确认", en="the security officer confirms roles")
    same_person = actor.person is not None and (actor.bureau, actor.person) == (
        row["proposed_bureau"],
        row["proposed_person"],
    )
    if actor.account == row["proposed_by"] or same_person:
        raise Forbidden("grant.own_proposal", zh="不得确认本人提出的授权", en="nobody confirms what they proposed")


def check_may_refuse(actor: Actor, row: Row) -> None:
    """Check that the actor may refuse it: whoever proposed it takes it back, which is the same step."""
    if actor.account != row["proposed_by"]:
        check_may_decide(actor, row)


def check_fits(actor: Actor, row: Row, account: Account, proposer: Account) -> None:
    """Check that the account may have the role today, and that whoever proposed it still may: a proposal is worth what is true
    when it is confirmed."""
    check_not_own(actor, account.account, account.bureau, account.person)
    grants = tuple(dict.fromkeys([*account.grants, grant_in(row)]))
    faults = [*grant_faults(grant_in(row)), *holding_faults(grants, account.person)]
    if faults or not account.active:
        _, code, zh, en = faults[0] if faults else ("", "account.inactive", "账号已停用", "the account is not active")
        raise Conflict(code, zh=zh, en=en)
    _check_still_proposed(row, account, proposer)


def choices(
    actor: Actor, row: Row, accounts: Mapping[str, Account], at: datetime, by_hand: Callable[[], object]
) -> Row:
    """Return ``may``: the steps that nothing refuses; ``why_not``: what refuses the others that the reader would expect.

    ``accounts``: whom it is for and who proposed it, by name. ``by_hand``: refuses a token, as the commands do.
    """
    account, proposer = accounts[row["account"]], accounts[row["proposed_by"]]

    def confirm() -> None:
        check_may_decide(actor, row)
        check_fits(actor, row, account, proposer)

    refuse = "withdraw" if actor.account == row["proposed_by"] else "refuse"
    may, why_not = [], {}
    for step, check in (("confirm", confirm), (refuse, lambda: check_may_refuse(actor, row))):
        try:
            check_waits(row, at)
            check()
            by_hand()
        except Problem as problem:
            why_not[step] = {"code": problem.code, "zh": problem.zh, "en": problem.en}
        else:
            may.append(step)
    return {"may": may, "why_not": why_not}


def _check_still_proposed(row: Row, account: Account, proposer: Account) -> None:
    allowed = proposer.active and ungivable(proposer.actor(), grant_in(row)) is None
    try:
        check_may_manage(proposer.actor(), account.bureau, account.grants)
    except Forbidden:
        allowed = False
    if not allowed:
        zh, en = "提出人已无权提出该授权，请重新提出", "whoever proposed it may no longer: let it be proposed anew"
        raise Conflict("grant.proposer_gone", zh=zh, en=en)
