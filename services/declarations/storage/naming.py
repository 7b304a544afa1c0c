"""Names beside codes: what a reader needs to know whose item a row is, and who did what to it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from services.declarations.domain.indicators import Indicator
from services.declarations.domain.words import PANEL, SYSTEM
from services.declarations.storage.former_names import Name, names_by_code
from services.declarations.storage.tables import cycle, indicator
from shared.database import Row
from shared.vocabulary.declarations import VERIFIERS
from shared.vocabulary.organisation import PANEL_NAME

ITEM = ("subject", "unit")  # persons and units by which every item is known
OF_INDICATOR = ("category", "measure_unit", "full_points")


def with_names(
    session: Session,
    bureau: str,
    rows: Sequence[Mapping[str, Any]],
    *codes: str,
    items: Mapping[str, Indicator] | None = None,
) -> list[Row]:
    """Return ``rows`` without their bureau; beside subject, unit, indicator and
    each of ``codes`` stands ``<code>_name``.

    A row with a period says what somebody was called on its last day. ``items``: the indicators, where they are read
    already; then category, measure and full points are told too.
    """
    listed = [name for name in (*ITEM, *codes) if rows and name in rows[0]]
    names = names_by_code(session, bureau, {row[name] for row in rows for name in listed if row[name]})
    names |= {PANEL: Name(PANEL_NAME), SYSTEM: Name("系统")}
    ends = _ends(session, bureau, rows) if any(name.former for name in names.values()) else {}
    known = indicator_names(session, bureau, rows) if items is None else {}

    def named(row: Mapping[str, Any]) -> Row:
        on = ends.get((row.get("cycle"), row.get("period")))
        return {
            **{name: value for name, value in row.items() if name != "bureau"},
            **{f"{name}_name": names[row[name]].on(on) if row[name] else None for name in listed},
            **about(row),
        }

    def about(row: Mapping[str, Any]) -> Row:
        if items is not None:
            one = items.get(row["indicator"])
            return {"indicator_name": one and one.name, **{name: one and getattr(one, name) for name in OF_INDICATOR}}
        return {"indicator_name": known.get((row["cycle"], row["indicator"]))} if "indicator" in row else {}

    return [named(row) for row in rows]


def code_names(session: Session, bureau: str, codes: Iterable[str]) -> dict[str, str]:
    """Return code -> name of now, of persons, units, the panel and the desks that keep a machine."""
    names = {code: name.now for code, name in names_by_code(session, bureau, codes).items()}
    return {**names, **{code: name for code, name in {PANEL: PANEL_NAME, **VERIFIERS}.items() if code in names}}


def indicator_names(session: Session, bureau: str, rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """Return (cycle, indicator) -> its name, of those that ``rows`` mention."""
    c = indicator.c
    wanted = sorted({(row["cycle"], row["indicator"]) for row in rows if row.get("indicator")})
    statement = select(c.cycle, c.indicator, c.name).where(c.bureau == bureau, tuple_(c.cycle, c.indicator).in_(wanted))
    return {(row.cycle, row.indicator): row.name for row in session.execute(statement)} if wanted else {}


def _ends(session: Session, bureau: str, rows: Iterable[Mapping[str, Any]]) -> dict[tuple[Any, Any], date]:
    """(cycle, period) -> its last day."""
    wanted = sorted({row["cycle"] for row in rows if row.get("period")})
    statement = select(cycle.c.cycle, cycle.c.periods).where(cycle.c.bureau == bureau, cycle.c.cycle.in_(wanted))
    return {
        (code, period["code"]): date.fromisoformat(period["ends"])
        for code, periods in session.execute(statement)
        for period in periods
    }
