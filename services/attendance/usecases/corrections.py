"""Explanations of forgotten punches (补签): for a missed point of a past working day, a few a month, approved by somebody else."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from services.attendance.domain import permissions
from services.attendance.domain.months import month_of
from services.attendance.domain.points import ABSENT, MISSED
from services.attendance.domain.rules import Rules
from services.attendance.storage.corrections import Corrections
from services.attendance.storage.months import Months
from services.attendance.storage.projections import Copies, Person
from services.attendance.storage.punches import local
from services.attendance.storage.rules import rules_of
from services.attendance.usecases.facts import Facts, in_known_years, load
from services.attendance.usecases.guards import guard, unknown_people, visible_people
from services.attendance.usecases.judging import days_of
from services.attendance.usecases.months import months_touched, refresh
from shared.actor import Actor
from shared.batches import each_row
from shared.clock import bureau_date, now
from shared.database import Row, Session
from shared.errors import Invalid
from shared.recording import audit
from shared.vocabulary.attendance import CORRECTION_STATES
from shared.vocabulary.refusals import conflict, invalid, missing
from shared.vocabulary.states import States
from shared.working_days import UnknownYear, WorkingDays

STATES = States(
    "correction",
    "补签",
    {
        "approve": {"filed": "approved"},
        "refuse": {"filed": "refused"},
        "withdraw": {"filed": "withdrawn", "approved": "withdrawn"},
    },
    CORRECTION_STATES,
)


def file_corrections(session: Session, actor: Actor, command: Row) -> Row:
    """File explanations, all or nothing. ``at``: when it reached the office (HR only), else now.

    What a head or HR files for somebody else counts at once; what one files for oneself counts once it is approved.
    """
    rows: list[Row] = command["corrections"]
    people = _people(session, actor, rows)
    for row in rows:
        guard(permissions.may_correct(actor, row["person"], people[row["person"]].unit))
        guard(row["at"] is None or permissions.may_backdate(actor))
    new = [_filed(actor, row, people[row["person"]]) for row in rows]
    rules = rules_of(session, actor.bureau).all()
    _check_in_time(Copies(session, actor.bureau).calendar(), new, rules)
    closed = Months(session, actor.bureau).hold_open(months_touched(row["day"] for row in new))
    Months(session, actor.bureau).hold_limits(people)
    _check_points(session, actor.bureau, new, people, rules)
    filed = Corrections(session, actor.bureau).add(new)
    counting = {row["person"] for row in filed if row["status"] == "approved"}
    refresh(session, actor.bureau, closed, counting, "correction")
    for row in filed:
        audit(session, action="correction.filed", subject=f"{row['person']}/{row['day']}", before={}, after=row)
    return {"filed": len(filed)}


def decide_corrections(session: Session, actor: Actor, command: Row) -> Row:
    """Approve or refuse explanations, all or nothing; nobody one's own."""
    return _settle(session, actor, command["corrections"], lambda row: "approve" if row["approve"] else "refuse")


def withdraw_corrections(session: Session, actor: Actor, command: Row) -> Row:
    """Take explanations back."""
    return _settle(session, actor, command["corrections"], lambda _: "withdraw")


def list_corrections(session: Session, actor: Actor, query: Row) -> Row:
    return Corrections(session, actor.bureau).page(query, visible_people(session, actor))


def _settle(session: Session, actor: Actor, rows: list[Row], step_of: Callable[[Row], str]) -> Row:
    people = _people(session, actor, rows)
    closed = Months(session, actor.bureau).hold_open(months_touched(row["day"] for row in rows))
    corrections = Corrections(session, actor.bureau)

    def settle(row: Row) -> None:
        unit = people[row["person"]].unit
        step = step_of(row)
        taking_back = step == "withdraw" and permissions.may_correct(actor, row["person"], unit)
        guard(taking_back or permissions.may_approve_leave(actor, row["person"], unit))
        stored = corrections.get(row["person"], row["day"], row["point"])
        if stored is None:
            raise missing("correction.unknown", "没有该补签", "no such explanation", "point")
        status = STATES.after(step, stored["status"])
        corrections.settle(stored, status, actor.account)
        subject = f"{row['person']}/{row['day']}/{row['point']}"
        audit(
            session,
            action=f"correction.{step}",
            subject=subject,
            before={"status": stored["status"]},
            after={"status": status},
        )

    each_row(rows, settle)
    refresh(session, actor.bureau, closed, {row["person"] for row in rows}, "correction")
    return {"settled": len(rows)}


