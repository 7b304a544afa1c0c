"""The files of cases and the pictures of entries, in the mechanism that declarations' evidence has too."""

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from services.complaints.storage.attachment_tables import case_attachments, entry_pictures
from shared.database import Row
from shared.stored_files import StoredFiles


class Attachments(StoredFiles):
    """Those of one bureau."""

    def __init__(self, session: Session, bureau: str, table: Table = case_attachments) -> None:
        super().__init__(session, bureau, table)

    def of(self, code: str) -> list[Row]:
        """Return the kept files of a case or an entry in the order in which they came."""
        return self._listed(self._table.c.code == code, self._table.c.status == "kept")

    def one(self, evidence: str) -> Row | None:
        found = self._listed(self._table.c.evidence == evidence)
        return found[0] if found else None

    def need(self, evidence: str) -> Row:
        """Return one that is there."""
        row = self.one(evidence)
        assert row is not None
        return row

    def _listed(self, *conditions: object) -> list[Row]:
        c = self._table.c
        chosen = select(self._table).where(c.bureau == self._bureau, *conditions)  # type: ignore[arg-type]  # conditions of the table
        rows = self._session.execute(chosen.order_by(c.reserved_at, c.evidence)).mappings()
        return [dict(row) for row in rows]


class Pictures(Attachments):
    """Pictures of the marks of which entries tell."""

    def __init__(self, session: Session, bureau: str) -> None:
        super().__init__(session, bureau, entry_pictures)
