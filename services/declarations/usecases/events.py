"""The public state of every aggregate, as it leaves (shared/events/declarations.py)."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from services.declarations.domain.campaigns import Evaluation
from services.declarations.domain.contributions import Contribution
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.organisation import who
from services.declarations.domain.vetoes import Veto
from services.declarations.storage.deeds import add_deeds
from shared.actor import Actor
from shared.clock import now
from shared.events import (
    ContributionChanged,
    DeclarationChanged,
    EvaluationChanged,
    TaskOrderChanged,
    VetoChanged,
    event_type,
)
from shared.recording import record_all

Aggregate = Declaration | TaskOrder | Contribution | Evaluation | Veto
_EVENTS: dict[type, type] = {
    Declaration: DeclarationChanged,
    TaskOrder: TaskOrderChanged,
    Contribution: ContributionChanged,
    Evaluation: EvaluationChanged,
    Veto: VetoChanged,
}
_FIELDS = {event: tuple(event.__dataclass_fields__) for event in _EVENTS.values()}  # type: ignore[attr-defined]  # made by @event


def event_of(state: Aggregate, by: str) -> Any:
    """The event that carries ``state``: of its fields those that are public."""
    event = _EVENTS[type(state)]
    values = vars(state)
    return event(**{name: values[name] for name in _FIELDS[event] if name != "by"}, by=by)


def record_changes(session: Session, actor: Actor, changes: Iterable[tuple[Aggregate, Aggregate | None]]) -> None:
    """Record pairs of (state now, state before or None for something new), and that the actor did it (已办)."""
    by = who(actor)
    pairs = [(event_of(new, by), event_of(old, by) if old else None) for new, old in changes]
    record_all(session, pairs)
    if actor.account != "system":
        add_deeds(session, [_deed(event, before) for event, before in pairs])


def _deed(event: Any, before: Any) -> dict[str, Any]:
    word = event_type(event).key[1]  # what names the aggregate: declaration, order, contribution …
    return {
        "bureau": event.bureau,
        "cycle": event.cycle,
        "person": event.by,
        "at": now(),
        "kind": word,
        "item": getattr(event, word),
        "indicator": getattr(event, "indicator", ""),
        "subject": getattr(event, "subject", ""),
        "period": getattr(event, "period", None),
        "before": before.status if before else None,
        "after": event.status,
    }
