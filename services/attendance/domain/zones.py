"""The time zone of a clock, and what its local times are by the bureau's wall clock.

A clock that was given another zone shows the times of the former one until it hears of it, which it does when it says hello: its
memory, sent again, says the same as before.
A time that both could have shown is the new one's, unless it counts already as the former one's: what is pressed now is sent now, what
was pressed just before was sent already, and may be sent again.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from shared.vocabulary.zones import BUREAU, SHANGHAI

NOT_YET = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Zones:
    """``zone``: as it is set; ``earlier``: (zone, until when the clock showed it), ascending; the last ``NOT_YET`` where it has not heard
    of ``zone``."""

    zone: str = BUREAU
    earlier: tuple[tuple[str, datetime], ...] = ()

    def bureau_time(self, sent: datetime) -> datetime:
        """Return by the bureau's wall clock when the clock showed ``sent``."""
        zone = self.zone
        for before, until in reversed(self.earlier):
            if sent.replace(tzinfo=ZoneInfo(zone)) >= until:
                break
            zone = before
        return _read(sent, zone)

    def former_times(self, sent: datetime) -> set[datetime]:
        """Return by the bureau's wall clock when else the clock showed ``sent``: it was set back to a zone further west."""
        sinces = (datetime.min.replace(tzinfo=UTC), *(until for _, until in self.earlier))
        spans = zip(sinces, self.earlier, strict=False)
        shown = {
            _read(sent, zone) for since, (zone, until) in spans if since <= sent.replace(tzinfo=ZoneInfo(zone)) < until
        }
        return shown - {self.bureau_time(sent)}

    @property
    def is_due(self) -> bool:
        """Tell whether the clock has not heard yet of the zone that it is set to."""
        return bool(self.earlier) and self.earlier[-1][1] == NOT_YET

    def changed(self, zone: str) -> "Zones":
        """Return the zones of a clock that is set to ``zone`` as soon as it hears of it."""
        if zone == self.zone:
            return self
        past, shown = (self.earlier[:-1], self.earlier[-1][0]) if self.is_due else (self.earlier, self.zone)
        return Zones(zone, past if zone == shown else (*past, (shown, NOT_YET)))

    def heard(self, at: datetime) -> "Zones":
        """Return the zones of a clock that was told at ``at`` to which it is set."""
        return Zones(self.zone, (*self.earlier[:-1], (self.earlier[-1][0], at))) if self.is_due else self


def _read(sent: datetime, zone: str) -> datetime:
    return sent if zone == BUREAU else sent.replace(tzinfo=ZoneInfo(zone)).astimezone(SHANGHAI).replace(tzinfo=None)
