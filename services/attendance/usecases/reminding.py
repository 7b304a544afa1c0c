"""The same evening a reminder of the points that somebody missed, while they may still be explained: once for a person and day.

It goes by parts, each a transaction. Several replicas may begin at once, or one go on where another broke off: whom nobody has told
yet is claimed in the transaction that tells it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from services.attendance.domain.months import Month, month_of
from services.attendance.domain.points import MISSED
from services.attendance.storage.corrections import Corrections
from services.attendance.storage.enrolments import Enrolments
from services.attendance.storage.projections import Copies, Person
from services.attendance.storage.punches import local
from services.attendance.storage.reminders import Reminders
from services.attendance.storage.rules import rules_of
from services.attendance.usecases.corrections import last_day
from services.attendance.usecases.facts import Facts, load
from services.attendance.usecases.judging import between, days_of, plan_of
from shared.database import Session
from shared.events import AttendanceNotice
from shared.ids import new_id
from shared.recording import record
from shared.vocabulary.attendance import POINTS

AT_ONCE = 200  # persons
_ONE_DAY = timedelta(days=1)
_STANDING = ("filed", "approved")
_KIND = "point_missed"


def not_reminded(session: Session, at: datetime) -> list[str]:
    """Return the bureaus whose hour has come this evening and that are not through."""
    evening = local(at)
    return [
        bureau
        for bureau in Copies.bureaus(session)
        if evening.hour >= rules_of(session, bureau).all().on("remind_from_hour", evening.date())
        and not Reminders(session, bureau).is_done(evening.date())
    ]


def remind(session: Session, bureau: str, at: datetime, after: str = "") -> str | None:
    """Remind some people, in the order of their codes ``after`` one; returns whom to go on after, None where everybody was."""
    codes = sorted(code for code in Enrolments(session, bureau).persons() if code > after)
    part = codes[:AT_ONCE]
    people = {code: one for code, one in Copies(session, bureau).persons(part).items() if one.active}
    today = local(at).date()
    open_days = {
        (code, day): (points, until)
        for wanted in _by_month([today - _ONE_DAY, today])
        for code, day, points, until in _missed(session, bureau, people, wanted, local(at))
    }
    for code, day in sorted(Reminders(session, bureau).claim(open_days, at)):
        points, until = open_days[code, day]
        record(session, _notice(bureau, code, day, points, until, today))
    if len(codes) > AT_ONCE:
        return part[-1]
    Reminders(session, bureau).done(today, at)
    return None


def _by_month(days: Sequence[date]) -> list[list[date]]:
    months = {month_of(day).code for day in days}
    return [[day for day in days if month_of(day).code == code] for code in sorted(months)]


def _missed(
    session: Session, bureau: str, people: Mapping[str, Person], days: Sequence[date], at: datetime
) -> Iterator[tuple[str, date, list[str], date]]:
    """Yield person, day, the missed points that nobody explained, and until when they may be. ``days``: of one month."""
    month, calendar = month_of(days[0]), Copies(session, bureau).calendar()
    facts = load(session, bureau, month, list(people))
    corrections = Corrections(session, bureau)
    explained = {
        (row["person"], row["day"], row["point"])
        for row in corrections.rows(people, days[0], days[-1])
        if row["status"] in _STANDING
    }
    counted = corrections.counted(people, month.first, month.last)
    open_until = {day: last_day(calendar, day, facts.rules.on("explain_within", day)) for day in days}
    for code, person in people.items():
        if counted.get(code, 0) >= facts.rules.on("explanations_a_month", days[0]):
            continue
        for day, points in _points(facts, month, person, days, at):
            left = [one for one in points if (code, day, one) not in explained]
            until = open_until[day]
            if left and at.date() <= until:
                yield code, day, left, until


def _points(
    facts: Facts, month: Month, person: Person, days: Sequence[date], at: datetime
) -> Iterator[tuple[date, list[str]]]:
    """Yield the days with a punch, and which of their points are over and without one."""
    plan, punches = plan_of(facts, person), facts.punches.get(person.code, ())
    for day in days_of(facts, month, person, days[-1]):
        shift = plan.on(day.day)
        if day.day in days and shift and between(punches, *plan.window(day.day, shift)):
            yield day.day, [one.point for one in day.points if one.state == MISSED and one.due <= at]


def _notice(bureau: str, code: str, day: date, points: Sequence[str], until: date, on: date) -> AttendanceNotice:
    named = "、".join(POINTS[one] for one in points)
    return AttendanceNotice(
        bureau=bureau,
        notice=new_id(),
        revision=1,
        person=code,
        kind=_KIND,
        day=day,
        told_on=on,
        due_on=until,
        zh=f"{day} 缺少打卡：{named}。如忘记打卡，请在 {until} 前补签",
        en=f"{day}: no punch for {', '.join(points)}; it may be explained until {until}",
        link=f"/attendance?month={day:%Y-%m}",
        by="system",
    )
