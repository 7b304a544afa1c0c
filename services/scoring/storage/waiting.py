"""What was handed in and is on somebody's desk, and what of it the panel has taken upon itself."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, DateTime, Select, Table, Text, and_, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.scoring.domain.dossier import WAITING
from services.scoring.storage import tables
from shared.pages import keyset

Row = dict[str, Any]
assumed = Table(
    "assumed",
    tables.metadata,
    tables.code_column("bureau", key=True),
    tables.code_column("cycle", key=True),
    tables.code_column("kind", key=True),
    tables.code_column("fact", key=True),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
_FACT = ("kind", "fact", "indicator", "subject", "period", "status", "people")


def page_of_waiting(session: Session, bureau: str, query: Mapping[str, Any]) -> Row:
    """Return a page of what waits, by kind and id, each with the item's name and with what the panel said of it."""
    fact = tables.fact.c
    chosen = _waiting(bureau, query["cycle"])
    return keyset(session, chosen, order=[fact.kind, fact.fact], after=query["after"], limit=query["limit"])


def waiting_left(session: Session, bureau: str, cycle: str) -> list[Row]:
    """Return all that nobody has taken upon himself."""
    rows = session.execute(_waiting(bureau, cycle).where(assumed.c.by.is_(None))).mappings()
    return [dict(row) for row in rows]


def facts_waiting(
    session: Session, bureau: str, cycle: str, keys: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Row]:
    """Return (kind, fact) -> the fact, of those that wait."""
    wanted = set(keys)
    rows = session.execute(_waiting(bureau, cycle)).mappings()
    return {key: dict(row) for row in rows if (key := (row["kind"], row["fact"])) in wanted}


def assume(session: Session, rows: list[Row]) -> None:
    made = insert(assumed).values(rows)
    keys = ["bureau", "cycle", "kind", "fact"]
    session.execute(
        made.on_conflict_do_update(
            index_elements=keys, set_={name: made.excluded[name] for name in ("reason", "by", "at")}
        )
    )


def _waiting(bureau: str, cycle: str) -> Select[Any]:
    fact, item = tables.fact.c, tables.indicator.c
    known = and_(*(assumed.c[name] == fact[name] for name in ("bureau", "cycle", "kind", "fact")))
    in_library = and_(item.bureau == fact.bureau, item.cycle == fact.cycle, item.indicator == fact.indicator)
    return (
        select(
            *(fact[name] for name in _FACT),
            item.item["name"].astext.label("item"),
            *(assumed.c[name] for name in ("reason", "by", "at")),
        )
        .select_from(tables.fact.join(tables.indicator, in_library).outerjoin(assumed, known))
        .where(fact.bureau == bureau, fact.cycle == cycle, item.active, _on_a_desk())
    )


def _on_a_desk() -> ColumnElement[bool]:
    fact = tables.fact.c
    return or_(*((fact.kind == kind) & fact.status.in_(statuses) for kind, statuses in WAITING.items()))
