"""What waits for the actor (待办), and what the actor did (已办). The lists themselves are in inbox_lists.py."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from services.declarations.domain.bureau_rules import PanelRules
from services.declarations.domain.cycles import Cycle, Period
from services.declarations.domain.organisation import who
from services.declarations.domain.permissions import is_of_panel
from services.declarations.domain.words import DECLARED_TOOLS
from services.declarations.storage.activity import deeds_of
from services.declarations.storage.bureau_rules import panel_rules
from services.declarations.storage.declaration_lists import declared_by_period
from services.declarations.storage.former_names import names_by_code
from services.declarations.storage.inbox_lists import LISTS
from services.declarations.storage.inbox_reading import Asking, read_waiting
from services.declarations.storage.library import indicators_by_code, items_by_line, need_cycle, open_cycle
from services.declarations.storage.naming import OF_INDICATOR
from services.declarations.storage.organisation import Organisation
from services.declarations.storage.scopes import Scope
from services.declarations.storage.timetables import deadlines_of
from shared.actor import Actor
from shared.clock import today
from shared.contracts.declarations.commands.to_dos import DoneQuery, ToDoQuery
from shared.database import Row, Session
from shared.vocabulary.refusals import Refused


def list_to_dos(session: Session, actor: Actor, query: ToDoQuery) -> Row:
    """List to-dos: lists by name, each {"count", "overdue", "next_due",
    "items"}; of the open cycle where none is named."""
    code = query.get("cycle") or open_cycle(session, actor.bureau)
    if code is None:
        return {"cycle": None, "lists": {}}
    cycle = need_cycle(session, actor.bureau, code)
    scope = Scope.of(session, actor)
    asking = Asking(actor, scope, code, today(), _panel(session, actor))
    waiting = [one for lists in LISTS for one in lists(asking)]
    read = {one.name: read_waiting(session, asking, one) for one in waiting}
    lists = {"to_declare": _to_declare(session, scope, cycle, asking.on), **read}
    return {"cycle": code, "lists": _named(session, actor.bureau, cycle, lists)}


def _panel(session: Session, actor: Actor) -> PanelRules:
    """What holds for the panel; nobody else's lists depend on it."""
    return panel_rules(session, actor.bureau) if is_of_panel(actor) else PanelRules()


def _named(session: Session, bureau: str, cycle: Cycle, lists: dict[str, Row]) -> dict[str, Row]:
    """The lists with names beside the codes of their items."""
    rows = [row for one in lists.values() for row in one["items"]]
    codes = {row[name] for row in rows for name in ("subject", "unit") if row.get(name)}
    names = names_by_code(session, bureau, codes)
    library = indicators_by_code(
        session, bureau, cycle.cycle, {row["indicator"] for row in rows if row.get("indicator")}
    )

    def named(row: Row) -> Row:
        on = cycle.periods[row["period"]].ends if row.get("period") in cycle.periods else None
        people = {f"{name}_name": names[row[name]].on(on) for name in ("subject", "unit") if row.get(name)}
        item = library.get(row.get("indicator") or "")
        about = (
            {}
            if item is None
            else {"indicator_name": item.name, **{name: getattr(item, name) for name in OF_INDICATOR}}
        )
        return {**row, **people, **about}

    return {name: {**one, "items": [named(row) for row in one["items"]]} for name, one in lists.items()}


def list_done(session: Session, actor: Actor, query: DoneQuery) -> Row:
    """List a page of what the actor did in ``query["cycle"]``, the newest first."""
    limit = query["limit"]
    before = query.get("before")
    rows = deeds_of(
        session, actor.bureau, query["cycle"], who(actor), before=before, limit=limit + 1, kind=query.get("kind")
    )
    shown = rows[:limit]
    return {"items": shown, "next": shown[-1]["seq"] if len(rows) > limit else None}


def _to_declare(session: Session, scope: Scope, cycle: Cycle, on: date) -> Row:
    """For each subject of the actor and each period begun: how many items are still to be declared, until when."""
    deadlines = deadlines_of(session, scope.actor.bureau, cycle)
    items: list[Row] = [
        {"subject": code, "period": period.code, "left": left, "due_on": deadlines.of(period, "declare")}
        for code, period, left in _left(session, scope, cycle, on)
        if left > 0
    ]
    late = [item for item in items if item["due_on"] and item["due_on"] < on]
    coming = [item["due_on"] for item in items if item["due_on"] and item["due_on"] >= on]
    return {
        "count": sum(item["left"] for item in items),
        "overdue": sum(item["left"] for item in late),
        "next_due": min(coming, default=None),
        "items": items,
    }


def _left(session: Session, scope: Scope, cycle: Cycle, on: date) -> Iterator[tuple[str, Period, int]]:
    """(subject, period, items left) of every period begun."""
    bureau = scope.actor.bureau
    organisation = Organisation(session, bureau, subjects=scope.own)
    done = declared_by_period(session, bureau, cycle.cycle, scope.own)
    begun = [period for period in cycle.periods.values() if period.starts <= on]
    for code in scope.own:
        with suppress(Refused):  # a leader, or a body: not appraised by items, nothing to declare
            subject = organisation.subject(code)
            items = items_by_line(session, bureau, cycle.cycle, subject, DECLARED_TOOLS)
            for one in (period for period in begun if period.is_due(subject.places)):
                lines = subject.lines_in(one)
                of_period = (
                    (line, number) for (line, frequency), number in items.items() if frequency == one.frequency
                )
                expected = sum(number for line, number in of_period if subject.answers_to(line, lines))
                yield code, one, expected - done.get((code, one.code), 0)
