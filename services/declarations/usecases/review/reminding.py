"""Once a day and cycle: notices before and after deadlines, and to the next head up where something was left lying.

Several replicas may start it at once: whoever claims the day does it, in the transaction of the claim.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from services.declarations.domain.cycles import Cycle, Period
from services.declarations.domain.deadlines import WAITS_FOR, Deadlines
from services.declarations.domain.desks import HEAD
from services.declarations.domain.notices import Lying, Notice, of_orders, to_decide, to_declare, to_escalate
from services.declarations.domain.organisation import Unit
from services.declarations.domain.words import DECLARED_TOOLS, PANEL, PERSON
from services.declarations.storage.bureau_rules import rules_of
from services.declarations.storage.library import all_indicators, need_cycle
from services.declarations.storage.notices import add_notices
from services.declarations.storage.organisation import everybody, read_units
from services.declarations.storage.reminding import claim_day, counted_lying, counted_orders, declared_in
from services.declarations.storage.timetables import deadlines_of
from services.declarations.usecases.review.nothing_counted import note_nothing
from shared.database import Session

ORDERS_AHEAD = 3  # days before its deadline on which an open order is told of


def remind(session: Session, bureau: str, code: str, on: date) -> int:
    """Remind of what is due; return the number of notices written; 0 where the
    day has been claimed by somebody else."""
    if not claim_day(session, bureau, code, on):
        return 0
    cycle = need_cycle(session, bureau, code)
    deadlines = deadlines_of(session, bureau, cycle)
    note_nothing(session, bureau, cycle, deadlines, on)
    lying = list(_lying(session, bureau, cycle, read_units(session, bureau)))
    soon = [one for period, one in lying if one.due_on < on or deadlines.reminds(period, one.due_on, on)]
    orders = [
        of_orders(f"{'person' if row.layer == PERSON else 'head'}:{row.subject}", row.deadline, row.number, on)
        for row in counted_orders(session, bureau, code, on + timedelta(days=ORDERS_AHEAD))
    ]
    undeclared = _undeclared(session, bureau, cycle, deadlines, on)
    notices = [*undeclared, *to_decide(soon, on), *to_escalate(soon, on), *orders]
    return add_notices(session, bureau, code, notices, on)


def _undeclared(session: Session, bureau: str, cycle: Cycle, deadlines: Deadlines, on: date) -> Iterator[Notice]:
    due = {code: deadlines.of(period, "declare") for code, period in cycle.periods.items()}
    rules = rules_of(session, bureau).all()
    told = [
        (cycle.periods[code], day)
        for code, day in due.items()
        if day and _tells(deadlines, cycle.periods[code], day, on, rules.on("reminded_after", day))
    ]
    if not told:
        return
    subjects = everybody(session, bureau)
    expected = _expected(session, bureau, cycle)
    for period, day in told:
        done = declared_in(session, bureau, cycle.cycle, period.code)
        for subject in (one for one in subjects if period.is_due(one.places)):
            of_layer, lines = expected[subject.layer, period.frequency], subject.lines_in(period)
            items = sum(number for line, number in of_layer.items() if subject.answers_to(line, lines))
            left = items - done.get(subject.code, 0)
            if left > 0:
                address = f"{'person' if subject.is_person else 'head'}:{subject.code}"
                yield to_declare(address, period.code, day, left, on)


def _tells(deadlines: Deadlines, period: Period, due: date, on: date, afterwards: int) -> bool:
    """Before a deadline, and so many days after it: the service may have been down."""
    return due < on <= due + timedelta(days=afterwards) or deadlines.reminds(period, due, on)


def _expected(session: Session, bureau: str, cycle: Cycle) -> dict[tuple[str, str], Counter[str]]:
    """(layer, frequency) -> line -> how many items there are to declare."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for item in all_indicators(session, bureau, cycle.cycle, DECLARED_TOOLS).values():
        for layer in item.layers:
            found[layer, item.frequency][item.line] += 1
    return found


def _lying(session: Session, bureau: str, cycle: Cycle, units: dict[str, Unit]) -> Iterator[tuple[Period, Lying]]:
    """What waits with a deadline, by the duty it waits for; the same addresses as domain/duties.py gives."""
    heads = sorted({head for unit in units.values() for head in unit.heads})
    for row in counted_lying(session, bureau, cycle.cycle, heads):
        address, next_up = _addresses(row, units)
        step = WAITS_FOR[row.status]
        unit = row.unit if step == "verify" else row.assessor
        lying = Lying(address, step, unit, row.due_on, row.escalates_on, row.number, next_up)
        yield cycle.periods[row.period], lying


def _addresses(row: Any, units: dict[str, Unit]) -> tuple[str, str]:
    """Of the duty, and of who is told once it is neglected."""
    if row.status != "declared":
        over = f"assessor:{PANEL}" if row.assessor == PANEL else f"above:{row.assessor}"
        return f"assessor:{row.assessor}", over
    if row.verifier != HEAD:
        return f"desk:{row.verifier}", f"above:{row.unit}"
    staff = row.layer == PERSON and not row.is_head
    headed = row.unit in units and bool(units[row.unit].heads)
    return f"{'head' if staff and headed else 'above'}:{row.unit}", f"above:{row.unit}"
