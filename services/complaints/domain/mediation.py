"""The mediation itself: consent and refusal, who mediates, meetings and who came, recusal (令121 art. 18 to 24)."""

from dataclasses import replace

from services.complaints.domain.cases import Case
from services.complaints.domain.clocks import regime_of
from services.complaints.domain.events import Event
from services.complaints.domain.procedure import Appointment, Attendance, Recusal, Told

ABSENT = "absent"


def consent(case: Case, event: Event) -> Case:
    matter, party = event.given["matter"], event.given["party"]
    declined = case.declined - {party} if matter == "mediation" else case.declined
    return replace(case, consents=case.consents | {(matter, party)}, declined=declined)


def decline(case: Case, event: Event) -> Case:
    party = event.given["party"]
    return replace(case, declined=case.declined | {party}, consents=case.consents - {("mediation", party)})


def name_mediator(case: Case, event: Event) -> Case:
    return replace(case, mediator=event.given["handler"])


def appoint(case: Case, event: Event) -> Case:
    given = event.given
    meeting = Appointment(given["appointed_for"], given.get("mode") or "on_site", given.get("place") or "")
    return replace(case, appointments=(*case.appointments, meeting))


def attend(case: Case, event: Event) -> Case:
    place = _meeting(case, event)
    if place is None:
        return case
    meeting, given = case.appointments[place], event.given
    others = tuple(one for one in meeting.attendances if one.party != given["party"])
    came = Attendance(given["party"], given["attendance"], given.get("proof") or "")
    held = replace(meeting, attendances=(*others, came))
    return replace(case, appointments=(*case.appointments[:place], held, *case.appointments[place + 1 :]))


def ask_recusal(case: Case, event: Event) -> Case:
    asked = Recusal(event.happened_at, event.given["asked_by"], case.mediating)
    return replace(case, recusals=(*case.recusals, asked))


def decide_recusal(case: Case, event: Event) -> Case:
    if not case.recusals:
        return case
    *earlier, last = case.recusals
    decided = replace(last, decided_at=event.happened_at, granted=event.given["granted"])
    mediator = event.given.get("handler") if event.given["granted"] else case.mediator
    return replace(case, recusals=(*earlier, decided), mediator=mediator)


def suspended(case: Case, _: Event) -> Told:
    """Tell that the mediation is suspended: an application suspends it until it is decided (art. 20)."""
    waiting = ("case.recusal", "回避申请尚未决定，调解中止", "the recusal that was asked for is not decided")
    return waiting if case.recusal_open else None


def bad_appointment(case: Case, event: Event) -> Told:
    meets = event.given.get("appointed_for")
    if meets is not None and meets < event.happened_at:
        return "case.order", "约定时间早于通知时间", "the meeting lies before its notice", "appointed_for"
    return suspended(case, event)


def bad_attendance(case: Case, event: Event) -> Told:
    if _meeting(case, event) is None:
        return "case.no_appointment", "没有约定这一次调解", "no such meeting was arranged", "appointed_for"
    given = event.given
    meeting = case.appointments[_meeting(case, event) or 0]
    if given and event.happened_at < meeting.appointed_for:
        return "case.order", "尚未到约定的调解时间", "the meeting has not begun", "at"
    if given.get("attendance") == ABSENT and not (given.get("proof") or "").strip():
        return "case.proof", "无正当理由未到场须写明证明", "an absence without reason has to be proved", "proof"
    return None


def bad_mediator(case: Case, event: Event) -> Told:
    if event.given.get("handler") in case.recused:
        return "case.recused", "此人已回避", "this person was replaced before", "handler"
    return None


def no_mediator(case: Case, event: Event) -> Told:
    if case.recusal_open:
        return suspended(case, event)
    return None if case.mediating else ("case.no_mediator", "尚无调解员", "nobody mediates yet")


def bad_decision(case: Case, event: Event) -> Told:
    """Tell what is wrong with a decision: whoever is replaced is replaced by another who was not replaced before."""
    if not case.recusal_open:
        return "case.no_recusal", "没有待决定的回避申请", "no recusal waits to be decided"
    if not event.given.get("granted"):
        return None
    new = event.given.get("handler")
    if new is None or new == case.recusals[-1].of or new in case.recused:
        return "case.mediator", "须指定另一名调解员", "another mediator has to be named", "handler"
    return None


def unproven_absence(case: Case, event: Event) -> Told:
    """Tell where an absence is unproven: the ground that a party stays away or
    refuses rests on what was recorded of it."""
    ground = event.given.get("termination_ground")
    if case.organisation == "association" or event.inherited or ground != regime_of(case).absence:
        return None
    away = any(one.attendance == ABSENT for meeting in case.appointments for one in meeting.attendances)
    lacking = ("case.absence", "须先记录无正当理由未到场或拒绝调解", "no absence and no refusal is on record")
    return None if away or case.declined else (*lacking, "termination_ground")


def _meeting(case: Case, event: Event) -> int | None:
    """The place of the meeting that is named, or of the last one."""
    named = event.given.get("appointed_for")
    found = [place for place, one in enumerate(case.appointments) if named is None or one.appointed_for == named]
    return found[-1] if found else None


APPLY = {
    "consent": consent,
    "decline": decline,
    "name_mediator": name_mediator,
    "appoint": appoint,
    "attend": attend,
    "ask_recusal": ask_recusal,
    "decide_recusal": decide_recusal,
}
OBSTACLES = {
    "name_mediator": bad_mediator,
    "appoint": bad_appointment,
    "attend": bad_attendance,
    "ask_recusal": no_mediator,
    "decide_recusal": bad_decision,
    "mediate": suspended,
}
