"""Closing a month, by parts, so that the clocks are never kept waiting for the whole of it.

First the month is marked as closed: from then on a fact that arrives recomputes whom it concerns. Then its people are judged some
hundreds at a time, each part a transaction; the last one ends with the units. What arrives meanwhile waits for one part at most.
Where it breaks off, the service goes on with it by itself; closing again takes up everything.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.attendance.domain import permissions
from services.attendance.domain.months import Month
from services.attendance.storage.enrolments import Enrolments
from services.attendance.storage.months import MonthFigures, Months
from services.attendance.storage.projections import Copies
from services.attendance.usecases.facts import working_days
from services.attendance.usecases.guards import guard
from services.attendance.usecases.judging import judge_people
from services.attendance.usecases.months import judged_people, publish
from shared.actor import Actor, system
from shared.clock import now, today
from shared.database import Row, Session, Sessions
from shared.errors import Conflict
from shared.logs import log
from shared.recording import audit
from shared.timers import going_on

_SILENT = timedelta(minutes=1)  # a part takes seconds: a closing that judged nobody for so long has broken off
_Closing = tuple[Month, int]  # and its revision: it may be closed again meanwhile
AT_ONCE = 100  # persons; a fact of the month that arrives meanwhile waits for so many at most


def close_month(sessions: Sessions, actor: Actor, command: Row) -> Row:
    """Judge the whole bureau's month and publish its figures; closing again takes in what changed since.

    Returns ``{"month", "revision", "persons", "units", "changed", "not_enrolled": [person codes]}``: who has
    no PIN has no figures, and HR has to know.
    """
    month = Month(command["month"])
    with sessions.begin(actor) as session:
        revision, cause, people, without = _begin(session, actor, month)
    changed, units = _carry_out(sessions, actor, (month, revision), people, cause)
    return {
        "month": month.code,
        "revision": revision,
        "persons": len(people),
        "units": units,
        "changed": changed,
        "not_enrolled": without,
    }


def go_on_closing(sessions: Sessions, bureau: str, at: datetime) -> list[str]:
    """Carry out what is left of closings that broke off; returns their months. Whoever asked for one was told of a fault, and their
    next try that it had been carried out: nobody would close it again."""
    actor, done = system(bureau), list[str]()
    while left := _take_up(sessions, actor, at):
        month = left[0]
        with going_on(bureau, month=month.code):
            with sessions.begin(actor) as session:
                cause, people, _ = _whom(session, bureau, month)
            _carry_out(sessions, actor, left, people, cause)
            done.append(month.code)
            log.warning("a closing that had broken off was gone on with", bureau=bureau, month=month.code)
    return done


def broken_off(session: Session, at: datetime) -> list[str]:
    """Return the bureaus with closings that broke off."""
    return Months.bureaus_left(session, at - _SILENT)


def _take_up(sessions: Sessions, actor: Actor, at: datetime) -> _Closing | None:
    with sessions.begin(actor) as session:
        left = Months(session, actor.bureau).take_up(at - _SILENT, at)
    return (Month(left[0]), left[1]) if left else None


def _carry_out(
    sessions: Sessions, actor: Actor, closing: _Closing, people: Sequence[str], cause: str
) -> tuple[int, int]:
    """Judge ``people`` by parts; returns how many figures changed, and how many units there are."""
    changed, units = 0, 0
    parts = [people[start : start + AT_ONCE] for start in range(0, len(people), AT_ONCE)] or [[]]
    for part in parts:
        with sessions.begin(actor) as session:
            changed += _judge(session, actor.bureau, closing, part, cause)
            if part is parts[-1]:
                units, more = _end(session, actor.bureau, closing, cause)
                changed += more
    return changed, units


def _begin(session: Session, actor: Actor, month: Month) -> tuple[int, str, list[str], list[str]]:
    """Mark the month as closed; returns its revision, the cause of what changes, whom to judge and who has no PIN."""
    guard(permissions.may_close_months(actor))
    _check_over(session, actor.bureau, month)
    months = Months(session, actor.bureau)
    months.hold_to_close(month.code)
    cause, people, without = _whom(session, actor.bureau, month)
    closed = months.close(month.code, now(), actor.account)
    after = {"persons": len(people), "revision": closed["revision"]}
    audit(session, action="attendance_month.closed", subject=month.code, before={}, after=after)
    return closed["revision"], cause, people, without


def _whom(session: Session, bureau: str, month: Month) -> tuple[str, list[str], list[str]]:
    figures = MonthFigures(session, bureau)
    cause = "closed_again" if figures.has_units(month.code) else ""
    people = set(judged_people(session, bureau, month))
    judged = Enrolments(session, bureau).persons() | figures.persons(month.code)
    return cause, sorted(people & judged), sorted(people - judged)


def _judge(session: Session, bureau: str, closing: _Closing, codes: Sequence[str], cause: str) -> int:
    month, revision = closing
    months = Months(session, bureau)
    months.hold_to_recompute(month.code)
    months.go_on(month.code, revision, now())
    people = Copies(session, bureau).persons(list(codes))
    return publish(session, bureau, month, people, judge_people(session, bureau, month, people), {}, cause)


def _end(session: Session, bureau: str, closing: _Closing, cause: str) -> tuple[int, int]:
    """Sum the units from what each person brought; returns how many there are and how many changed."""
    month, revision = closing
    members: dict[str, dict[str, list[str]]] = {}
    for person, shares in MonthFigures(session, bureau).shares(month.code).items():
        for unit, share in shares.items():
            members.setdefault(unit, {})[person] = share
    for unit in MonthFigures(session, bureau).units_of(month.code, [], [], everyone=True):
        members.setdefault(unit, {})
    Months(session, bureau).go_on(month.code, revision, None)
    brought = sum(1 for own in members.values() if own)
    return brought, publish(session, bureau, month, {}, {}, members, cause)


def _check_over(session: Session, bureau: str, month: Month) -> None:
    """Refuse to close what is not over: everybody would be absent on the days to come."""
    working_days(Copies(session, bureau).calendar(), month.first, month.last)
    if month.last >= today():
        raise Conflict("month.open", zh=f"{month.code} 尚未结束，不能月结", en=f"{month.code} is not over yet")
