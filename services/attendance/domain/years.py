"""A year's absence against the limits that the law sets: so many days running, so many in all; and half a year away.

Absence (旷工) and overstayed leave (超假) count alike; they run over days on which nothing was due.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.attendance.domain.leaves import TAKES_FROM_THE_YEAR
from services.attendance.domain.months import OVERLEAVE
from services.attendance.domain.points import ABSENT
from services.attendance.domain.rules import Rules

_NOT_THERE = frozenset({ABSENT, OVERLEAVE})
_AWAY = _NOT_THERE | TAKES_FROM_THE_YEAR  # what makes half a year without an appraised performance


@dataclass(frozen=True)
class Totals:
    """In half-days."""

    absent: int
    overleave: int
    running: int  # of the longest absence
    away: int

    @property
    def not_there(self) -> int:
        return self.absent + self.overleave


def totals_of(halves: Iterable[str], counted: int = 0) -> Totals:
    """Return the totals of half-days that were due, in their order. ``counted``: half-days of absence that being late so often counted
    as; they are absence in the year as they are in the month, but nobody was away meanwhile."""
    told = list(halves)
    longest = running = 0
    for half in told:
        running = running + 1 if half in _NOT_THERE else 0
        longest = max(longest, running)
    away = sum(half in _AWAY for half in told)
    return Totals(told.count(ABSENT) + counted, told.count(OVERLEAVE), longest, away)


def limits_passed(totals: Totals, due_in_year: int, year: int, rules: Rules) -> list[str]:
    """Return which limits are passed: more days than the rule says. ``due_in_year``: days of work in the whole year."""
    day = date(year, 12, 31)
    measured = {
        "bars_running": totals.running,
        "bars_year": totals.not_there,
        "dismissal_running": totals.running,
        "dismissal_year": totals.not_there,
    }
    found = [name for name, halves in measured.items() if halves > 2 * rules.on(name, day)]
    return [*found, *(["half_year"] if totals.away > due_in_year else [])]


# What stands in a cell of the month sheet that offices print.
MARKS: Mapping[str, str] = {
    "present": "√", "absent": "旷", "overleave": "超", "due": "", "outing": "差", "annual": "年", "sick": "病", "personal": "事",
    "marriage": "婚", "maternity": "产", "paternity": "陪", "parental": "育", "care": "护", "bereavement": "丧",
    "family_visit": "探", "injury": "伤", "compensatory": "补",
}  # fmt: skip


def mark_of(halves: Sequence[str], *, late: int, early: int, missed: int) -> str:
    """Return what stands for a day: one mark, or one for each half; who was there and late, early or without a punch is told so."""
    forenoon, afternoon = (MARKS.get(half, half) for half in halves)
    faults = "迟" * bool(late) + "退" * bool(early) + "漏" * bool(missed)
    if forenoon == afternoon:
        return faults if faults and halves[0] == "present" else forenoon + faults
    return f"{forenoon}/{afternoon}{faults}"
