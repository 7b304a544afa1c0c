"""Watching the clocks: warnings, 督办 once a clock is missed, and telling it at an hour at which it may ring.

Each case is locked, looked at and given its next hour; what is told is kept once. So an errand may stop anywhere and begin again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.complaints.domain import supervision
from services.complaints.domain.calendars import Almanac, known_until
from services.complaints.domain.cases import REPORT, Case, day_of
from services.complaints.domain.deadlines import deadlines
from services.complaints.domain.events import Event
from services.complaints.domain.history import add
from services.complaints.domain.settings import Settings
from services.complaints.domain.supervision import Moment, due_now, moments, next_after, rings_at
from services.complaints.storage.cases import CaseFile, Cases
from services.complaints.storage.notices import Notice, Notices
from services.complaints.storage.projections import Copies
from services.complaints.usecases.by_itself import by_itself
from services.complaints.usecases.storing import Reckoned, keep_reckoned, reckon
from shared import clock
from shared.actor import Actor
from shared.database import Session
from shared.recording import audit, record
from shared.vocabulary.complaints import CLOCKS

CASES_AT_ONCE, NOTICES_AT_ONCE = 100, 200
_CENTRE, _OFFICE = "desk:complaints_centre", "desk:office"
_AGAIN = timedelta(hours=1)  # until what could not be reckoned is tried once more


@dataclass(frozen=True)
class _Look:
    """What came of looking at a case: the case where it was urged, what is told, and when it is looked at ``again``."""

    code: str
    urged: Reckoned | None
    notices: Sequence[Notice]
    again: datetime | None


def look(session: Session, bureau: str) -> int:
    """Look at some cases whose hour has come; returns how many. One that cannot be reckoned is tried again later."""
    now, calendar = clock.now(), Copies(session, bureau).calendar()
    settings = calendar.settings.on(day_of(now))
    cases = Cases(session, bureau)
    found = cases.to_look_at(now, CASES_AT_ONCE)
    looked, faulty = by_itself(found, lambda one: _look_at(one, calendar, settings, now), "look")
    urged_now = [one.urged for one in looked if one.urged]
    keep_reckoned(session, bureau, urged_now)
    for one in (each.file for each in urged_now):
        urged = {"supervisions": one.case.supervisions}
        audit(session, action="case.supervised", subject=one.case.code, before={}, after=urged)
    Notices(session, bureau).add([notice for one in looked for notice in one.notices])
    later = dict.fromkeys(faulty, now + _AGAIN)
    cases.set_looks({one.code: one.again for one in looked} | later)
    return len(found)


def tell(session: Session, bureau: str) -> int:
    """Send some notices that may ring by now; returns how many. By night and on days off only the duty phone rings,
    however long a notice has waited."""
    now, calendar = clock.now(), Copies(session, bureau).calendar()
    quiet = rings_at(calendar, now, calendar.settings.on(day_of(now))) > now
    states = Notices(session, bureau).take_waiting(now, NOTICES_AT_ONCE, supervision.DUTY_PHONE if quiet else None)
    for state in states:
        record(session, state)
    return len(states)


def watch_calendar(session: Session, bureau: str) -> int:
    """Tell who keeps the calendar, once a month, that it ends soon or that cases reach beyond it."""
    now, calendar = clock.now(), Copies(session, bureau).calendar()
    today, until = day_of(now), known_until(calendar, day_of(now))
    settings = calendar.settings.on(today)
    beyond = Cases(session, bureau).provisional()
    if not beyond and (until - today).days > settings.calendar_days:
        return 0
    zh = f"工作日历只公布到 {until}，有 {beyond} 件的期限暂按普通周计算；请在年度日历中补充下一年的工作日"
    en = f"working days are known until {until}; {beyond} cases are reckoned provisionally"
    at = rings_at(calendar, now, settings)
    about = f"{until} {today:%Y-%m}"
    notice = Notice("", supervision.CALENDAR_UNKNOWN, about, _OFFICE, until, zh, en, at)
    return Notices(session, bureau).add([notice])


def tell_of_steps(session: Session, actor: Actor, changed: Sequence[CaseFile]) -> None:
    """Keep the notices of what a superior urged and of what was answered, and tell those that may ring now."""
    calendar, now = Copies(session, actor.bureau).calendar(), clock.now()
    settings = calendar.settings.on(day_of(now))
    at = rings_at(calendar, now, settings)
    new = [
        notice
        for one in changed
        for event in one.history[one.stored :]
        for notice in _of_a_step(one.case, event, settings, now, at)
    ]
    if Notices(session, actor.bureau).add(new):
        tell(session, actor.bureau)


def _look_at(one: CaseFile, calendar: Almanac, settings: Settings, now: datetime) -> _Look:
    found = moments(one.case, deadlines(one.case, calendar), calendar, settings)
    come = due_now(found, now)
    after = one
    for moment in come:
        if moment.kind == supervision.OVERDUE and not _urged(after.case, moment):
            after = _urge(after, moment, calendar, now)
    if after is not one:
        after = replace(after, case=replace(after.case, revision=one.case.revision + 1))
    at = rings_at(calendar, now, settings)
    notices = [notice for moment in come for notice in _of_a_moment(one.case, moment, at)]
    urged = reckon(after, calendar) if after is not one else None
    return _Look(one.case.code, urged, notices, next_after(found, now))


def _urged(case: Case, moment: Moment) -> bool:
    return any((one.clock, one.due) == (moment.clock, moment.due) for one in case.supervised if one.automatic)


def _urge(one: CaseFile, moment: Moment, calendar: Almanac, now: datetime) -> CaseFile:
    """Add the 督办 of a missed clock; what a clock says is refused in no state."""
    why = f"{CLOCKS[moment.clock]}应于 {moment.due} 前办理，已逾期"
    given = {"automatic": True, "clock": moment.clock, "due": moment.due}
    event = Event(len(one.history) + 1, "supervise", now, now, "system", None, given, why)
    return one.grown(add(one.case.code, one.history, event, calendar))


def _of_a_moment(case: Case, moment: Moment, at: datetime) -> Iterator[Notice]:
    word, number, due = CLOCKS.get(moment.clock, "督办回复"), case.number, moment.due
    zh, en = {
        supervision.DUE: (
            f"案件 {number} 的{word}期限为 {due}，剩余不到 {moment.hours} 个工作小时",
            f"case {number}: less than {moment.hours} working hours are left until {due}",
        ),
        supervision.OWN_LATE: (
            f"案件 {number} 的{word}已超过本局时限 {due}",
            f"case {number}: the bureau's own limit {due} has passed",
        ),
        supervision.OVERDUE: (
            f"案件 {number} 的{word}应于 {due} 前办理，已逾期，系统已督办",
            f"case {number}: {due} has passed",
        ),
        supervision.ANSWER_LATE: (
            f"案件 {number} 的督办应于 {due} 前回复，至今未回复",
            f"case {number}: the answer was wanted by {due}",
        ),
    }[moment.kind]
    told = [supervision.address_of(case)]
    if moment.kind != supervision.DUE:
        told += [supervision.head_of(case), _CENTRE]
    yield from (Notice(case.code, moment.kind, moment.about, one, due, zh, en, at) for one in dict.fromkeys(told))


def _said(case: Case, before: str, text: str) -> str:
    """What a person wrote; of a report nothing, for it might tell who reported (law 13)."""
    return "" if case.kind == REPORT else before + text


def _of_a_step(case: Case, event: Event, settings: Settings, now: datetime, at: datetime) -> Iterator[Notice]:
    about, today = f"event {event.number}", day_of(now)
    if event.name == "supervise":
        until = event.given.get("answer_by") or today
        zh = f"案件 {case.number} 被督办{_said(case, '：', event.why)}（{until} 前回复）"
        en = f"case {case.number} is urged{_said(case, ': ', event.why)} (answer by {until})"
        told = dict.fromkeys([supervision.address_of(case), supervision.head_of(case)])
        yield from (Notice(case.code, supervision.SUPERVISED, about, one, until, zh, en, at) for one in told)
        if event.given.get("urgent") and at > now and settings.duty_phone:
            phone = supervision.DUTY_PHONE, settings.duty_phone
            yield Notice(case.code, supervision.URGENT, about, _CENTRE, until, zh, en, now, *phone)
    if event.name == "answer_supervision":
        zh = f"案件 {case.number} 的督办已回复{_said(case, '：', event.why)}"
        en = f"case {case.number}: answered{_said(case, ': ', event.why)}"
        told = dict.fromkeys(
            f"person:{one.by}" for one in case.supervised if one.answered_at == event.happened_at and one.by
        )
        yield from (Notice(case.code, supervision.ANSWERED, about, one, today, zh, en, at) for one in told)
