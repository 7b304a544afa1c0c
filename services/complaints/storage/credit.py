"""What is on record of a trader, counted from what the cases' histories make of them and from tested samples."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from services.complaints.domain.cases import AGREEMENT, COMPLAINT, FILED, REPORT, SETTLED, STOPPED
from services.complaints.storage.knowledge_tables import case_traders, goods_samples
from services.complaints.storage.lists import Seeing
from services.complaints.storage.tables import cases
from shared.database import Row

_COUNTS = ("complaints", "upheld", "repeats", "reports", "penalties", "checks", "failed")


def credit_of(session: Session, bureau: str, trader: str) -> list[Row]:
    """Return a row for each year and kind of goods and, before them, one for the whole year; the latest year first."""
    found: dict[tuple[str, str | None], Row] = {}
    for one in (*_of_cases(session, bureau, trader), *_of_samples(session, bureau, trader)):
        for goods in (None, one["goods"]):
            key = (one["year"], goods)
            row = found.setdefault(key, {**dict.fromkeys(_COUNTS, 0), "recovered": Decimal(0)})
            for name in row:
                row[name] += one.get(name, 0)
    keys = sorted(found, key=lambda key: (-int(key[0]), key[1] is not None, key[1] or ""))
    return [
        {"year": year, "goods": goods, **found[year, goods], "recovered": str(found[year, goods]["recovered"])}
        for year, goods in keys
    ]


def latest_of(session: Session, bureau: str, trader: str, seeing: Seeing | None, limit: int) -> list[Row]:
    """Return the latest cases of a trader, those that the reader may see."""
    c, linked = cases.c, case_traders.c
    told = select(c.code.label("case"), c.number, c.kind, c.status, c.goods, c.received_at, linked.how)
    chosen = told.select_from(_joined()).where(linked.bureau == bureau, linked.trader == trader)
    chosen = chosen.where(seeing.condition()) if seeing else chosen
    rows = session.execute(chosen.order_by(c.received_at.desc(), c.code).limit(limit)).mappings()
    return [dict(row) for row in rows]


def _joined() -> Any:
    on = and_(cases.c.bureau == case_traders.c.bureau, cases.c.code == case_traders.c.code)
    return case_traders.join(cases, on)


def _of_cases(session: Session, bureau: str, trader: str) -> Iterator[Row]:
    c = cases.c
    counted = {
        "complaints": c.kind == COMPLAINT,
        "upheld": and_(c.kind == COMPLAINT, c.outcome.in_((AGREEMENT, SETTLED))),
        "repeats": and_(c.kind == COMPLAINT, c.repeat_of.is_not(None)),
        "reports": c.kind == REPORT,
        "penalties": and_(c.kind == REPORT, c.outcome == FILED),
    }
    told = [func.count().filter(which).label(name) for name, which in counted.items()]
    chosen = (
        select(c.cycle.label("year"), c.goods, func.sum(c.recovered).label("recovered"), *told)
        .select_from(_joined())
        .where(case_traders.c.bureau == bureau, case_traders.c.trader == trader, c.status.not_in(STOPPED))
        .group_by(c.cycle, c.goods)
    )
    yield from (dict(row) for row in session.execute(chosen).mappings())


def _of_samples(session: Session, bureau: str, trader: str) -> Iterator[Row]:
    c = goods_samples.c
    year = func.left(c.quarter, 4).label("year")
    checks, failed = func.count().label("checks"), func.count().filter(c.failed).label("failed")
    mine = c.bureau == bureau, c.trader == trader, c.status != "void"
    chosen = select(year, c.goods, checks, failed).where(*mine).group_by(year, c.goods)
    yield from (dict(row) for row in session.execute(chosen).mappings())
