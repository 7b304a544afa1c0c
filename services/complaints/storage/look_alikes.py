"""Complaints of the same person, trader or address. A report is never among them by its reporter: who reported is nobody's to find again."""

from collections.abc import Iterable, Sequence

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from services.complaints.domain.cases import REPORT
from services.complaints.storage.cases import CaseFile
from services.complaints.storage.tables import cases
from shared.database import Row

_NO_REPORT = cases.c.kind != REPORT


class LookAlikes:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def similar(self, keys: Sequence[str], trader: str, limit: int, *, reports: bool) -> list[Row]:
        """Return earlier cases of the same person or trader, the latest first; ``reports``: also reports of the trader."""
        told = [cases.c[name] for name in ("code", "number", "kind", "status", "received_at", "summary", "trader")]
        same = and_(_NO_REPORT, cases.c.person_keys.overlap(list(keys)))
        named = cases.c.trader == trader if reports else and_(_NO_REPORT, cases.c.trader == trader)
        alike = or_(same, named) if trader else same
        statement = select(*told, same.label("same_person")).where(cases.c.bureau == self._bureau, alike)
        found = self._session.execute(statement.order_by(cases.c.received_at.desc()).limit(limit)).mappings()
        return [{**row, "same_trader": bool(trader) and row["trader"] == trader} for row in found]

    def by_key(self, keys: Iterable[str]) -> dict[str, int]:
        """Return how many cases there are of each of ``keys``."""
        own = cases.c.person_keys.overlap(wanted := sorted(set(keys)))
        mine = cases.c.bureau == self._bureau, _NO_REPORT, own
        each = select(func.unnest(cases.c.person_keys).label("key")).where(*mine)
        counted = each.subquery()
        chosen = select(counted.c.key, func.count()).where(counted.c.key.in_(wanted)).group_by(counted.c.key)
        return {row[0]: row[1] for row in self._session.execute(chosen)} if wanted else {}

    def around(self, one: CaseFile, limit: int) -> list[Row]:
        """Return the latest complaints of the same person or from the same address."""
        names = ("code", "received_at", "trader", "person_keys")
        address = self._session.scalar(
            select(cases.c.address_key).where(cases.c.bureau == self._bureau, cases.c.code == one.case.code)
        )
        same = cases.c.person_keys.overlap(list(one.keys))
        same = or_(same, cases.c.address_key == address) if address else same
        chosen = select(*(cases.c[name] for name in names)).where(
            cases.c.bureau == self._bureau, cases.c.kind == "complaint", same, cases.c.code != one.case.code
        )
        found = self._session.execute(chosen.order_by(cases.c.received_at.desc()).limit(limit)).mappings()
        return [dict(row) for row in found]

    def of_person(self, keys: Sequence[str]) -> int:
        own = cases.c.bureau == self._bureau, _NO_REPORT, cases.c.person_keys.overlap(list(keys))
        return self._session.scalar(select(func.count()).where(*own)) or 0

    def of_platform(self, numbers: Iterable[str]) -> set[str]:
        """Return those of these numbers of the national platform that are registered, whenever they were received."""
        chosen = select(cases.c.platform_number).where(
            cases.c.bureau == self._bureau, cases.c.platform_number.in_(list(numbers))
        )
        return {one for one in self._session.scalars(chosen) if one}

    def traders(self, q: str, limit: int, *, reports: bool) -> list[Row]:
        own = select(cases.c.trader, func.count().label("cases")).where(cases.c.bureau == self._bureau)
        own = own if reports else own.where(_NO_REPORT)
        found = own.where(cases.c.trader != "", cases.c.trader.icontains(q, autoescape=True)).group_by(cases.c.trader)
        return [dict(row) for row in self._session.execute(found.order_by(cases.c.trader).limit(limit)).mappings()]
