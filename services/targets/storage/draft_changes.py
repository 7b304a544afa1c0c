"""The record of what was done to a cycle's drafts; written while the cycle is locked."""

from dataclasses import dataclass

from sqlalchemy import RowMapping, func, insert, select, update
from sqlalchemy.orm import Session

from services.targets.domain.draft_changes import DraftChange
from services.targets.domain.sheet import TextRow
from services.targets.storage.draft_tables import draft_changes
from shared.clock import now
from shared.pages import keyset


@dataclass(frozen=True)
class Noted:
    """What was done to a draft; ``before`` and ``after``: the row of the one indicator that it was done to."""

    action: str
    indicator: str | None = None
    before: TextRow | None = None
    after: TextRow | None = None
    proposal: str | None = None
    takes_back: int | None = None


class DraftChanges:
    def __init__(self, session: Session, bureau: str, cycle: str) -> None:
        self._session, self._key = session, {"bureau": bureau, "cycle": cycle}

    def revision(self) -> int:
        """Return the revision of the draft, which grows with every change and never falls, whatever becomes of the draft."""
        latest = select(func.coalesce(func.max(draft_changes.c.change), 0)).filter_by(**self._key)
        found: int = self._session.execute(latest).scalar_one()
        return found + 1

    def note(self, library_revision: int, by: str, *entries: Noted) -> None:
        told = {**self._key, "library_revision": library_revision, "status": "standing", "by": by, "at": now()}
        first = self.revision()
        rows = [{**told, **vars(one), "change": number} for number, one in enumerate(entries, start=first)]
        if rows:
            self._session.execute(insert(draft_changes), rows)

    def replaced(self, library_revision: int) -> None:
        """Note that nothing of the draft is left."""
        mine = update(draft_changes).filter_by(**self._key, library_revision=library_revision, status="standing")
        self._session.execute(mine.values(status="replaced"))

    def taken_back(self, change: int) -> None:
        self._session.execute(update(draft_changes).filter_by(**self._key, change=change).values(status="taken_back"))

    def of(self, library_revision: int) -> list[DraftChange]:
        """Return what was done to the drafts of this revision."""
        chosen = select(draft_changes).filter_by(**self._key, library_revision=library_revision)
        return [_change(row) for row in self._session.execute(chosen.order_by(draft_changes.c.change)).mappings()]

    def get(self, change: int) -> DraftChange | None:
        chosen = select(draft_changes).filter_by(**self._key, change=change)
        row = self._session.execute(chosen).mappings().first()
        return _change(row) if row else None

    def page(self, after: str | None, limit: int) -> tuple[list[DraftChange], str | None]:
        """Return one page, the newest first."""
        chosen = select(draft_changes).filter_by(**self._key)
        order = [draft_changes.c.change]
        page = keyset(self._session, chosen, order=order, after=after, limit=limit, descending=True)
        return [_change(row) for row in page["items"]], page["next"]


def _change(row: RowMapping) -> DraftChange:
    return DraftChange(**{name: row[name] for name in row if name not in ("bureau", "cycle")})
