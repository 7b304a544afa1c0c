"""Hand deciding over for a span of days, end it, and see who stands in for whom."""

from collections.abc import Sequence

from services.declarations.domain.delegating_permissions import check_ends, check_hands_over
from services.declarations.domain.delegations import (
    STATES,
    Delegation,
    check_delegation,
    overlapping,
)
from services.declarations.domain.notices import Content
from services.declarations.domain.organisation import who
from services.declarations.storage.bureau_rules import rules_of
from services.declarations.storage.delegations import (
    add_delegation,
    keep_end,
    lock_delegations,
    lock_principal,
    overlap,
    page_of_delegations,
    still_given,
)
from services.declarations.storage.library import open_cycle
from services.declarations.storage.naming import with_names
from services.declarations.storage.notices import NewNotice, keep_notices
from services.declarations.storage.organisation import active_persons, read_units
from shared.actor import Actor
from shared.clock import today
from shared.contracts.declarations.commands.delegations import DelegationQuery, EndedDelegation, NewDelegation
from shared.database import Row, Session
from shared.ids import new_id
from shared.recording import audit
from shared.vocabulary.refusals import check_revision, invalid, missing
from shared.vocabulary.roles import ROLES

PEOPLE = ("principal", "delegate", "target", "made_by", "ended_by")


def delegate(session: Session, actor: Actor, command: NewDelegation) -> Row:
    """Delegate a role; without a principal it is the actor."""
    principal = command.get("principal") or who(actor)
    known = active_persons(session, actor.bureau, [principal, command["delegate"]])
    vacant = _vacant(session, actor, command)
    if vacant:
        known[principal] = principal
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
    check_delegation(new, today(), rules_of(session, actor.bureau).all().on("longest_delegation", new.starts))
    check_hands_over(actor, new, heads_target=vacant or _heads(session, new))
    lock_principal(session, new)
    if overlap(session, new):
        raise overlapping()
    add_delegation(session, new)
    audit(session, action="delegation.made", subject=new.delegation, before={}, after=vars(new))
    _tell(
        session, new, "delegated", f"受托自 {new.starts} 至 {new.ends} 代行{ROLES[new.role]}职责：{new.reason}", actor
    )
    return _shown(session, [new])[0]


def end_delegation(session: Session, actor: Actor, command: EndedDelegation) -> Row:
    """End a delegation: whoever handed it over is back, or the delegate cannot."""
    stored = lock_delegations(session, actor.bureau, [command["delegation"]])
    if command["delegation"] not in stored:
        raise missing("delegation.unknown", "没有这一委托", "there is no such delegation")
    old = stored[command["delegation"]]
    check_ends(actor, old)
    check_revision("delegation", command.get("revision"), old.revision)
    ended = old.ended(who(actor))
    keep_end(session, ended)
    _tell(session, ended, "delegation_ended", f"代行{ROLES[old.role]}职责的委托已终止", actor)
    audit(session, action="delegation.ended", subject=old.delegation, before={"status": old.status}, after=vars(ended))
    return _shown(session, [ended])[0]


def _tell(session: Session, one: Delegation, kind: str, zh: str, actor: Actor) -> None:
    """Tell whoever stands in, and whoever is stood in for, of what somebody else arranged."""
    cycle = open_cycle(session, one.bureau) or ""
    content: Content = {
        "zh": zh,
        "en": f"{kind.replace('_', ' ')}: {one.role}",
        "count": 1,
        "due_on": one.ends.isoformat(),
        "link": "/delegations",
        "item": one.delegation,
    }
    rows: list[NewNotice] = [
        {
            "bureau": one.bureau,
            "notice": new_id(),
            "cycle": cycle,
            "address": f"person:{person}",
            "kind": kind,
            "about": f"{one.delegation}@{one.revision}",
            "on": today(),
            "content": content,
        }
        for person in (one.delegate, one.principal)
        if person != who(actor) and person != one.target  # of a vacant post the unit stands there: nobody to tell
    ]
    keep_notices(session, rows)


def list_delegations(session: Session, actor: Actor, query: DelegationQuery) -> Row:
    """List the delegations that the actor made or stands in for; the panel, the
    office and who else reads everything see all."""
    page = page_of_delegations(session, actor, query, today())
    return {**page, "items": _shown(session, [Delegation(**row) for row in page["items"]])}


def _vacant(session: Session, actor: Actor, command: NewDelegation) -> bool:
    """Whether it is about the post of a unit's head that nobody holds: then the unit stands in the principal's place."""
    unit = command.get("principal")
    if unit is None or (command["role"], command.get("target")) != ("unit_head", unit):
        return False
    units = read_units(session, actor.bureau, [unit])
    return unit in units and not units[unit].heads


def _heads(session: Session, new: Delegation) -> bool:
    """Whether the principal is known to head the unit whose head's role is handed over."""
    units = read_units(session, new.bureau, [new.target]) if new.role == "unit_head" and new.target else {}
    return new.target in units and new.principal in units[new.target].heads


def _shown(session: Session, delegations: Sequence[Delegation]) -> list[Row]:
    if not delegations:
        return []
    given = still_given(session, delegations)
    rows = [{**vars(one), "in_force": one.delegation in given and one.holds(today())} for one in delegations]
    return with_names(session, rows[0]["bureau"], rows, *PEOPLE)
