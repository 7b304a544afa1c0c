"""Where a person was, and when."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Stay:
    """Some days of the cycle in one unit, both ends included."""

    unit: str
    line: str
    starts: date
    ends: date

    @property
    def days(self) -> int:
        return (self.ends - self.starts).days + 1
