"""Who was where: the places held on a day, or within a span of days, with what they were called then."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from services.targets.domain.persons import OUTSIDE
from services.targets.storage.whereabouts import page_of_places
from services.targets.usecases.names import Names
from shared.actor import Actor
from shared.clock import today


def list_places(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """``on`` a day, or from ``since`` to ``until``: then each place with the days of it within the span."""
    since, until = query["since"] or query["on"] or today(), query["until"] or query["on"] or today()
    if query["since"] and not query["until"]:
        until = max(since, today())
    where = {name: query[name] for name in ("unit", "line", "person", "kind") if query[name]}
    page = page_of_places(session, actor.bureau, since, until, where, query["after"], query["limit"])
    names = Names(session, actor.bureau)
    return {**page, "items": [_document(names, row, since, until) for row in page["items"]]}


def _document(names: Names, row: dict[str, Any], since: date, until: date) -> dict[str, Any]:
    day = max(since, row["starts"])
    last = min(until, row["ends"]) if row["ends"] else until
    outside = row["kind"] == OUTSIDE
    return {
        **row,
        "unit": None if outside else row["unit"],
        "unit_name": None if outside else names.unit(row["unit"], day),
        "title": None if outside else names.position(row["position"], day),
        "line_name": names.line(row["line"]),
        "days": (last - day).days + 1,
    }
