"""A month's figures from its judged days: the counts on which the indicators 02-01-01 … 02-02-01 work (data/README.md)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from services.attendance.domain.days import Day
from services.attendance.domain.gatherings import MEETING, MISSING, SIGNED, STUDY
from services.attendance.domain.leaves import COUNTS_AS_ATTENDED, OUTING, TAKES_FROM_THE_YEAR
from services.attendance.domain.points import ABSENT, PRESENT

Figures = dict[str, dict[str, Decimal]]
OVERLEAVE, LEAVE = "overleave", "leave"
_HALF = Decimal("0.5")
_ATTENDED = frozenset({PRESENT} | {kind for kind, attended in COUNTS_AS_ATTENDED.items() if attended})


@dataclass(frozen=True)
class Month:
    """``code`` as in 2026-01."""

    code: str

    @cached_property
    def first(self) -> date:
        return date.fromisoformat(f"{self.code}-01")

    @cached_property
    def last(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def month_of(day: date) -> Month:
    return Month(f"{day:%Y-%m}")


def after_leave(days: Iterable[Day]) -> list[Day]:
    """Return the days with absence that follows a leave without a return in between as overstayed
    leave (超假未归), not plain absence (旷工).

    ``days`` ascend and reach back to the start of any leave whose end may still be overstayed.
    """
    seen, on_leave = [], False
    for day in days:
        halves = []
        for half in day.halves:
            halves.append(OVERLEAVE if half == ABSENT and on_leave else half)
            on_leave = on_leave if half == ABSENT else half not in (PRESENT, OUTING)
        over = (halves[0], halves[1])
        seen.append(day if over == day.halves else replace(day, halves=over))
    return seen


def person_figures(days: Sequence[Day], sign_ins: Iterable[tuple[str, str]], lates_per_half_day: int = 0) -> Figures:
    """Return the figures of one person. ``sign_ins``: (kind of gathering, outcome) of
    each gathering that expected the person.

    ``lates_per_half_day``: so many times late or early count as half a day absent beside being late; 0: they do not.
    """
    halves = Counter(half for day in days for half in day.halves)
    outcomes = Counter(sign_ins)
    signed = outcomes[STUDY, SIGNED]
    counted = half_days_for(sum(day.late + day.early for day in days), lates_per_half_day)
    leave = sum(halves[kind] for kind in TAKES_FROM_THE_YEAR) * _HALF
    return {
        "late_early": {
            "late": Decimal(sum(day.late for day in days)),
            "early": Decimal(sum(day.early for day in days)),
        },
        "absence": {"absent": (halves[ABSENT] + counted) * _HALF, "overleave": halves[OVERLEAVE] * _HALF},
        "missed_punches": {"count": Decimal(sum(len(day.missed) for day in days))},
        "meeting_absences": {"count": Decimal(outcomes[MEETING, MISSING])},
        # Leave takes the session out of what was due.
        "study_sign_in": {"numerator": Decimal(signed), "denominator": Decimal(signed + outcomes[STUDY, MISSING])},
        **({LEAVE: {"days": leave}} if leave else {}),  # no indicator's: for who proposes the grades of the year
    }


def half_days_for(times: int, lates_per_half_day: int) -> int:
    """Return as how many half-days of absence a month's ``times`` late or early count; with 0 for the rule none."""
    return times // lates_per_half_day if lates_per_half_day else 0


def attended(days: Iterable[Day]) -> tuple[Decimal, Decimal]:
    """Return days attended and days due; statutory leave and duty outside count as attended."""
    halves = [half for day in days for half in day.halves]
    return sum(half in _ATTENDED for half in halves) * _HALF, len(halves) * _HALF


def unit_figures(members: Iterable[tuple[Decimal, Decimal]]) -> Figures:
    """Return figures of one unit from what each member brought: (days attended, days due)."""
    numerator, denominator = Decimal(0), Decimal(0)
    for was_there, due in members:
        numerator += was_there
        denominator += due
    return {"unit_attendance": {"numerator": numerator, "denominator": denominator}}


def figures_text(figures: Figures) -> dict[str, dict[str, str]]:
    """Return figures as stored and shown: decimals as text, without trailing zeros."""
    return {name: {key: plain(value) for key, value in counts.items()} for name, counts in figures.items()}


def figures_from(text: Mapping[str, Mapping[str, str]]) -> Figures:
    return {name: {key: Decimal(value) for key, value in counts.items()} for name, counts in text.items()}


def plain(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"
