"""What excuses a person from being there: leave and outings on duty, by half-days or by the hour."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

OUTING = "outing"
_NOON = 13  # where leave by the hour meets leave by the half-day

# Leave kinds. Statutory leave and duty outside count as attended for a unit's attendance rate (data/README.md, 02-01-04).
COUNTS_AS_ATTENDED = {
    "annual": True,  # 年休假
    "marriage": True,  # 婚假
    "maternity": True,  # 产假
    "bereavement": True,  # 丧假
    "family_visit": True,  # 探亲假
    "paternity": True,  # 陪产假
    "parental": True,  # 育儿假
    "care": True,  # 护理假
    "injury": True,  # 工伤假
    "compensatory": True,  # 补休
    "sick": False,  # 病假
    "personal": False,  # 事假
    OUTING: True,  # 因公外出、公差
}

# 病假、事假: over half a year of them leaves a public servant without a grade (公务员考核规定).
TAKES_FROM_THE_YEAR = frozenset({"sick", "personal"})

FORENOON, AFTERNOON = 0, 1
HALF_WORDS = ("am", "pm")


@dataclass(frozen=True)
class Leave:
    """From the ``first_half`` of ``first`` to the ``last_half`` of ``last``, both included; or by the hour, between two local times."""

    kind: str
    first: date
    last: date
    first_half: int = FORENOON
    last_half: int = AFTERNOON
    starts: datetime | None = None
    ends: datetime | None = None

    @property
    def by_the_hour(self) -> bool:
        return self.starts is not None

    @property
    def since(self) -> date:
        """Return the first day whose shift it may take of: hours after midnight are of the night shift before."""
        return self.first - self.by_the_hour * timedelta(days=1)

    def covers(self, day: date, half: int) -> bool:
        """Tell whether it takes the half-day; what is taken by the hour takes hours."""
        if self.by_the_hour:
            return False
        return (self.first, self.first_half) <= (day, half) <= (self.last, self.last_half)


def excuse(leaves: Iterable[Leave], day: date, half: int) -> str | None:
    """Return the kind of the leave that covers the half-day, an attended kind first; None where nothing does."""
    kinds = [leave.kind for leave in leaves if leave.covers(day, half)]
    return max(kinds, key=lambda kind: COUNTS_AS_ATTENDED[kind], default=None)


def hours_taken(leaves: Iterable[Leave], starts: datetime, ends: datetime) -> dict[str, timedelta]:
    """Return how much of ``starts`` … ``ends`` each kind takes by the hour."""
    taken: dict[str, timedelta] = {}
    for one in leaves:
        if one.starts is not None and one.ends is not None and one.starts < ends and starts < one.ends:
            taken[one.kind] = taken.get(one.kind, timedelta()) + min(one.ends, ends) - max(one.starts, starts)
    return taken


def mostly(taken: Mapping[str, timedelta]) -> str:
    """Return the kind that took most; of equal ones an attended kind first."""
    return max(taken, key=lambda kind: (taken[kind], COUNTS_AS_ATTENDED[kind], kind))


def overlap(one: Leave, other: Leave) -> bool:
    """Tell whether two leaves take the same time: hours by the hour, half-days by the half-day."""
    if one.starts and one.ends and other.starts and other.ends:
        return one.starts < other.ends and other.starts < one.ends
    first, second = _half_days(one), _half_days(other)
    return first[0] <= second[1] and second[0] <= first[1]


def _half_days(leave: Leave) -> tuple[tuple[date, int], tuple[date, int]]:
    if leave.starts is None or leave.ends is None:
        return (leave.first, leave.first_half), (leave.last, leave.last_half)
    halves = [FORENOON if at.hour < _NOON else AFTERNOON for at in (leave.starts, leave.ends - timedelta(minutes=1))]
    return (leave.starts.date(), halves[0]), (leave.ends.date(), halves[1])
