"""Hand deciding over for a span of days, end it, and see who stands in for whom."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.declarations.domain.delegating_permissions import check_ends, check_hands_over
from services.declarations.domain.delegations import (
    STATES,
    Delegation,
    check_delegation,
    overlapping,
)
from services.declarations.domain.organisation import who
from services.declarations.domain.permissions import reads_everything
from services.declarations.storage.columns import without_bureau
from services.declarations.storage.delegations import (
    add_delegation,
    keep_end,
    lock_delegations,
    lock_principal,
    overlap,
    seen_by,
)
from services.declarations.storage.organisation import active_persons, read_units
from services.declarations.storage.review_tables import delegation
from shared.actor import Actor
from shared.clock import today
from shared.ids import new_id
from shared.pages import keyset
from shared.recording import audit
from shared.vocabulary.refusals import check_revision, invalid, missing

Command = dict[str, Any]
d = delegation.c


def delegate(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    """``command``: {"principal"?, "delegate", "role", "target"?, "starts", "ends", "reason"}; without a principal it is the actor."""
    principal = command.get("principal") or who(actor)
    known = active_persons(session, actor.bureau, [principal, command["delegate"]])
    for name, code in (("principal", principal), ("delegate", command["delegate"])):
        if code not in known:
            raise invalid("person.unknown", f"没有人员 {code}", f"there is no person {code}", name)
    new = Delegation(
        bureau=actor.bureau,
        delegation=new_id(),
        revision=1,
        principal=principal,
        delegate=command["delegate"],
        role=command["role"],
        target=command.get("target"),
        unit=known[principal],
        starts=command["starts"],
        ends=command["ends"],
        status=STATES.after("delegate", None),
        reason=command["reason"],
        made_by=who(actor),
        ended_by=None,
    )
    check_delegation(new, today())
    check_hands_over(actor, new, heads_target=_heads(session, new))
    lock_principal(session, new)
    if overlap(session, new):
        raise overlapping()
    add_delegation(session, new)
    audit(session, action="delegation.made", subject=new.delegation, before={}, after=vars(new))
    return _shown(new, today())


def end_delegation(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    """``command``: {"delegation", "revision"?}: whoever handed it over is back, or the delegate cannot."""
    stored = lock_delegations(session, actor.bureau, [command["delegation"]])
    if command["delegation"] not in stored:
        raise missing("delegation.unknown", "没有这一委托", "there is no such delegation")
    old = stored[command["delegation"]]
    check_ends(actor, old)
    check_revision("delegation", command.get("revision"), old.revision)
    ended = old.ended(who(actor))
    keep_end(session, ended)
    audit(session, action="delegation.ended", subject=old.delegation, before={"status": old.status}, after=vars(ended))
    return _shown(ended, today())


def list_delegations(session: Session, actor: Actor, query: Command) -> dict[str, Any]:
    """Those that the actor made or stands in for; the panel, the office and who else reads everything see all."""
    statement = select(delegation).where(
        d.bureau == actor.bureau, seen_by(who(actor), everything=reads_everything(actor))
    )
    if query["active"]:
        statement = statement.where(d.status == "active", d.ends >= today())
    page = keyset(session, statement, order=[d.delegation], after=query.get("after"), limit=query["limit"])
    return {**page, "items": [_shown(Delegation(**row), today()) for row in page["items"]]}


def _heads(session: Session, new: Delegation) -> bool:
    """Whether the principal is known to head the unit whose head's role is handed over."""
    units = read_units(session, new.bureau, [new.target]) if new.role == "unit_head" and new.target else {}
    return new.target in units and new.principal in units[new.target].heads


def _shown(one: Delegation, on: date) -> dict[str, Any]:
    return {**without_bureau(vars(one)), "in_force": one.holds(on)}
