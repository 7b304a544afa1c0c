"""The time zone of a clock, and what its local times are by the bureau's wall clock.

A clock that was given another zone had shown the times of the former one until then: its memory, sent again, says the same as before.
A time that both could have shown is the new one's: what is pressed now is sent now, what was pressed just before was sent already.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

BUREAU = "Asia/Shanghai"


@dataclass(frozen=True)
class Zones:
    """``zone``: as it is set; ``earlier``: (zone, until when it was set), ascending."""

    zone: str = BUREAU
    earlier: tuple[tuple[str, datetime], ...] = ()

    def bureau_time(self, sent: datetime) -> datetime:
        """Return by the bureau's wall clock when the clock showed ``sent``."""
        zone = self.zone
        for before, until in reversed(self.earlier):
            if sent.replace(tzinfo=ZoneInfo(zone)) >= until:
                break
            zone = before
        return (
            sent
            if zone == BUREAU
            else sent.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo(BUREAU)).replace(tzinfo=None)
        )

    def changed(self, zone: str, at: datetime) -> "Zones":
        """Return the zones of a clock that is set to ``zone`` from ``at`` on."""
        return self if zone == self.zone else Zones(zone, (*self.earlier, (self.zone, at)))
