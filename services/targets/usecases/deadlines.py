"""Until when units claim from their lines and persons from their units. Afterwards the office alone changes claims."""

from services.targets.domain import permissions
from services.targets.domain.claim_choices import Moment
from services.targets.domain.cycles import Cycle
from services.targets.storage.claims_records import Deadlines
from services.targets.usecases.guards import changeable, known_cycle, need, written
from shared.actor import Actor
from shared.clock import today
from shared.contracts.targets.commands.claims_transfers import SetClaimDeadline
from shared.contracts.targets.commands.keys import OneCycle
from shared.database import Row, Session
from shared.recording import audit
from shared.vocabulary.refusals import Refused


def set_claim_deadline(session: Session, actor: Actor, command: SetClaimDeadline) -> Row:
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    changeable(cycle)
    stored = Deadlines(session, actor.bureau, cycle.cycle)
    before, revision = stored.all().get(command["step"], (None, 0))
    written(whole=stored.save(command["step"], command["last_day"], revision + 1, actor.account))
    subject = f"{actor.bureau}/{cycle.cycle}/{command['step']}"
    audit(
        session,
        action="claim_deadline.set",
        subject=subject,
        before={"last_day": before} if before else {},
        after={"last_day": command["last_day"]},
    )
    return list_claim_deadlines(session, actor, {"cycle": cycle.cycle})


def list_claim_deadlines(session: Session, actor: Actor, query: OneCycle) -> Row:
    cycle = known_cycle(session, actor, query["cycle"])
    deadlines = Deadlines(session, actor.bureau, cycle.cycle).all()
    items = [
        {"step": step, "last_day": last_day, "passed": today() > last_day}
        for step, (last_day, _) in sorted(deadlines.items())
    ]
    return {"items": items, "next": None}


def moment_of(session: Session, actor: Actor, cycle: Cycle) -> Moment:
    """Return what the cycle allows today."""
    deadlines = Deadlines(session, actor.bureau, cycle.cycle).all()
    return Moment(cycle, {step: last_day for step, (last_day, _) in deadlines.items() if today() > last_day})


def in_time(session: Session, actor: Actor, cycle: Cycle, step: str) -> None:
    """Raise ``Refused`` where the deadline of the step has passed; ``step``: unit or person."""
    if refusal := moment_of(session, actor, cycle).refuse_late(actor, step):
        raise Refused(refusal)
