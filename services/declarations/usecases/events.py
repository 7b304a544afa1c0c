"""The public state of every aggregate, as it leaves (shared/events/declarations.py)."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from services.declarations.domain.appeals import Appeal
from services.declarations.domain.campaigns import Evaluation
from services.declarations.domain.contributions import Contribution
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.inquiries import Inquiry
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.organisation import who
from services.declarations.domain.spot_checks import SpotCheck
from services.declarations.domain.temporary import TemporaryWork
from services.declarations.domain.vetoes import Veto
from services.declarations.storage.deeds import add_deeds
from services.declarations.usecases.appeals.decision_days import keep_decision_days
from shared.actor import Actor
from shared.clock import now
from shared.events import (
    AppealChanged,
    ContributionChanged,
    DeclarationChanged,
    EvaluationChanged,
    SpotCheckChanged,
    TaskOrderChanged,
    VetoChanged,
    event_type,
)
from shared.recording import audit, record_all

Kept = Inquiry | TemporaryWork  # nobody outside needs to know: on record here, without an event
Aggregate = Declaration | TaskOrder | Contribution | Evaluation | Veto | SpotCheck | Appeal | Kept
_EVENTS: dict[type, type] = {
    Declaration: DeclarationChanged,
    TaskOrder: TaskOrderChanged,
    Contribution: ContributionChanged,
    Evaluation: EvaluationChanged,
    Veto: VetoChanged,
    SpotCheck: SpotCheckChanged,
    Appeal: AppealChanged,
}
_KEPT = {Inquiry: "inquiry", TemporaryWork: "work"}
_FIELDS = {event: tuple(event.__dataclass_fields__) for event in _EVENTS.values()}  # type: ignore[attr-defined]  # made by @event


def event_of(state: Aggregate, by: str) -> Any:
    """The event that carries ``state``: of its fields those that are public."""
    event = _EVENTS[type(state)]
    values = vars(state)
    return event(**{name: values[name] for name in _FIELDS[event] if name != "by"}, by=by)


def record_changes(session: Session, actor: Actor, changes: Iterable[tuple[Aggregate, Aggregate | None]]) -> None:
    """Record pairs of (state now, state before or None for something new), and that the actor did it (已办)."""
    by, listed = who(actor), list(changes)
    for new, old in listed:
        if type(new) in _KEPT:
            _audit(session, new, old)
    pairs = [(event_of(new, by), event_of(old, by) if old else None) for new, old in listed if type(new) not in _KEPT]
    record_all(session, pairs)
    keep_decision_days(session, listed, by)
    if actor.account != "system":
        kept = [_deed(new, old, by, _KEPT[type(new)]) for new, old in listed if type(new) in _KEPT]
        told = [_deed(event, before, by, event_type(event).key[1]) for event, before in pairs]
        add_deeds(session, [*kept, *told])


def _audit(session: Session, new: Any, old: Any) -> None:
    """What changed of a state that has no event."""
    word, before = _KEPT[type(new)], vars(old) if old else {}
    changed = {name: value for name, value in vars(new).items() if name not in before or before[name] != value}
    previous = {name: before[name] for name in changed if name in before}
    audit(session, action=f"{word}.{new.status}", subject=getattr(new, word), before=previous, after=changed)


def _deed(event: Any, before: Any, by: str, word: str) -> dict[str, Any]:
    """``word`` names the aggregate: declaration, order, contribution …"""
    return {
        "bureau": event.bureau,
        "cycle": event.cycle,
        "person": by,
        "at": now(),
        "kind": word,
        "item": getattr(event, word),
        "indicator": getattr(event, "indicator", ""),
        "subject": getattr(event, "subject", ""),
        "period": getattr(event, "period", None),
        "before": before.status if before else None,
        "after": event.status,
    }
