"""The steps of a case: each takes a case and what the clerk gives, and returns the case after it, or refuses."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from services.complaints.domain.calendars import Calendar
from services.complaints.domain.cases import COMPLAINT, FILED, NOT_FILED, REPORT, TERMINATED, Case, day_of
from services.complaints.domain.deadlines import BEYOND, PAUSED, deadlines
from services.complaints.domain.regimes import MEDIATE, VERIFY, regime_on
from shared.vocabulary.refusals import conflict

Given = Mapping[str, Any]
REPEAT_WITHIN = timedelta(days=60)  # data/README.md, 08-01-06


def assign(case: Case, at: datetime, given: Given, _: Calendar) -> Case:
    """Dispatch to a unit, and there to a handler. Dispatching again changes who handles it, not how fast it went out."""
    _need(
        case.concluded_at is None and case.refusal_ground is None, "case.finished", "件已办结", "the case is finished"
    )
    _after(case.registered_at, at)
    return replace(
        case,
        unit=given["unit"],
        handler=given["handler"] or (case.handler if case.unit == given["unit"] else None),
        assigned_at=case.assigned_at or at,
        entrusted=given["entrusted"],
    )


def contact(case: Case, at: datetime, _given: Given, _: Calendar) -> Case:
    """The first contact with the consumer; later ones change nothing."""
    _need(case.assigned_at is not None, "case.not_assigned", "件尚未分派", "the case is not assigned")
    _after(case.assigned_at, at)
    return case if case.contacted_at else replace(case, contacted_at=at)


def accept(case: Case, at: datetime, _given: Given, _: Calendar) -> Case:
    _undecided(case, at)
    return replace(case, decided_at=at)


def refuse(case: Case, at: datetime, given: Given, _: Calendar) -> Case:
    """Refuse on a ground of the regime under which the complaint was received; a reason is never optional."""
    _undecided(case, at)
    grounds = regime_on(day_of(case.received_at)).refusal
    _need(
        given["ground"] in grounds, "case.ground", "不予受理须依据规定的情形", "a refusal needs a ground of the regime"
    )
    return replace(case, decided_at=at, refusal_ground=given["ground"])


def pause(case: Case, at: datetime, _given: Given, calendar: Calendar) -> Case:
    """Appraisal or testing begins: its time is not counted. A clock that ran out cannot be stopped any more."""
    _need(_running(case) and not case.paused, "case.not_running", "期限未在计算中", "no clock is running")
    day = day_of(at)
    _need(not case.pauses or (case.pauses[-1][1] or day) <= day, "case.order", "时间先后有误", "out of order in time")
    _before_due(case, day, calendar)
    return replace(case, pauses=(*case.pauses, (day, None)))


def resume(case: Case, at: datetime, _given: Given, _: Calendar) -> Case:
    _need(case.paused, "case.not_paused", "期限未中止", "the clock is not paused")
    began, day = case.pauses[-1][0], day_of(at)
    _need(began <= day, "case.order", "时间先后有误", "out of order in time")
    return replace(case, pauses=(*case.pauses[:-1], (began, day)))


def extend(case: Case, at: datetime, _given: Given, calendar: Calendar) -> Case:
    """Fifteen further working days to verify a report; approved in time, or it is no extension."""
    _need(case.kind == REPORT and _running(case), "case.not_running", "期限未在计算中", "no clock is running")
    _need(case.extended_at is None, "case.extended", "只能延长一次", "extended before")
    _before_due(case, day_of(at), calendar)
    return replace(case, extended_at=at)


def restart(case: Case, at: datetime, _given: Given, _: Calendar) -> Case:
    """New facts reach a report before it is concluded: its clock runs anew from their receipt (art. 35)."""
    _need(case.kind == REPORT and _running(case), "case.not_running", "期限未在计算中", "no clock is running")
    _after(case.received_at, at)
    return replace(case, restarted_on=day_of(at), extended_at=None)


def conclude(case: Case, at: datetime, given: Given, _: Calendar) -> Case:
    """A complaint ends by agreement, settlement or termination; a report once it is decided whether a case is filed."""
    _need(_running(case), "case.not_running", "件不在办理中", "the case is not being handled")
    _after(case.decided_at or case.received_at, at)
    _check_outcome(case, given)
    closed = tuple((began, ended or day_of(at)) for began, ended in case.pauses)
    kept = ("outcome", "termination_ground", "recovered", "voucher", "perform_by", "performed_on", "must_tell")
    return replace(case, concluded_at=at, pauses=closed, **{name: given[name] for name in kept})


def tell(case: Case, at: datetime, _given: Given, _: Calendar) -> Case:
    """The parties or the reporter are told the result."""
    _concluded(case, at)
    _need(case.told_at is None, "case.told", "已告知", "told before")
    return replace(case, told_at=at)


def perform(case: Case, at: datetime, _given: Given, _: Calendar) -> Case:
    """The agreement is performed."""
    _concluded(case, at)
    _need(case.perform_by is not None, "case.no_agreement", "没有约定履行期的协议", "no agreement with a date")
    return replace(case, performed_on=case.performed_on or day_of(at))


def follow_up(case: Case, at: datetime, given: Given, _: Calendar) -> Case:
    """回访: a call that was not answered may be repeated, an answer stands."""
    _concluded(case, at)
    _need(case.kind == COMPLAINT, "case.kind", "只回访投诉", "only complaints are followed up")
    _need(not case.answered, "case.followed_up", "已回访", "followed up before")
    _need(
        given["answered"] == (given["satisfaction"] is not None),
        "case.answer",
        "有效答复须记满意度",
        "an answer says how satisfied",
    )
    return replace(case, followed_up_at=at, answered=given["answered"], satisfaction=given["satisfaction"])


def mark_repeat(case: Case, original: Case) -> Case:
    """The same consumer complains again of the same matter within 60 days of the original's conclusion."""
    _need(case.kind == COMPLAINT and original.kind == COMPLAINT, "case.kind", "只有投诉可标记重复", "complaints only")
    received, concluded = day_of(case.received_at), day_of(original.concluded_at) if original.concluded_at else None
    _need(
        concluded is not None and concluded <= received <= concluded + REPEAT_WITHIN,
        "case.no_repeat",
        "不在原件办结后六十日内",
        "not within 60 days of the original's conclusion",
    )
    return replace(
        case,
        repeat_of=original.code,
        repeat_unit=original.unit or original.intake_unit,
        repeat_handler=original.handler,
        repeat_concluded=concluded,
    )


