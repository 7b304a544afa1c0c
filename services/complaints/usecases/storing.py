"""Storing cases with their deadlines and facts; closed months that a change reaches are recomputed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import zip_longest

from services.complaints.domain.calendars import Almanac, month_of
from services.complaints.domain.cases import day_of
from services.complaints.domain.deadlines import Deadline, deadlines
from services.complaints.domain.figures import Fact, facts
from services.complaints.domain.notifications import owed
from services.complaints.domain.supervision import moments, next_after
from services.complaints.storage.cases import CaseFile, Cases
from services.complaints.storage.facts import Facts
from services.complaints.storage.figures import Months
from services.complaints.storage.notifications import Notifications
from services.complaints.storage.projections import Copies
from services.complaints.usecases.figures import refresh
from shared import clock
from shared.database import Session

_EVER = datetime.min.replace(tzinfo=UTC)  # a moment that has passed is looked at, too


@dataclass(frozen=True)
class Reckoned:
    """What follows from a case by the calendar: its deadlines, its facts, and when it is looked at next."""

    file: CaseFile
    due: Sequence[Deadline]
    facts: Sequence[Fact]
    look: datetime | None


def reckon(one: CaseFile, calendar: Almanac) -> Reckoned:
    clocks, settings = deadlines(one.case, calendar), calendar.settings.on(clock.today())
    look = next_after(moments(one.case, clocks, calendar, settings), _EVER)
    return Reckoned(one, clocks, facts(one.case, calendar), look)


def reckon_new(files: Sequence[CaseFile], calendar: Almanac) -> list[Reckoned]:
    """Return the same for cases that were just registered: what came in on one day, of one kind, follows alike whichever unit has it."""
    known: dict[tuple[object, ...], Reckoned] = {}
    found = []
    for one in files:
        case = one.case
        days = (case.received_at, case.registered_at, case.first_received_at or case.received_at)
        same = (case.kind, case.organisation, case.first_received_at is None, *map(day_of, days))
        if (*same, case.intake_unit) not in known:
            first = known.get(same)
            known[*same, case.intake_unit] = _with_unit(first, case.intake_unit) if first else reckon(one, calendar)
            known[same] = known[*same, case.intake_unit]
        found.append(replace(known[*same, case.intake_unit], file=one))
    return found


def _with_unit(one: Reckoned, unit: str) -> Reckoned:
    """What a new case gives lies with the unit that took it in: there was no other yet."""
    due = [replace(each, unit=unit) if each.unit else each for each in one.due]
    return replace(one, due=due, facts=[replace(each, unit=unit) for each in one.facts])


def keep_cases(session: Session, bureau: str, changed: Sequence[CaseFile]) -> None:
    """Store new or changed cases (locked by the caller where they exist) and let their figures follow."""
    calendar = Copies(session, bureau).calendar()
    keep_reckoned(session, bureau, [reckon(one, calendar) for one in changed])


def keep_reckoned(session: Session, bureau: str, reckoned: Sequence[Reckoned], *, recount: bool = False) -> None:
    """Store cases as they are reckoned and let their figures follow.

    ``recount``: nothing happened but a change of the calendar, so closed months keep what they were closed with.
    """
    version, changed = Copies(session, bureau).calendar_version(), [one.file for one in reckoned]
    given = {one.file.case.code: list(one.facts) for one in reckoned}
    known = (one.case.code for one in changed if one.stored or one.case.revision > 1 or recount)
    stored = Facts(session, bureau).of_cases(known)
    if recount:
        closed = set(Months(session, bureau).hold_open(month_of(one.day) for one in _all(given, stored)))
        given = {code: but_for(closed, stored.get(code, []), new) for code, new in given.items()}
    differing = [fact for code, new in given.items() for fact in _differences(stored.get(code, []), new)]
    reaching = Months(session, bureau).hold_open(month_of(fact.day) for fact in differing)
    looks = {one.file.case.code: one.look for one in reckoned}
    Cases(session, bureau).save([(one.file, one.due) for one in reckoned], version, looks)
    Facts(session, bureau).replace(((one.case, given[one.case.code]) for one in changed), stored)
    told = [(one.file.case, one.file.stored, owed(one.file.case, one.file.history, one.due)) for one in reckoned]
    Notifications(session, bureau).follow(told)
    for month in reaching:
        reached = [fact for fact in differing if month_of(fact.day) == month]
        refresh(session, bureau, month, {one for fact in reached for one in (fact.unit, fact.person) if one})


def _differences(old: Sequence[Fact], new: Sequence[Fact]) -> list[Fact]:
    return [*(fact for fact in old if fact not in new), *(fact for fact in new if fact not in old)]


def but_for(closed: Collection[str], old: Sequence[Fact], new: Sequence[Fact]) -> list[Fact]:
    """Return each fact as it is now reckoned, but as it was where another would take it out of a closed month or into one."""
    found = [fact for fact in new if fact in old]
    for figure in dict.fromkeys(fact.figure for fact in (*old, *new)):
        gone = [fact for fact in old if fact.figure == figure and fact not in new]
        come = [fact for fact in new if fact.figure == figure and fact not in old]
        for was, now in zip_longest(gone, come):
            shut = any(one is not None and month_of(one.day) in closed for one in (was, now))
            found += [one for one in (was if shut else now,) if one is not None]
    return found


def _all(given: dict[str, list[Fact]], stored: dict[str, list[Fact]]) -> list[Fact]:
    return [fact for found in (given, stored) for each in found.values() for fact in each]
