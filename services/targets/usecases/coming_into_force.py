"""Published revisions whose day has come: by the clock, and before a cycle takes its next step."""

from datetime import date

from services.targets.domain.cycles import Cycle
from services.targets.storage.cycles import Cycles
from services.targets.storage.models import Models
from services.targets.storage.scheduled import cycles_due
from services.targets.usecases.guards import known_cycle
from services.targets.usecases.models import put_in_force
from services.targets.usecases.publishing import enforce_library
from services.targets.usecases.scheduling import scheduled_library
from shared.actor import Actor
from shared.clock import today
from shared.database import Session
from shared.errors import Conflict


def due(session: Session) -> list[tuple[str, str]]:
    """Return (bureau, cycle) of every cycle that waits for a revision of today or before."""
    return cycles_due(session, today())


def bring_into_force(session: Session, actor: Actor, cycle: str) -> None:
    known = Cycles(session, actor.bureau).get(cycle, lock=True)
    if known is not None and known.takes_changes:
        enforce_due(session, actor, known)


def enforce_due(session: Session, actor: Actor, cycle: Cycle) -> Cycle:
    """Put into force what is due; return the cycle as it stands once everything
    due is in force; ``cycle`` is locked."""
    edition = scheduled_library(session, actor, cycle)
    if edition is not None and _is_due(edition.effective):
        enforce_library(session, actor, cycle, edition.published_by or "")
        cycle = known_cycle(session, actor, cycle.cycle)
    model = Models(session, actor.bureau, cycle.cycle).scheduled()
    if model is not None and _is_due(model.effective):
        put_in_force(session, actor, cycle, model)
        cycle = known_cycle(session, actor, cycle.cycle)
    return cycle


def nothing_scheduled(session: Session, actor: Actor, cycle: Cycle) -> None:
    """Refuse while something is scheduled: a year is closed by the rules it was run by: what
    waits for a later day is withdrawn first."""
    if scheduled_library(session, actor, cycle) or Models(session, actor.bureau, cycle.cycle).scheduled():
        zh, en = "有尚未生效的指标库或模型，请先撤回", "a library or model is still scheduled: withdraw it first"
        raise Conflict("cycle.scheduled", zh=zh, en=en)


def _is_due(effective: date | None) -> bool:
    return effective is not None and effective <= today()
