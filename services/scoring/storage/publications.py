"""Which runs of a cycle were published, in which order."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.scoring.domain.run import PUBLISHED
from services.scoring.storage.tables import run, score


class Publications:
    def __init__(self, session: Session) -> None:
        self._session = session

    def of_cycle(self, bureau: str, cycle: str) -> list[str]:
        """Return run codes, the first publication first."""
        chosen = select(run.c.run).where(run.c.bureau == bureau, run.c.cycle == cycle, run.c.status == PUBLISHED)
        return list(self._session.scalars(chosen.order_by(run.c.published_at, run.c.run)))

    def newest(self) -> list[tuple[str, str]]:
        """Return (bureau, run) of every cycle's last publication."""
        chosen = select(run.c.bureau, run.c.cycle, run.c.run).where(run.c.status == PUBLISHED)
        rows = self._session.execute(chosen.order_by(run.c.published_at, run.c.run))
        last = {(row.bureau, row.cycle): row.run for row in rows}
        return [(bureau, code) for (bureau, _), code in sorted(last.items())]

    def subjects(self, bureau: str, cycle: str, code: str) -> dict[str, tuple[str, str, str]]:
        """Return subject -> (subject, layer, unit) of a run."""
        chosen = select(score.c.subject, score.c.layer, score.c.unit)
        chosen = chosen.where(score.c.bureau == bureau, score.c.cycle == cycle, score.c.run == code)
        return {row.subject: (row.subject, row.layer, row.unit) for row in self._session.execute(chosen)}
