"""Until when units claim from their lines and persons from their units. Afterwards the office alone changes claims."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from services.targets.domain import permissions
from services.targets.domain.cycles import Cycle
from services.targets.storage.claims_records import Deadlines
from services.targets.usecases.guards import changeable, known_cycle, need, written
from shared.actor import Actor
from shared.clock import today
from shared.errors import Conflict
from shared.recording import audit

_STEPS = {"unit": "单位认领", "person": "个人认领"}


def set_claim_deadline(session: Session, actor: Actor, command: dict[str, Any]) -> dict[str, Any]:
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
    return list_claim_deadlines(session, actor, command)


def list_claim_deadlines(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    cycle = known_cycle(session, actor, query["cycle"])
    deadlines = Deadlines(session, actor.bureau, cycle.cycle).all()
    items = [
        {"step": step, "last_day": last_day, "passed": today() > last_day}
        for step, (last_day, _) in sorted(deadlines.items())
    ]
    return {"items": items, "next": None}


def after_deadline(session: Session, actor: Actor, cycle: Cycle, step: str) -> date | None:
    """The last day of ``step`` where it has passed."""
    last_day, _ = Deadlines(session, actor.bureau, cycle.cycle).all().get(step, (None, 0))
    return last_day if last_day is not None and today() > last_day else None


def in_time(session: Session, actor: Actor, cycle: Cycle, step: str) -> None:
    """``step``: unit or person."""
    if permissions.may_manage_cycle(actor):
        return
    if last_day := after_deadline(session, actor, cycle, step):
        raise Conflict(
            "claim.deadline",
            zh=f"{_STEPS[step]}已于 {last_day} 截止，请联系考核办",
            en=f"claims of this kind ended on {last_day}: ask the appraisal office",
        )
