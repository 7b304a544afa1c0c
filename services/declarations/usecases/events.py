"""The public state of every aggregate, as it leaves (shared/events/declarations.py)."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from services.declarations.domain.appeals import Appeal
from services.declarations.domain.campaigns import Evaluation
from services.declarations.domain.contributions import Contribution
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.inquiries import Inquiry
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.organisation import who
from services.declarations.domain.spot_checks import SpotCheck
from services.declarations.domain.steps import step_and_reason
from services.declarations.domain.temporary import TemporaryWork
from services.declarations.domain.vetoes import Veto
from services.declarations.storage.activity import add_deeds
from services.declarations.usecases.appeals.decision_days import keep_decision_days
from services.declarations.usecases.telling import tell_decisions
from shared import clock
from shared.actor import Actor
from shared.database import Row, Session
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
_NOBODY: Mapping[str, str] = MappingProxyType({})
_KEPT = {Inquiry: "inquiry", TemporaryWork: "work"}
_FIELDS = {event: tuple(event.__dataclass_fields__) for event in _EVENTS.values()}  # type: ignore[attr-defined]  # made by @event


def event_of(state: Aggregate, by: str) -> Any:
    """Return the event that carries ``state``: of its fields those that are public."""
    event = _EVENTS[type(state)]
    values = vars(state)
    return event(**{name: values[name] for name in _FIELDS[event] if name != "by"}, by=by)


def record_changes(
    session: Session,
    actor: Actor,
    changes: Iterable[tuple[Aggregate, Aggregate | None]],
    *,
    acted_for: Mapping[str, str] = _NOBODY,
    words: str = "",
) -> None:
    """Record pairs of (state now, state before or None for something new), and that the actor did it (已办).

    ``acted_for``: item -> who had delegated it; ``words``: on record of steps that have no reason of their own.
    """
    by, listed = who(actor), list(changes)
    for new, old in listed:
        if type(new) in _KEPT:
            _audit(session, new, old)
    pairs = [(event_of(new, by), event_of(old, by) if old else None) for new, old in listed if type(new) not in _KEPT]
    record_all(session, pairs)
    keep_decision_days(session, listed, by)
    tell_decisions(session, listed, by)
    if actor.account != "system":
        events = iter(pairs)
        told = [(new, old) if type(new) in _KEPT else next(events) for new, old in listed]
        deeds = [
            {
                **_deed(state, before, by, _word(new)),
                **dict(zip(("step", "reason"), step_and_reason(new, old), strict=True)),
            }
            for (state, before), (new, old) in zip(told, listed, strict=True)
        ]
        told_more = [{"acted_for": acted_for.get(deed["item"]), "reason": deed["reason"] or words} for deed in deeds]
        add_deeds(session, [{**deed, **more} for deed, more in zip(deeds, told_more, strict=True)])


def _audit(session: Session, new: Any, old: Any) -> None:
    """What changed of a state that has no event."""
    word, before = _KEPT[type(new)], vars(old) if old else {}
    changed = {name: value for name, value in vars(new).items() if name not in before or before[name] != value}
    previous = {name: before[name] for name in changed if name in before}
    audit(session, action=f"{word}.{new.status}", subject=getattr(new, word), before=previous, after=changed)


def _word(state: Aggregate) -> str:
    """What names the aggregate: declaration, order, contribution …"""
    return _KEPT.get(type(state)) or str(event_type(_EVENTS[type(state)]).key[1])


def _deed(state: Any, before: Any, by: str, word: str) -> Row:
    return {
        "bureau": state.bureau,
        "cycle": state.cycle,
        "person": by,
        "at": clock.now(),
        "kind": word,
        "item": getattr(state, word),
        "indicator": getattr(state, "indicator", ""),
        "subject": getattr(state, "subject", ""),
        "period": getattr(state, "period", None),
        "before": before.status if before else None,
        "after": state.status,
    }
