"""What counts in the appraisal: a case gives dated facts, a month's figures are their sums (data/README.md, 直接取数的指标).

Every fact falls in the month of its day: a deadline's is the last day it could be met, every other fact's the day it
happened. Only what follows a conclusion, a repetition or an answered call, counts on the day of that conclusion: a share is of
the cases concluded in the month, and over no case there is nothing to count. So each month's figures can be walked down to the
cases behind them, and a year is the sum of its months.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from services.complaints.domain.calendars import Calendar, settings_of, then
from services.complaints.domain.cases import (
    AGREEMENT,
    ASSOCIATION,
    COMPLAINT,
    SETTLED,
    Case,
    Holding,
    day_of,
    local,
)
from services.complaints.domain.deadlines import ENDED, SUPERSEDED, Deadline, deadlines
from services.complaints.domain.events import DISPATCHING
from services.complaints.domain.regimes import ACCEPT, MEDIATE, TELL_RESULT, VERIFY
from services.complaints.domain.superiors import needs_no_answer

Figures = dict[str, dict[str, Decimal]]
PERSON, DIVISION, STATION = "person", "division", "station"
_ALL, _UNITS = frozenset({DIVISION, STATION, PERSON}), frozenset({DIVISION, STATION})
RECOVERED = "recovered_loss"

# figure -> the layers whose indicator it feeds
LAYERS: dict[str, frozenset[str]] = {
    "accepted_in_time": _ALL,
    "concluded_in_time": _ALL,
    "mediation_success": _ALL,
    RECOVERED: _ALL,
    "first_contact_days": frozenset({PERSON}),
    "repeat_complaints": _UNITS,
    "dispatch_hours": frozenset({DIVISION}),
    "agreement_performance": _UNITS,
    "reports_verified_in_time": _ALL,
    "report_result_told_in_time": frozenset({PERSON}),
    "follow_ups": frozenset({DIVISION}),
    "follow_up_satisfaction": _ALL,
}
_BY_DEADLINE = {
    ACCEPT: "accepted_in_time",
    MEDIATE: "concluded_in_time",
    VERIFY: "reports_verified_in_time",
    TELL_RESULT: "report_result_told_in_time",
}
# What is counted besides, for shares over another denominator.
ACCEPTED_CASES, MEDIATED_CASES = "accepted_cases", "mediated_cases"
# What is told beside the indicators.
BY_CLOCK, BY_SUPERIOR, ANSWERED = "supervised_automatically", "supervised_by_superior", "supervision_answered"
_DONE_BY = {ACCEPT: ("accept", "refuse"), MEDIATE: ("conclude",), VERIFY: ("conclude",), TELL_RESULT: ("tell",)}
# What moves its end or tells who had it, done or not.
_MOVED_BY = {
    ACCEPT: DISPATCHING | {"ask_supplement", "supplement"},
    MEDIATE: DISPATCHING | {"accept", "pause", "resume", "ask_recusal", "decide_recusal"},
    VERIFY: DISPATCHING | {"pause", "resume", "extend", "restart"},
    TELL_RESULT: DISPATCHING | {"conclude"},
}
_WAN = Decimal(10_000)
_ONE, _NONE = Decimal(1), Decimal(0)
# The hours in which a dispatch is expected; eight a day, as the steps of 08-01-07 (4, 8, 16 hours) suppose.
OPENS, CLOSES = time(9), time(17)


@dataclass(frozen=True)
class Fact:
    """``numerator`` and ``denominator`` as the indicator's rule sums them; for ``recovered_loss`` the numerator is 万元.

    ``backdated``: it rests on a step that was recorded long after it is said to have happened.
    """

    figure: str
    day: date
    unit: str
    person: str | None
    numerator: Decimal
    denominator: Decimal
    backdated: bool = False


def facts(case: Case, calendar: Calendar) -> list[Fact]:
    """Return everything about ``case`` that counts, now or on a known later
    day. An association's own case never counts.

    Each fact lies with whoever held the case then: a missed deadline stays
    where it was missed, whoever works on it later.
    """
    if case.organisation == ASSOCIATION or case.status == "voided":
        return []
    counted = (_deadline_facts(case, calendar), _dispatch(case, calendar), _complaint_facts(case, calendar))
    return [fact for found in (*counted, _supervisions(case, calendar)) for fact in found]


def sums(counted: Iterable[Fact], layer: str) -> Figures:
    """Return the figures of one subject of ``layer`` from its facts; a figure without
    facts is there with zeros (n/a, never 0 %)."""
    figures = empty(layer)
    for fact in counted:
        if fact.figure in figures:
            add(figures, fact.figure, fact.numerator, fact.denominator)
    return figures


def empty(layer: str) -> Figures:
    return {name: _zero(name) for name, layers in LAYERS.items() if layer in layers}


def add(figures: Figures, figure: str, numerator: Decimal, denominator: Decimal) -> None:
    counts = figures[figure]
    if figure == RECOVERED:
        counts["done"] += numerator
    else:
        counts["numerator"] += numerator
        counts["denominator"] += denominator


def working_minutes(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Return minutes between two local times that fall into office hours of working days."""
    minutes, day = 0, start.date()
    while day <= end.date():
        if calendar.is_working(day):
            opens, closes = max(start, datetime.combine(day, OPENS)), min(end, datetime.combine(day, CLOSES))
            minutes += max(0, int((closes - opens).total_seconds() // 60))
        day += timedelta(days=1)
    return minutes


def _zero(figure: str) -> dict[str, Decimal]:
    return {"done": _NONE} if figure == RECOVERED else {"numerator": _NONE, "denominator": _NONE}


def _deadline_facts(case: Case, calendar: Calendar) -> Iterator[Fact]:
    """A deadline counts on its last day, kept or not. One that is paused, ended, begun anew before it was missed, or beyond the
    known calendar counts nowhere yet."""
    for one in deadlines(case, calendar):
        figure = _BY_DEADLINE.get(one.name)
        if figure and one.due and not one.provisional and one.unit and not _given_up(one):
            done = bool(case.backdated.intersection(_DONE_BY[one.name])) and one.done is not None
            late = done or bool(case.backdated & _MOVED_BY[one.name])
            yield Fact(figure, one.due, one.unit, one.handler, _ONE if one.kept else _NONE, _ONE, late)


def _given_up(one: Deadline) -> bool:
    return one.state in (SUPERSEDED, ENDED)


def _dispatch(case: Case, calendar: Calendar) -> Iterator[Fact]:
    """Hours as minutes over sixty, so that the mean is exact. They are the dispatching unit's."""
    if case.assigned_at is None:
        return
    try:
        minutes = working_minutes(then(calendar, case.assigned_at), local(case.registered_at), local(case.assigned_at))
    except LookupError:
        return
    late = bool(case.backdated & {"register", "assign"})
    yield Fact("dispatch_hours", day_of(case.assigned_at), case.intake_unit, None, Decimal(minutes), Decimal(60), late)


def _supervisions(case: Case, calendar: Calendar) -> Iterator[Fact]:
    """Each 督办 with whom it was told to, one by the clock with who missed it; an answer that was wanted, on the day until which it was.

    One by the clock counts if that clock was missed: not where it was met and only recorded late.
    """
    if not case.supervised:
        return
    missed = {(one.name, one.due) for one in deadlines(case, calendar) if not (one.kept or _given_up(one))}
    for one in case.supervised:
        if one.automatic and (one.clock, one.due) not in missed:
            continue
        holder = case.holder_on(one.due) if one.automatic and one.due else case.holder_at(one.at)
        yield _held(holder, BY_CLOCK if one.automatic else BY_SUPERIOR, day_of(one.at), _ONE, _NONE, backdated=False)
        if one.answer_by and (one.answered_at or not needs_no_answer(case, one)):
            in_time = one.answered_at is not None and day_of(one.answered_at) <= one.answer_by
            yield _held(holder, ANSWERED, one.answer_by, _ONE if in_time else _NONE, _ONE, backdated=False)


def _complaint_facts(case: Case, calendar: Calendar) -> Iterator[Fact]:
    if case.kind != COMPLAINT:
        return
    yield from _first_contact(case, calendar)
    if case.repeat_unit and case.repeat_concluded:
        yield Fact("repeat_complaints", case.repeat_concluded, case.repeat_unit, case.repeat_handler, _ONE, _NONE)
    if case.accepted and case.decided_at:
        holder, late = case.holder_at(case.decided_at), "accept" in case.backdated
        yield _held(holder, ACCEPTED_CASES, day_of(case.decided_at), _NONE, _ONE, late)
    if case.concluded_at:
        yield from _concluded(case, case.concluded_at)
    if case.followed_up_at and case.answered and case.concluded_at:
        satisfied = settings_of(calendar).on(day_of(case.followed_up_at)).satisfied
        good = _ONE if case.satisfaction in satisfied else _NONE
        late = "follow_up" in case.backdated
        holder = case.holder_at(case.concluded_at)
        yield _held(holder, "follow_up_satisfaction", day_of(case.followed_up_at), good, _ONE, late)


def _first_contact(case: Case, calendar: Calendar) -> Iterator[Fact]:
    """Working days from the assignment; whoever never made contact is measured to the conclusion."""
    reached = case.contacted_at or case.concluded_at
    if case.assigned_at is None or reached is None:
        return
    try:
        days = then(calendar, reached).count(day_of(case.assigned_at), day_of(reached))
    except LookupError:
        return
    late = "contact" in case.backdated
    yield _held(case.holder_at(reached), "first_contact_days", day_of(reached), Decimal(days), _ONE, late)


def _concluded(case: Case, at: datetime) -> Iterator[Fact]:
    day, holder, late = day_of(at), case.holder_at(at), "conclude" in case.backdated
    succeeded = case.outcome in (AGREEMENT, SETTLED)
    yield _held(holder, "mediation_success", day, _ONE if succeeded else _NONE, _ONE, late)
    yield _held(holder, "repeat_complaints", day, _NONE, _ONE, late)
    if "mediate" in case.marks or case.outcome == AGREEMENT:
        yield _held(holder, MEDIATED_CASES, day, _ONE if succeeded else _NONE, _ONE, late)
    yield Fact("follow_ups", day, case.intake_unit, None, _ONE if case.answered else _NONE, _ONE, late)
    if case.voucher and case.recovered:
        yield _held(holder, RECOVERED, day, case.recovered / _WAN, _NONE, late)
    if case.outcome == AGREEMENT and case.perform_by:
        in_time = case.performed_on is not None and case.performed_on <= case.perform_by
        performed = "perform" in case.backdated
        yield _held(holder, "agreement_performance", case.perform_by, _ONE if in_time else _NONE, _ONE, performed)


def _held(holder: Holding, figure: str, day: date, numerator: Decimal, denominator: Decimal, backdated: bool) -> Fact:  # noqa: FBT001  # a fact's last member
    """A fact of who held the case; while nobody did, of the unit that took it in."""
    return Fact(figure, day, holder.unit, holder.handler, numerator, denominator, backdated)
