"""Who let declarations wait beyond their day: what was decided late, and what still waits. A fact to look at, never a score."""

from datetime import date

from services.declarations.domain.deadlines import WAITS_FOR
from services.declarations.domain.permissions import reads_everything
from services.declarations.storage.lateness import counted_lateness, counted_waiting, page_of_lateness
from services.declarations.storage.library import need_cycle
from services.declarations.storage.naming import with_names
from services.declarations.storage.timetables import Calendar
from shared.actor import Actor
from shared.clock import today
from shared.contracts.declarations.commands.asking import OneCycle
from shared.contracts.declarations.commands.lateness import LatenessQuery
from shared.database import Row, Session


def list_lateness(session: Session, actor: Actor, query: LatenessQuery) -> Row:
    """Return a page of late decisions, each with its working days (null where no calendar tells them)."""
    calendar = Calendar(need_cycle(session, actor.bureau, query["cycle"]))
    page = page_of_lateness(session, actor, query)
    rows = [{**row, "days": calendar.count(row["due_on"], row["done_on"])} for row in page["items"]]
    return {**page, "items": with_names(session, actor.bureau, rows, "person", "by")}


def sum_lateness(session: Session, actor: Actor, query: OneCycle) -> Row:
    """Return by person, unit and step how often and how many working days; and
    what waits now, by the unit it waits in."""
    calendar = Calendar(need_cycle(session, actor.bureau, query["cycle"]))
    sums: dict[tuple[str, str, str], Row] = {}
    for row in counted_lateness(session, actor, query):
        one = sums.setdefault((row.unit, row.person, row.step), {"times": 0, "days": 0, "longest": 0, "uncounted": 0})
        _add(one, row.times, calendar.count(row.due_on, row.done_on))
    decided = [{"unit": unit, "person": person, "step": step, **one} for (unit, person, step), one in sums.items()]
    waiting = _waiting(session, actor, query["cycle"], calendar, today())
    return {
        "decided": with_names(session, actor.bureau, decided, "person"),
        "waiting": with_names(session, actor.bureau, waiting),
    }


def _add(one: Row, times: int, days: int | None) -> None:
    one["times"] += times
    if days is None:
        one["uncounted"] += times
    else:
        one["days"] += times * days
        one["longest"] = max(one["longest"], days)


def _waiting(session: Session, actor: Actor, cycle: str, calendar: Calendar, on: date) -> list[Row]:
    if not reads_everything(actor):
        return []
    return [
        {
            "step": WAITS_FOR[row.status],
            "unit": row.unit,
            "desk": row.assessor if row.status == "verified" else row.verifier,
            "times": row.times,
            "oldest": row.oldest,
            "days": calendar.count(row.oldest, on),
        }
        for row in counted_waiting(session, actor.bureau, cycle, on)
    ]
