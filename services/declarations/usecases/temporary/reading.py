"""All temporary work of a subject and period: what was ordered, and what was done without an order. The form 临时工作考核表 is made of this."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from services.declarations.storage.library import indicators_by_code, need_cycle
from services.declarations.storage.naming import with_names
from services.declarations.storage.scopes import Scope
from services.declarations.storage.temporary_work import ordered_of, page_of_works, volunteered_of
from services.declarations.usecases.orders import reading as orders
from shared.actor import Actor
from shared.clock import today

PEOPLE = ("assessor", "reported_by", "confirmed_by", "assessed_by")
Query = dict[str, Any]
Row = dict[str, Any]


def list_works(session: Session, actor: Actor, query: Query) -> dict[str, Any]:
    """Return a page of what was reported without an order."""
    page = page_of_works(session, Scope.of(session, actor), query)
    return {**page, "items": with_names(session, actor.bureau, page["items"], *PEOPLE)}


def list_temporary_work(session: Session, actor: Actor, query: Query) -> dict[str, Any]:
    """``query``: {"cycle", "subject", "period"?}. {"ordered": [...], "volunteered": [...]}, each with the points its counts give.

    An order withdrawn is left out; an order entered for work that nobody had ordered stands under ``volunteered`` only.
    """
    cycle = need_cycle(session, actor.bureau, query["cycle"])
    scope = Scope.of(session, actor)
    ordered = with_names(session, actor.bureau, ordered_of(session, scope, query), *orders.PEOPLE)
    volunteered = with_names(session, actor.bureau, volunteered_of(session, scope, query), *PEOPLE)
    items = {row["indicator"] for row in [*ordered, *volunteered]}
    library = indicators_by_code(session, actor.bureau, cycle.cycle, items)

    def valued(row: Row) -> Row:
        one = library[row["indicator"]]
        earned = one.points(row["counts"], None, cycle.rounding) if row["counts"] else None
        return {**row, "name": one.name, "earned": earned}

    on = today()
    return {
        "ordered": [{**valued(row), "overdue": _overdue(row, on)} for row in ordered],
        "volunteered": [valued(row) for row in volunteered],
    }


def _overdue(row: Row, on: date) -> bool:
    return bool((row["completed_on"] or on) > row["deadline"])
