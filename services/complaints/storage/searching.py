"""One search over what is told of cases, traders, tested goods and entries: found by their bigrams, the latest first.

What is found is found first and put into order afterwards, so that the planner never walks through all cases by their dates instead.
"""

from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from services.complaints.domain.cases import REPORT
from services.complaints.storage.bigrams import holding
from services.complaints.storage.entries import holds
from services.complaints.storage.knowledge_tables import entries, goods_samples, traders
from services.complaints.storage.lists import Seeing
from services.complaints.storage.tables import cases
from shared.clock import bureau_date
from shared.database import Row

SHOWN = 20


class Searching:
    def __init__(self, session: Session, bureau: str, q: str) -> None:
        self._session = session
        self._bureau = bureau
        self._q = q

    def cases(self, seeing: Seeing | None) -> list[Row]:
        c = cases.c
        written = case((c.kind == REPORT, ""), else_=c.summary)
        told = c.number + " " + c.trader + " " + c.goods + " " + written
        indexed = func.complaints.case_bigrams(c.kind, c.number, c.trader, c.goods, c.summary)
        chosen = select(
            c.code,
            (c.number + " " + c.trader).label("title"),
            func.btrim(c.goods + " " + written).label("text"),
            c.received_at.label("at"),
        ).where(c.bureau == self._bureau, *holding(self._q, indexed, told))
        return self._latest(chosen.where(seeing.condition()) if seeing else chosen, "case")

    def traders(self) -> list[Row]:
        c = traders.c
        title, told = c.name.label("title"), func.concat_ws(" ", c.credit_code, c.address).label("text")
        chosen = select(c.trader.label("code"), title, told, c.kept_at.label("at"))
        return self._latest(self._of(chosen, c).where(c.merged_into.is_(None)), "trader")

    def samples(self) -> list[Row]:
        c = goods_samples.c
        title, told = (c.goods + " " + c.brand).label("title"), c.batch.label("text")
        chosen = select(c.sample.label("code"), title, told, c.kept_at.label("at"))
        return self._latest(self._of(chosen, c), "sample")

    def entries(self, kind: str, on: date) -> list[Row]:
        c = entries.c
        told = func.coalesce(c.body["answer"].astext, c.body["genuine"].astext, "").label("text")
        chosen = select(c.entry.label("code"), c.title, told, c.kept_at.label("at"))
        return self._latest(self._of(chosen, c).where(c.kind == kind, holds(on)), kind)

    def _of(self, chosen: Select[Any], c: Any) -> Select[Any]:
        found = holding(self._q, func.complaints.bigrams(c.searched), c.searched)
        return chosen.where(c.bureau == self._bureau, *found)

    def _latest(self, chosen: Select[Any], kind: str) -> list[Row]:
        found = chosen.cte("found").prefix_with("MATERIALIZED")
        rows = self._session.execute(select(found).order_by(found.c.at.desc(), found.c.code).limit(SHOWN)).mappings()
        names = ("code", "title", "text")
        return [{"kind": kind, **{name: row[name] for name in names}, "on": bureau_date(row["at"])} for row in rows]
