"""Files of evidence in their tables."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from services.declarations.storage.bulk import codes
from services.declarations.storage.evidence_tables import evidence, evidence_use
from shared.stored_files import StoredFiles

u = evidence_use.c


class EvidenceFiles(StoredFiles):
    """Those of one bureau."""

    def __init__(self, session: Session, bureau: str) -> None:
        super().__init__(session, bureau, evidence)


class EvidenceUses:
    """What refers to the files of one bureau and cycle."""

    def __init__(self, session: Session, bureau: str, cycle: str) -> None:
        self._session, self._bureau, self._cycle = session, bureau, cycle

    def of(self, ids: Iterable[str]) -> list[RowMapping]:
        statement = select(evidence_use).where(u.bureau == self._bureau, u.evidence.in_(codes(ids)))
        return list(self._session.execute(statement).mappings())

    def behind(self, kind: str, aggregates: Iterable[str]) -> dict[str, list[str]]:
        """Return aggregate -> the files that it refers to"""
        statement = select(u.aggregate, u.evidence).where(
            u.bureau == self._bureau, u.cycle == self._cycle, u.kind == kind, u.aggregate.in_(codes(aggregates))
        )
        found: dict[str, list[str]] = {}
        for row in self._session.execute(statement.order_by(u.aggregate, u.evidence)):
            found.setdefault(row.aggregate, []).append(row.evidence)
        return found

    def add(self, uses: Sequence[Mapping[str, Any]]) -> None:
        if uses:
            rows = [{**one, "bureau": self._bureau, "cycle": self._cycle} for one in uses]
            self._session.execute(upsert(evidence_use).on_conflict_do_nothing(), rows)
