"""What a bureau decides for itself in 12315, from a day on: how open law is read, its own shorter limits, whom it warns and when.

Each is read at the day that it concerns: a reading or a limit at the day on which the clock began, a grade at the day of the call,
a late entry at the day on which it was recorded. So what was decided before keeps what it was decided by (law 8).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from services.complaints.domain.jurisdiction import Jurisdiction
from services.complaints.domain.regimes import Readings, Regime

VETO = "01-03-04"  # 有责重大投诉查实 (data/reference)
# Sign of a complainant who is no consumer → from how many complaints on it is shown, the one at hand included.
SIGNS = {"frequency": 5, "quantity": 10, "mass": 3, "shared_contact": 2, "shared_address": 2}


@dataclass(frozen=True)
class Settings:
    readings: Mapping[str, Readings] = field(default_factory=dict)  # regime → how it is read
    own_limits: Mapping[str, int] = field(default_factory=dict)  # clock → working days, beside the law's
    satisfied: frozenset[str] = frozenset({"very_satisfied", "satisfied", "basically"})  # grades of a follow-up call
    late_entry_days: int = 7  # what is recorded later needs a head's consent and is marked in the figures
    late_consent_days: int = 7  # how long such a consent holds
    repeat_days: int = 60  # after the conclusion of the first; the indicator's own number (08-01-06)
    soon_days: int = 2  # working days before its end from which a deadline is near
    warn_hours: tuple[int, ...] = (16, 4)  # working hours before the end
    answer_days: int = 3  # working days in which an answer to a 督办 is expected
    quiet_from: time = time(20)
    quiet_until: time = time(8)
    duty_phone: str = ""
    veto_indicator: str = VETO
    signs: Mapping[str, int] = field(default_factory=SIGNS.copy)
    frequent_days: int = 30  # within which complaints of one person are frequent
    many_days: int = 365  # within which they are many
    calendar_days: int = 120  # before the end of the known calendar from which its keeper is told
    objection_days: int = 30  # after its publication in which a trader may object to a result
    objection_answer_days: int = 15  # working days in which the objection is decided
    jurisdictions: tuple[Jurisdiction, ...] = ()  # places and platforms, and whose cases are from there
    read_openly: bool = False  # whether everybody may read what is public (Open311), without logging in

    def of(self, regime: Regime) -> Readings:
        return self.readings.get(regime.code, regime.readings)

    def is_quiet(self, at: time) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until


DEFAULT = Settings()


@dataclass(frozen=True)
class DatedSettings:
    """``dated``: (first day, what holds from then on), ascending; before the first of them the defaults hold."""

    dated: Sequence[tuple[date, Settings]] = ()

    def on(self, day: date) -> Settings:
        held = [one for starts, one in self.dated if starts <= day]
        return held[-1] if held else DEFAULT
