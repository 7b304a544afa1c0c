"""The files of cases, in the mechanism that declarations' evidence has too."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.complaints.storage.attachment_tables import case_attachments
from shared.database import Row
from shared.stored_files import StoredFiles

c = case_attachments.c


class Attachments(StoredFiles):
    """Those of one bureau."""

    def __init__(self, session: Session, bureau: str) -> None:
        super().__init__(session, bureau, case_attachments)

    def of_case(self, code: str) -> list[Row]:
        """Return the kept files of a case in the order in which they came."""
        return self._listed(c.code == code, c.status == "kept")

    def one(self, evidence: str) -> Row | None:
        found = self._listed(c.evidence == evidence)
        return found[0] if found else None

    def _listed(self, *conditions: object) -> list[Row]:
        chosen = select(case_attachments).where(c.bureau == self._bureau, *conditions)  # type: ignore[arg-type]  # conditions of the table
        rows = self._session.execute(chosen.order_by(c.reserved_at, c.evidence)).mappings()
        return [dict(row) for row in rows]