STEPS: dict[str, Callable[[Case, datetime, Given, Calendar], Case]] = {
    "assign": assign,
    "contact": contact,
    "accept": accept,
    "refuse": refuse,
    "pause": pause,
    "resume": resume,
    "extend": extend,
    "restart": restart,
    "conclude": conclude,
    "tell": tell,
    "perform": perform,
    "follow_up": follow_up,
}


def _check_outcome(case: Case, given: Given) -> None:
    outcome = given["outcome"]
    fits = (outcome in (FILED, NOT_FILED)) == (case.kind == REPORT)
    _need(fits, "case.outcome", "办结方式与件的种类不符", "the outcome does not fit the kind of case")
    needs_ground = outcome == TERMINATED
    _need(
        (given["termination_ground"] is not None) == needs_ground,
        "case.ground",
        "终止调解须有依据",
        "termination needs a ground",
    )
    if needs_ground and case.decided_at:
        grounds = regime_on(day_of(case.decided_at)).termination
        _need(
            given["termination_ground"] in grounds,
            "case.ground",
            "终止调解须依据规定的情形",
            "not a ground of the regime",
        )
    _need(
        not given["must_tell"] or case.kind == REPORT,
        "case.kind",
        "仅举报有告知结果事项",
        "only reports are to be told of",
    )


def _running(case: Case) -> bool:
    return case.concluded_at is None and (case.kind == REPORT or case.accepted)


def _undecided(case: Case, at: datetime) -> None:
    _need(case.kind == COMPLAINT, "case.kind", "只有投诉需要受理决定", "only complaints are accepted or refused")
    _need(case.decided_at is None, "case.decided", "已作出受理决定", "decided before")
    _after(case.received_at, at)


def _concluded(case: Case, at: datetime) -> None:
    _need(case.concluded_at is not None, "case.not_concluded", "件尚未办结", "the case is not concluded")
    _after(case.concluded_at, at)


def _before_due(case: Case, day: date, calendar: Calendar) -> None:
    running = [
        one for one in deadlines(case, calendar) if one.name in (MEDIATE, VERIFY) and one.state not in (PAUSED, BEYOND)
    ]
    _need(all(one.due and day <= one.due for one in running), "case.overdue", "期限已过", "the deadline has passed")


def _after(earlier: datetime | None, at: datetime) -> None:
    _need(earlier is None or earlier <= at, "case.order", "时间早于上一步骤", "earlier than the step before it")


def _need(met: object, code: str, zh: str, en: str) -> None:
    if not met:
        raise conflict(code, zh, en)
