"""Contributions as they are shown, with those that look like the same achievement declared twice."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.declarations.storage.opinions import opinions_on
from services.declarations.storage.scopes import Scope
from services.declarations.storage.tables import contribution
from shared.actor import Actor
from shared.pages import keyset

c = contribution.c
FILTERS = ("period", "unit", "status", "subject", "indicator")


def list_contributions(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """A page; ``same_as`` names others' or own declarations of the same title, ``opinions`` are for the panel's eyes."""
    statement = select(contribution).where(c.bureau == actor.bureau, c.cycle == query["cycle"])
    statement = statement.where(Scope.of(session, actor).sees(contribution))
    statement = statement.where(*(c[name] == query[name] for name in FILTERS if name in query))
    page = keyset(session, statement, order=[c.contribution], after=query.get("after"), limit=query["limit"])
    rows = page["items"]
    twins = _same_titles(session, actor.bureau, query["cycle"], {row["title_key"] for row in rows})
    panel = actor.has("panel") or actor.has("auditor")
    opinions = opinions_on(session, actor.bureau, [row["contribution"] for row in rows]) if panel else {}
    shown = [
        {
            **row,
            "same_as": [one for one in twins[row["title_key"]] if one["contribution"] != row["contribution"]],
            "opinions": opinions.get(row["contribution"], []),
        }
        for row in rows
    ]
    return {**page, "items": shown}


def _same_titles(session: Session, bureau: str, cycle: str, keys: set[str]) -> dict[str, list[dict[str, Any]]]:
    """title_key -> every declaration under it that was not rejected, whoever's it is"""
    statement = select(c.title_key, c.contribution, c.subject, c.status).where(
        c.bureau == bureau, c.cycle == cycle, c.title_key.in_(sorted(keys)), c.status != "rejected"
    )
    found: dict[str, list[dict[str, Any]]] = {key: [] for key in keys}
    for row in session.execute(statement.order_by(c.contribution)):
        one = {"contribution": row.contribution, "subject": row.subject, "status": row.status}
        found[row.title_key].append(one)
    return found
