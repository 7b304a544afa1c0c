"""What excuses a person from a half-day: leave by half-days, outings on duty by half-days or by the hour."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

OUTING = "outing"

# Leave kinds. Statutory leave and duty outside count as attended for a unit's attendance rate (data/README.md, 02-01-04).
COUNTS_AS_ATTENDED = {
    "annual": True,  # 年休假
    "marriage": True,  # 婚假
    "maternity": True,  # 产假
    "bereavement": True,  # 丧假
    "family_visit": True,  # 探亲假
    "sick": False,  # 病假
    "personal": False,  # 事假
    OUTING: True,  # 因公外出、公差
}

FORENOON, AFTERNOON = 0, 1
HALF_WORDS = ("am", "pm")


@dataclass(frozen=True)
class Leave:
    """From the ``first_half`` of ``first`` to the ``last_half`` of ``last``, both included; an outing may give local times."""

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

    def covers(self, day: date, half: int, edge: datetime) -> bool:
        """Whether it excuses the half-day whose outer edge (the shift's start or end) is the local time ``edge``."""
        if self.starts is not None and self.ends is not None:
            return self.starts <= edge <= self.ends
        return (self.first, self.first_half) <= (day, half) <= (self.last, self.last_half)


def excuse(leaves: Iterable[Leave], day: date, half: int, edge: datetime) -> str | None:
    """The kind of the leave that covers the half-day, an attended kind first; None where nothing does."""
    kinds = [leave.kind for leave in leaves if leave.covers(day, half, edge)]
    return max(kinds, key=lambda kind: COUNTS_AS_ATTENDED[kind], default=None)
