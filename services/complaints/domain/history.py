"""A case's history: folded into what the case is, and grown by one event at a time.

An event that is entered late takes its place in time. So whatever the order of entry, the same things said give the same case.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.complaints.domain import checks, obstacles
from services.complaints.domain.applying import apply, registered
from services.complaints.domain.calendars import Calendar
from services.complaints.domain.cases import Case, Holding, day_of, start_of
from services.complaints.domain.events import (
    ANNUL,
    CORRECT,
    DISPATCHING,
    PUTTING_RIGHT,
    REGISTER,
    Event,
    annulled,
    effective,
    order,
)
from services.complaints.domain.machines import machine
from shared.vocabulary.refusals import Refused, conflict, invalid

History = Sequence[Event]


@dataclass(frozen=True)
class Named:
    """The ``event`` that a correction or an annulment names, itself or through others, and the case ``before`` it happened."""

    event: Event
    before: Case

    @property
    def step(self) -> str:
        return self.event.name


def fold(code: str, history: History) -> Case:
    """Return the case that ``history`` tells of; one whose registration is annulled is voided."""
    case = _voided(code, history) or _told(code, effective(history))
    rewritten = _rewritten(code, history)
    return replace(case, rewritten=rewritten) if rewritten else case


def named_by(code: str, history: History, number: int) -> Named | None:
    """Return what putting the event ``number`` right is about in the end; None where there is no such event."""
    named = _root(history, number)
    if named is None:
        return None
    first = next(one for one in history if one.name == REGISTER)
    before = [one for one in effective(history) if one.name == REGISTER or order(one) < order(named)]
    whole = bool(before) and before[0].name == REGISTER
    return Named(named, _told(code, before) if whole else registered(code, first))


def add(code: str, history: History, new: Event, calendar: Calendar) -> list[Event]:
    """Return ``history`` with ``new``; raises ``Refused`` where time, the order of steps or a rule is against it."""
    if new.happened_at > new.recorded_at:
        raise invalid("case.future", "时间不能晚于现在", "the time lies in the future", "at")
    present = fold(code, history)
    grown = [*history, new]
    if new.name in PUTTING_RIGHT:
        _check_putting_right(code, history, new, present, calendar)
    else:
        _check_place(code, effective(history), new, present, calendar)
    _check_the_rest(code, history, grown, new)
    return grown


def impossible(case: Case, event: Event) -> Refused | None:
    """Return why ``event`` cannot follow on ``case`` as it is, whatever the calendar says; None where it can.

    What a clock said was said: nothing that is entered late is refused because of it.
    """
    if event.given.get("automatic"):
        return None
    states = machine(case.organisation, case.kind)
    if not states.allows(event.name, case.status) if event.name in states.moves else True:
        return obstacles.wrong_state(event.name, case, known=event.name in states.moves)
    return obstacles.obstacle(case, event)


def _root(history: History, number: int | None) -> Event | None:
    by_number = {one.number: one for one in history}
    found = by_number.get(number or 0)
    while found is not None and found.name in PUTTING_RIGHT:
        found = by_number.get(found.names or 0)
    return found


def _rewritten(code: str, history: History) -> tuple[tuple[datetime, tuple[Holding, ...]], ...]:
    """Who had the case by what was on record, before each entry that put a dispatch right."""
    if not any(_rewrites(one, history) for one in history):
        return ()
    listed = sorted(history, key=lambda one: (one.name != REGISTER, one.recorded_at, one.number))
    registered_until = start_of(day_of(listed[0].recorded_at) + timedelta(days=1))
    found = []
    for place, one in enumerate(listed):
        known = listed[:place]
        if one.recorded_at >= registered_until and _rewrites(one, history) and not _voided(code, known):
            found.append((one.recorded_at, _told(code, effective(known)).holdings))
    return tuple(found)


def _rewrites(event: Event, history: History) -> bool:
    root = _root(history, event.number) if event.name in PUTTING_RIGHT else None
    return root is not None and root.name in DISPATCHING


def _told(code: str, standing: Sequence[Event]) -> Case:
    case = registered(code, standing[0])
    for event in standing[1:]:
        case = apply(case, event)
    return case


def _voided(code: str, history: History) -> Case | None:
    first = next(one for one in history if one.name == REGISTER)
    if first.number not in annulled(history):
        return None
    return replace(registered(code, first), status="voided")


def _check_place(code: str, standing: Sequence[Event], new: Event, present: Case, calendar: Calendar) -> None:
    """The state at that time has to allow it; what only a later state allows is against the order of steps."""
    if present.status == "voided":
        raise obstacles.wrong_state(new.name, present, known=True)
    if new.happened_at < present.received_at:
        raise obstacles.out_of_order()
    before = _told(code, [one for one in standing if order(one) < order(new)] or standing[:1])
    refused = impossible(before, new)
    if refused is not None:
        raise refused if before == present or impossible(present, new) is not None else obstacles.out_of_order()
    checks.check(before, new, calendar)


def _check_putting_right(code: str, history: History, new: Event, present: Case, calendar: Calendar) -> None:
    named = next((one for one in history if one.number == new.names), None)
    if named is None or named.number in annulled(history):
        raise conflict("case.no_event", "没有这一步骤或已撤销", "there is no such event, or it is annulled", "event")
    if present.status == "voided" and not (new.name == ANNUL and named.name == ANNUL):
        raise obstacles.wrong_state(new.name, present, known=True)
    if new.name == CORRECT:
        checks.check_changes(named, new)
        standing = effective([*history, new])
        corrected = next(one for one in standing if one.number == named.number)
        if corrected.name != REGISTER:
            before = [one for one in standing if order(one) < order(corrected)] or standing[:1]
            checks.check(_told(code, before), corrected, calendar)


def _check_the_rest(code: str, history: History, grown: History, new: Event) -> None:
    """What followed before has to be able to follow still."""
    before, after = _obstacles(code, history), _obstacles(code, grown)
    broken = [after[number] for number in after if after[number] and number in before and not before[number]]
    itself = after.get(new.names or 0) if new.name == CORRECT else None
    if itself is not None:
        raise itself
    if broken and broken[0] is not None:
        same = new.name not in PUTTING_RIGHT and new.name in {one.name for one in history if after.get(one.number)}
        raise (
            broken[0] if same else obstacles.others_follow() if new.name in PUTTING_RIGHT else obstacles.out_of_order()
        )


def _obstacles(code: str, history: History) -> dict[int, Refused | None]:
    """number → why the event cannot stand where it stands, for each event that stands."""
    if _voided(code, history):
        return {}
    standing = effective(history)
    case, found = registered(code, standing[0]), dict[int, Refused | None]()
    found[standing[0].number] = None
    for event in standing[1:]:
        refused = impossible(case, event)
        early = event.happened_at < case.received_at
        found[event.number] = obstacles.out_of_order() if early and refused is None else refused
        case = apply(case, event)
    return found
