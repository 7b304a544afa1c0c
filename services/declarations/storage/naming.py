"""Names beside codes: what a reader needs to know whose item a row is, and who did what to it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from services.declarations.domain.words import PANEL
from services.declarations.storage.organisation import names_of
from services.declarations.storage.tables import indicator
from shared.vocabulary.organisation import PANEL_NAME

Row = dict[str, Any]
ITEM = ("subject", "unit")  # persons and units by which every item is known


def with_names(session: Session, bureau: str, rows: Sequence[Mapping[str, Any]], *codes: str) -> list[Row]:
    """Return ``rows`` without their bureau; beside subject, unit, indicator and each of ``codes`` stands ``<code>_name``."""
    listed = [name for name in (*ITEM, *codes) if rows and name in rows[0]]
    names = names_of(session, bureau, {row[name] for row in rows for name in listed if row[name]})
    names[PANEL] = PANEL_NAME
    items = indicator_names(session, bureau, rows)
    return [
        {
            **{name: value for name, value in row.items() if name != "bureau"},
            **{f"{name}_name": names.get(row[name]) for name in listed},
            **({"indicator_name": items.get((row["cycle"], row["indicator"]))} if "indicator" in row else {}),
        }
        for row in rows
    ]


def indicator_names(session: Session, bureau: str, rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """(cycle, indicator) -> its name, of those that ``rows`` mention."""
    c = indicator.c
    wanted = sorted({(row["cycle"], row["indicator"]) for row in rows if row.get("indicator")})
    statement = select(c.cycle, c.indicator, c.name).where(c.bureau == bureau, tuple_(c.cycle, c.indicator).in_(wanted))
    return {(row.cycle, row.indicator): row.name for row in session.execute(statement)} if wanted else {}
