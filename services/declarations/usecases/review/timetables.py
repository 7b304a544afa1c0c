"""Timetables: what the office rules, and the deadlines that follow from it."""

from services.declarations.domain.cycles import Cycle
from services.declarations.domain.deadlines import STEPS, Deadlines, Timetable, check_not_past, check_timetable
from services.declarations.domain.organisation import who
from services.declarations.domain.permissions import check_sets_timetable
from services.declarations.storage.library import lock_cycle, need_cycle
from services.declarations.storage.timetables import Calendar, renew_desks, set_timetables, timetables
from shared.actor import Actor
from shared.batches import check_no_repetition, each_row
from shared.clock import today
from shared.contracts.declarations.commands.asking import OneCycle
from shared.contracts.declarations.commands.timetables import NewTimetable, TimetableRule
from shared.database import Row, Session
from shared.recording import audit


def set_timetable(session: Session, actor: Actor, command: NewTimetable) -> Row:
    """Set the deadlines of each frequency.

    A rule is in force for the periods that end on ``since`` (by default today) or later; those before keep theirs.
    """
    check_sets_timetable(actor)
    lock_cycle(session, actor.bureau, command["cycle"])
    cycle = need_cycle(session, actor.bureau, command["cycle"])
    cycle.check_open()
    entries: list[TimetableRule] = [{"since": today(), **rule} for rule in command["rules"]]
    check_no_repetition(entries, lambda rule: (rule["frequency"], rule["since"]))
    before = timetables(session, actor.bureau, cycle.cycle)
    changed = [Timetable(**entry) for entry in entries]
    after = Deadlines(_merged(before, changed), Calendar(cycle).add)

    def checked(one: Timetable) -> None:
        check_timetable(one)
        check_not_past(after, one, cycle.periods, today())

    each_row(changed, checked)
    set_timetables(session, actor.bureau, cycle.cycle, who(actor), changed)
    renew_desks(session, actor.bureau, cycle, after)
    subject = f"{actor.bureau}/{cycle.cycle}"
    audit(session, action="timetable.set", subject=subject, before=[vars(one) for one in before], after=entries)
    return _told(cycle, _merged(before, changed))


def get_timetable(session: Session, actor: Actor, query: OneCycle) -> Row:
    """Return the rules and the deadlines of every period; ``calendar_missing``: no calendar tells the working days."""
    cycle = need_cycle(session, actor.bureau, query["cycle"])
    return _told(cycle, timetables(session, actor.bureau, cycle.cycle))


def _merged(before: list[Timetable], changed: list[Timetable]) -> list[Timetable]:
    by_key = {(one.frequency, one.since): one for one in [*before, *changed]}
    return [by_key[key] for key in sorted(by_key)]


def _told(cycle: Cycle, rules: list[Timetable]) -> Row:
    deadlines = Deadlines(rules, Calendar(cycle).add)
    periods = [
        {
            "period": period.code,
            "frequency": period.frequency,
            "ends": period.ends,
            **{step: deadlines.of(period, step) for step in STEPS},
            "calendar_missing": deadlines.unknown(period),
        }
        for period in cycle.periods.values()
    ]
    return {"cycle": cycle.cycle, "rules": [vars(one) for one in rules], "periods": periods}
