"""Who was where: the places held on a day, or within a span of days, with what they were called then."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from services.targets.domain.persons import OUTSIDE
from services.targets.storage.organisation_history import OrganisationHistory, State
from services.targets.storage.whereabouts import page_of_places
from shared.actor import Actor
from shared.clock import today


def list_places(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """``on`` a day, or from ``since`` to ``until``: then each place with the days of it within the span."""
    since, until = query["since"] or query["on"] or today(), query["until"] or query["on"] or today()
    if query["since"] and not query["until"]:
        until = max(since, today())
    where = {name: query[name] for name in ("unit", "line", "person", "kind") if query[name]}
    page = page_of_places(session, actor.bureau, since, until, where, query["after"], query["limit"])
    named = _Names(session, actor.bureau)
    return {"items": [named.document(row, since, until) for row in page["items"]], "next": page["next"]}


class _Names:
    """Units and positions by what they were on the day, looked up once a day asked for."""

    def __init__(self, session: Session, bureau: str) -> None:
        self._history = OrganisationHistory(session, bureau)
        self._days: dict[tuple[str, date], dict[str, State]] = {}

    def document(self, row: dict[str, Any], since: date, until: date) -> dict[str, Any]:
        day = max(since, row["starts"])
        last = min(until, row["ends"]) if row["ends"] else until
        outside = row["kind"] == OUTSIDE
        return {
            **row,
            "unit": None if outside else row["unit"],
            "unit_name": None if outside else self._on("unit", day).get(row["unit"], {}).get("name"),
            "title": None if outside else self._on("position", day).get(row["position"], {}).get("title"),
            "days": (last - day).days + 1,
        }

    def _on(self, kind: str, day: date) -> dict[str, State]:
        if (kind, day) not in self._days:
            self._days[kind, day] = self._history.on(kind, day)
        return self._days[kind, day]
