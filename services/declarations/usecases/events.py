"""The public state of every aggregate, as it leaves (shared/events/declarations.py)."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from services.declarations.domain.appeals import Appeal
from services.declarations.domain.campaigns import Evaluation
from services.declarations.domain.contributions import Contribution
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.organisation import who
from services.declarations.domain.spot_checks import SpotCheck
from services.declarations.domain.vetoes import Veto
from services.declarations.storage.appeals import keep_decided
from shared.actor import Actor
from shared.events import (
    AppealChanged,
    ContributionChanged,
    DeclarationChanged,
    EvaluationChanged,
    SpotCheckChanged,
    TaskOrderChanged,
    VetoChanged,
)
from shared.recording import record_all

Aggregate = Declaration | TaskOrder | Contribution | Evaluation | Veto | SpotCheck | Appeal
_EVENTS: dict[type, type] = {
    Declaration: DeclarationChanged,
    TaskOrder: TaskOrderChanged,
    Contribution: ContributionChanged,
    Evaluation: EvaluationChanged,
    Veto: VetoChanged,
    SpotCheck: SpotCheckChanged,
    Appeal: AppealChanged,
}
# What can be appealed against, by the states that are decisions: the day on which each was reached is kept.
_DECISIONS: dict[type, tuple[str, tuple[str, ...]]] = {
    Declaration: ("declaration", ("returned", "assessed")),
    TaskOrder: ("order", ("judged",)),
    Contribution: ("contribution", ("settled", "rejected")),
    Veto: ("veto", ("confirmed",)),
}
_FIELDS = {event: tuple(event.__dataclass_fields__) for event in _EVENTS.values()}  # type: ignore[attr-defined]  # made by @event


def event_of(state: Aggregate, by: str) -> Any:
    """The event that carries ``state``: of its fields those that are public."""
    event = _EVENTS[type(state)]
    values = vars(state)
    return event(**{name: values[name] for name in _FIELDS[event] if name != "by"}, by=by)


def record_changes(session: Session, actor: Actor, changes: Iterable[tuple[Aggregate, Aggregate | None]]) -> None:
    """Record pairs of (state now, state before or None for something new)."""
    by, listed = who(actor), list(changes)
    record_all(session, [(event_of(now, by), event_of(old, by) if old else None) for now, old in listed])
    keep_decided(session, [_decided(now, by) for now, old in listed if _is_decision(now, old)])


def _is_decision(now: Aggregate, old: Aggregate | None) -> bool:
    """Whether it came into a state that can be appealed against; a correction of the counts in it is another thing."""
    _, statuses = _DECISIONS.get(type(now), ("", ()))
    return now.status in statuses and (old is None or old.status != now.status)


def _decided(now: Aggregate, by: str) -> dict[str, str]:
    key, _ = _DECISIONS[type(now)]
    return {"bureau": now.bureau, "kind": key, "item": getattr(now, key), "by": by}
