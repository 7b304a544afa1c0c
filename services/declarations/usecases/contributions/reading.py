"""Contributions as they are shown: with those that look like the same achievement, and how near their subject is to the cap."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import false, or_, select, tuple_
from sqlalchemy.orm import Session

import rules
from services.declarations.domain.words import Counts
from services.declarations.storage.library import Library, indicators_by_code, need_cycle
from services.declarations.storage.opinions import opinions_on
from services.declarations.storage.scopes import Scope
from services.declarations.storage.tables import contribution
from services.declarations.usecases.contributions.same_achievements import like_titles
from shared.actor import Actor
from shared.pages import keyset

c = contribution.c
FILTERS = ("period", "unit", "status", "subject", "indicator")
Row = dict[str, Any]


def list_contributions(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """A page; ``same_as`` names others' or own declarations of the same or a similar title, ``opinions`` are for the panel's eyes."""
    scope = Scope.of(session, actor)
    partner = or_(false(), *(c.shares.contains([{"subject": code}]) for code in scope.own))
    statement = select(contribution).where(c.bureau == actor.bureau, c.cycle == query["cycle"])
    statement = statement.where(or_(scope.sees(contribution), partner))
    statement = statement.where(*(c[name] == query[name] for name in FILTERS if name in query))
    page = keyset(session, statement, order=[c.contribution], after=query.get("after"), limit=query["limit"])
    rows: list[Row] = page["items"]
    alike = like_titles(session, actor.bureau, query["cycle"], {row["contribution"]: row["title_key"] for row in rows})
    panel = actor.has("panel") or actor.has("auditor")
    opinions = opinions_on(session, actor.bureau, [row["contribution"] for row in rows]) if panel else {}
    worth = _Worth(session, actor.bureau, query["cycle"], rows)
    shown = [
        {
            **row,
            "same_as": alike[row["contribution"]],
            "opinions": opinions.get(row["contribution"], []),
            **worth.of(row),
        }
        for row in rows
    ]
    return {**page, "items": shown}


class _Worth:
    """What contributions are worth by the rule, and what their subjects have settled of the same item this year."""

    def __init__(self, session: Session, bureau: str, cycle: str, rows: Sequence[Row]) -> None:
        self._rounding = need_cycle(session, bureau, cycle).rounding
        self._library: Library = indicators_by_code(session, bureau, cycle, {row["indicator"] for row in rows})
        pairs = sorted({(row["subject"], row["indicator"]) for row in rows})
        statement = select(c.subject, c.indicator, c.counts).where(
            c.bureau == bureau, c.cycle == cycle, c.status == "settled", tuple_(c.subject, c.indicator).in_(pairs)
        )
        self._settled: dict[tuple[str, str], Counts] = {}
        for row in session.execute(statement) if pairs else ():
            key = (row.subject, row.indicator)
            self._settled[key] = rules.add_counts(self._settled.get(key, {}), row.counts)

    def of(self, row: Row) -> Row:
        """``worth`` of it alone; ``year``: points of all its subject's settled ones, of at most ``cap``."""
        indicator = self._library[row["indicator"]]
        year = self._settled.get((row["subject"], row["indicator"]), {})
        return {
            "worth": indicator.points(row["counts"] or row["claimed"], None, self._rounding),
            "year": indicator.points(year, None, self._rounding),
            "cap": indicator.full_points,
        }