def _filed(actor: Actor, row: Row, person: Person) -> Row:
    kept = {key: row[key] for key in ("person", "day", "point", "reason")}
    granted = permissions.may_approve_leave(actor, row["person"], person.unit)
    decided = {"status": "approved", "decided_by": actor.account} if granted else {"status": "filed", "decided_by": ""}
    return {**kept, "filed_at": row["at"] or now(), "filed_by": actor.account, **decided}


def _check_points(session: Session, bureau: str, rows: list[Row], people: Mapping[str, Person], rules: Rules) -> None:
    """Refuse what explains nothing: a point that the day does not have, one that is met, one that is not over."""
    months = {month_of(row["day"]) for row in rows}
    facts = {month: load(session, bureau, month, sorted(people)) for month in months}
    counted = {month: Corrections(session, bureau).counted(people, month.first, month.last) for month in months}

    def check(row: Row) -> None:
        month = month_of(row["day"])
        _check_point(facts[month], people[row["person"]], row["day"], row["point"], local(row["filed_at"]))
        most = rules.on("explanations_a_month", row["day"])
        counted[month][row["person"]] = number = counted[month].get(row["person"], 0) + 1
        if number > most:
            raise conflict(
                "correction.limit", f"每月补签不得超过 {most} 次", f"no more than {most} explanations a month", "day"
            )

    each_row(rows, check)


def _check_point(facts: Facts, person: Person, day: date, point: str, filed: datetime) -> None:
    judged = next((one for one in days_of(facts, month_of(day), person) if one.day == day), None)
    if judged is None:
        raise invalid("correction.rest_day", "该日不是应出勤的工作日", "nothing was due on that day", "day")
    found = next((one for one in judged.points if one.point == point), None)
    if found is None:
        raise invalid("correction.point", "当日没有该签到点", "the day has no such point", "point")
    if found.due >= filed:
        raise conflict("correction.future", "该签到点尚未到时间", "the point is not due yet", "day")
    running = any(
        one.due >= filed for one in judged.points
    )  # a punch may still come, without which an explanation makes no presence
    if not running and all(one.punch is None and one.state == ABSENT for one in judged.points):
        zh, en = (
            "当日没有任何打卡，补签不能当作出勤，请办理请假或外出",
            "nobody punched that day: an explanation makes no presence",
        )
        raise conflict("correction.absent", zh, en, "day")
    if found.state not in (MISSED, ABSENT, "corrected"):
        raise conflict("correction.met", "该签到点已有打卡，无需补签", "the point has its punch", "point")


def _people(session: Session, actor: Actor, rows: list[Row]) -> dict[str, Person]:
    codes = [row["person"] for row in rows]
    people = Copies(session, actor.bureau).persons(codes)
    faults = unknown_people(people, codes)
    if faults:
        raise Invalid("attendance.people", zh="有的人员不存在", en="some persons are unknown", errors=faults)
    return people


def _check_in_time(calendar: WorkingDays, rows: list[Row], rules: Rules) -> None:
    within = {row["day"]: rules.on("explain_within", row["day"]) for row in rows}

    def check(row: Row) -> None:
        if _passed(calendar, row["day"], bureau_date(row["filed_at"])) > within[row["day"]]:
            days = within[row["day"]]
            raise conflict(
                "correction.late",
                f"漏签应在 {days} 个工作日内说明",
                f"a missed punch is to be explained within {days} working days",
                "day",
            )

    each_row(rows, check)


def last_day(calendar: WorkingDays, day: date, within: int) -> date:
    """Return the last day on which a point of ``day`` may be explained; the year's last where nobody knows the next one's calendar yet."""
    try:
        return calendar.add(day, within)
    except UnknownYear:
        return date(day.year, 12, 31)


def _passed(calendar: WorkingDays, day: date, filed: date) -> int:
    with in_known_years():
        return calendar.count(day, filed)
