"""A cycle's periods, and the months that lie in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from services.declarations.domain.words import OPEN_CYCLES
from shared.vocabulary.cycles import CYCLE_STATES
from shared.vocabulary.library import FREQUENCIES
from shared.vocabulary.periods import period as period_name
from shared.vocabulary.refusals import conflict, invalid


class Place(NamedTuple):
    """From when to when somebody was somewhere, and in which line; None: that line is not known."""

    starts: date
    ends: date | None
    line: str | None = None


@dataclass(frozen=True)
class Period:
    code: str
    frequency: str
    starts: date
    ends: date

    @property
    def months(self) -> list[str]:
        """Return its months as 2026-01, in order."""
        first, last = (day.year * 12 + day.month - 1 for day in (self.starts, self.ends))
        return [f"{count // 12}-{count % 12 + 1:02d}" for count in range(first, last + 1)]

    def check_begun(self, on: date) -> None:
        """Refuse what is told of a period that is still to come."""
        if on < self.starts:
            raise invalid(
                "period.not_begun",
                f"{self.code} 自 {self.starts} 起，尚未开始",
                f"{self.code} begins on {self.starts}: nothing can have been done in it",
                "period",
            )

    def is_due(self, places: Sequence[Place]) -> bool:
        """Tell whether it is due: of whoever was there on any of its days; of those without known places, units
        above all, always (docs/decisions/0302)."""
        return not places or any(map(self.meets, places))

    def meets(self, place: Place) -> bool:
        """Tell whether any of its days lies in the place's."""
        return place.starts <= self.ends and (place.ends is None or place.ends >= self.starts)


@dataclass(frozen=True)
class Cycle:
    cycle: str
    status: str
    rounding: str
    periods: Mapping[str, Period]
    calendar: Mapping[date, bool] = field(default_factory=dict)  # worked or not, over the national calendar

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_CYCLES

    def check_open(self) -> None:
        if not self.is_open:
            raise conflict(
                "cycle.not_open",
                f"考核年度 {self.cycle} 未开放（{CYCLE_STATES.get(self.status, self.status)}）",
                f"cycle {self.cycle} is not open but {self.status}",
            )

    def named(self, code: str) -> Period:
        """Return the period ``code``; ``Refused`` where there is none."""
        if code not in self.periods:
            raise invalid("period.unknown", f"没有考核期 {code}", f"no period {code} in this cycle", "period")
        return self.periods[code]

    def period(self, code: str, frequency: str) -> Period:
        """Return the period ``code``; ``Refused`` where it is unknown or belongs to another frequency."""
        period = self.named(code)
        if period.frequency != frequency:
            raise invalid(
                "period.frequency",
                f"该指标按{FREQUENCIES[frequency]}申报，{period_name(code)}不适用",
                f"the indicator is {frequency}, {code} is not",
                "period",
            )
        return period
