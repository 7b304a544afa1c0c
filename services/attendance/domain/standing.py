"""What is wrong with a clock: it is silent, drifts, is behind its neighbours, holds records that never came."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.attendance.domain.holding import missing

SILENT = timedelta(minutes=10)  # a clock asks for commands every few seconds
DRIFTING = 120  # seconds
BEHIND = timedelta(hours=24)  # its last punch is so much older than its neighbours'
GAP = 10  # records; what is pressed while the clock tells how many it holds is on its way


@dataclass(frozen=True)
class Signs:
    """``last``, ``latest``: the last punch of the clock, and of all the bureau's."""

    seen_at: datetime | None
    drift: int | None
    last: datetime | None
    latest: datetime | None
    held: int | None
    kept: int
    ahead: int | None

    @property
    def missing(self) -> int:
        return missing(self.held, self.kept, self.ahead)

    def wrong(self, at: datetime) -> list[str]:
        """Return what is wrong at ``at``, the worst first."""
        silent = self.seen_at is None or at - self.seen_at > SILENT
        drifting = self.drift is not None and abs(self.drift) > DRIFTING
        behind = self.latest is not None and (self.last is None or self.latest - self.last > BEHIND)
        found = {"silent": silent, "drifting": drifting, "behind": behind, "gap": self.missing > GAP}
        return [kind for kind, holds in found.items() if holds]
