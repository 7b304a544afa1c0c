"""Files of evidence in their tables."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from services.declarations.domain.evidence import Evidence
from services.declarations.storage.bulk import as_row, as_states, codes
from services.declarations.storage.evidence_tables import evidence, evidence_use
from shared.errors import Conflict

e, u = evidence.c, evidence_use.c
HELD = ("awaited", "kept")


class EvidenceFiles:
    """Those of one bureau."""

    def __init__(self, session: Session, bureau: str) -> None:
        self._session, self._bureau = session, bureau

    def add(self, new: Evidence, at: datetime) -> None:
        self._session.execute(insert(evidence).values(**as_row(new), reserved_at=at))

    def change(self, now: Evidence) -> None:
        statement = update(evidence).where(e.evidence == now.evidence, e.revision == now.revision - 1)
        result = self._session.execute(statement.values(status=now.status, revision=now.revision))
        if result.rowcount != 1:  # type: ignore[attr-defined]
            raise Conflict("evidence.changed", zh="该材料已被同时修改，请重试", en="changed by someone else meanwhile")

    def some(self, ids: Iterable[str], *, lock: bool = False) -> dict[str, Evidence]:
        statement = select(evidence).where(e.bureau == self._bureau, e.evidence.in_(codes(ids))).order_by(e.evidence)
        found = as_states(Evidence, self._session.execute(statement.with_for_update() if lock else statement))
        return {one.evidence: one for one in found}

    def same_content(self, sha256: str) -> list[Evidence]:
        """Return kept files with these bytes; locked, so that none of them is dropped before this transaction ends."""
        statement = select(evidence).where(e.bureau == self._bureau, e.sha256 == sha256, e.status == "kept")
        statement = statement.order_by(e.evidence).with_for_update(read=True)
        return as_states(Evidence, self._session.execute(statement))

    def taken(self, cycle: str, owner: str) -> int:
        """Return bytes that ``owner`` holds; from here to the commit nobody else adds to them."""
        self._session.execute(
            text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"evidence {self._bureau} {owner}"}
        )
        held = select(func.coalesce(func.sum(e.size), 0)).where(e.bureau == self._bureau, e.cycle == cycle)
        return int(self._session.execute(held.where(e.owner == owner, e.status.in_(HELD))).scalar_one())

    def give_up(self, before: datetime) -> None:
        """Give up what has been awaited since ``before``: it will not come any more."""
        overdue = (e.bureau == self._bureau, e.status == "awaited", e.reserved_at < before)
        self._session.execute(update(evidence).where(*overdue).values(status="dropped", revision=e.revision + 1))

    def to_clear(self, limit: int) -> list[dict[str, str]]:
        """Return dropped files whose bytes no other file needs, and the keys under which those lie."""
        other = evidence.alias()
        needed = select(other.c.evidence).where(other.c.stored_as == e.stored_as, other.c.status.in_(HELD))
        statement = select(e.evidence, e.stored_as).where(e.bureau == self._bureau, e.status == "dropped")
        rows = self._session.execute(statement.where(~needed.exists()).order_by(e.evidence).limit(limit))
        return [{"evidence": row.evidence, "stored_as": f"{self._bureau}/{row.stored_as}"} for row in rows]

    def forget(self, ids: Iterable[str]) -> int:
        """Remove the rows of what was dropped; nothing else."""
        statement = delete(evidence).where(e.bureau == self._bureau, e.status == "dropped", e.evidence.in_(codes(ids)))
        return int(self._session.execute(statement).rowcount)  # type: ignore[attr-defined]


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
