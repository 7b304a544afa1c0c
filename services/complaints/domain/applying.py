"""What each event makes of a case. Nothing is refused here: what was recorded is told as it was recorded."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from services.complaints.domain.cases import ANSWERED, TERMINATED, Case, Finding, Holding, Supervision, day_of
from services.complaints.domain.events import REGISTER, Event
from services.complaints.domain.machines import machine, next_status

Apply = Callable[[Case, Event], Case]
_ABOUT = ("trader_address", "channel", "goods", "amount", "request", "real_name", "first_received_at", "linked_to")
_URGED = ("automatic", "clock", "due", "answer_by")
_CONCLUSION = ("outcome", "termination_ground", "recovered", "voucher", "perform_by", "performed_on", "must_tell")


def registered(code: str, event: Event) -> Case:
    """Return the case that a registration begins."""
    given = event.given
    first = given.get("held_by") or (given["intake_unit"], None)
    return Case(
        code=code,
        kind=given["kind"],
        organisation=given["organisation"],
        number=given["number"],
        intake_unit=given["intake_unit"],
        received_at=given["received_at"],
        registered_at=event.happened_at,
        summary=given["summary"],
        trader=given["trader"],
        registered_by=event.account,
        inherited=event.inherited,
        holdings=(Holding(min(given["received_at"], event.happened_at), *first),),
        backdated=frozenset({REGISTER}) if is_backdated(event) else frozenset(),
        **{name: given[name] for name in _ABOUT if given.get(name) is not None},
    )


def apply(case: Case, event: Event) -> Case:
    """Return ``case`` after ``event``: its state, what the step says, and a mark where it was recorded long after."""
    status = next_status(machine(case.organisation, case.kind), event.name, case.status)
    moved = _APPLY.get(event.name, _marked)(case, event)
    marked = moved.backdated | {event.name} if is_backdated(event) else moved.backdated
    return replace(
        moved, status=moved.before_merging or status if event.name == "unmerge" else status, backdated=marked
    )


def is_backdated(event: Event) -> bool:
    recorded, happened = day_of(event.recorded_at), day_of(event.happened_at)
    return not event.inherited and (recorded - happened).days > event.late_after


def _marked(case: Case, event: Event) -> Case:
    if event.name in case.marks:
        return case
    return replace(case, marks={**case.marks, event.name: event.happened_at})


def _assign(case: Case, event: Event) -> Case:
    unit, handler = event.given["unit"], event.given.get("handler")
    kept = handler or (case.handler if case.unit == unit else None)
    held = (
        case.holdings if event.given.get("since_receipt") else (*case.holdings, Holding(event.happened_at, unit, kept))
    )
    entrusted = bool(event.given.get("entrusted"))
    return replace(
        case,
        unit=unit,
        handler=kept,
        assigned_at=case.assigned_at or event.happened_at,
        entrusted=entrusted,
        holdings=held,
    )


def _take_up(case: Case, event: Event) -> Case:
    return replace(case, taken_up_at=case.taken_up_at or event.happened_at)


def _send_back(case: Case, event: Event) -> Case:
    back = Holding(event.happened_at, case.intake_unit, None)
    return replace(case, unit=None, handler=None, returns=case.returns + 1, holdings=(*case.holdings, back))


def _contact(case: Case, event: Event) -> Case:
    return case if case.contacted_at else replace(case, contacted_at=event.happened_at)


def _accept(case: Case, event: Event) -> Case:
    return replace(case, decided_at=event.happened_at)


def _refuse(case: Case, event: Event) -> Case:
    return replace(case, decided_at=event.happened_at, refusal_ground=event.given.get("ground"))


def _consent(case: Case, event: Event) -> Case:
    return replace(case, consents=case.consents | {(event.given["matter"], event.given["party"])})


def _entrust(case: Case, event: Event) -> Case:
    return replace(case, entrusted=True, entrusted_to=event.given["unit"], mediator=event.given.get("handler"))


def _give_back(case: Case, event: Event) -> Case:
    return replace(_marked(case, event), entrusted=False, entrusted_to=None, mediator=None)


def _pause(case: Case, event: Event) -> Case:
    new = (day_of(event.happened_at), event.given.get("ended"))
    return case if case.paused else replace(case, pauses=(*case.pauses, new))


def _resume(case: Case, event: Event) -> Case:
    if not case.paused:
        return case
    return replace(case, pauses=(*case.pauses[:-1], (case.pauses[-1][0], day_of(event.happened_at))))


def _extend(case: Case, event: Event) -> Case:
    return replace(case, extensions=(*case.extensions, event.happened_at))


def _restart(case: Case, event: Event) -> Case:
    wiped = case.wiped | {event.happened_at} if event.inherited else case.wiped
    return replace(case, restarts=(*case.restarts, event.happened_at), wiped=wiped)


def _conclude(case: Case, event: Event) -> Case:
    given = {name: event.given[name] for name in _CONCLUSION if event.given.get(name) is not None}
    return replace(_resume(case, event), concluded_at=event.happened_at, **given)


def _answer(case: Case, event: Event) -> Case:
    return replace(case, concluded_at=event.happened_at, outcome=ANSWERED)


def _withdraw(case: Case, event: Event) -> Case:
    """Before the decision nothing is due any more; after it the mediation ends on the first ground (art. 23)."""
    if not case.accepted:
        return replace(case, stopped_at=event.happened_at)
    ended = replace(_resume(case, event), outcome=TERMINATED, termination_ground="1")
    return replace(ended, concluded_at=event.happened_at, entrusted=False, entrusted_to=None, mediator=None)


def _tell(case: Case, event: Event) -> Case:
    return replace(case, told_at=case.told_at or event.happened_at)


def _perform(case: Case, event: Event) -> Case:
    return replace(case, performed_on=case.performed_on or day_of(event.happened_at))


def _follow_up(case: Case, event: Event) -> Case:
    given: Mapping[str, Any] = event.given
    return replace(
        case,
        followed_up_at=event.happened_at,
        answered=given["answered"],
        satisfaction=given.get("satisfaction"),
        follow_ups=case.follow_ups + bool(given["answered"]),
    )


def _mark_repeat(case: Case, event: Event) -> Case:
    given = event.given
    return replace(
        case,
        repeat_of=given["original"],
        repeat_unit=given.get("repeat_unit"),
        repeat_handler=given.get("repeat_handler"),
        repeat_concluded=given.get("repeat_concluded"),
    )


def _unmark_repeat(case: Case, _: Event) -> Case:
    return replace(case, repeat_of=None, repeat_unit=None, repeat_handler=None, repeat_concluded=None)


def _merge(case: Case, event: Event) -> Case:
    return replace(case, stopped_at=event.happened_at, merged_into=event.given["original"], before_merging=case.status)


def _unmerge(case: Case, _: Event) -> Case:
    return replace(case, stopped_at=None, merged_into=None)


def _supervise(case: Case, event: Event) -> Case:
    said = {name: event.given[name] for name in _URGED if event.given.get(name) is not None}
    one = Supervision(event.happened_at, event.why, event.person, **said)
    return replace(case, supervisions=case.supervisions + 1, supervised=(*case.supervised, one))


def _answer_supervision(case: Case, event: Event) -> Case:
    answered = (replace(one, answered_at=one.answered_at or event.happened_at) for one in case.supervised)
    return replace(case, supervised=tuple(answered))


def _find_fault(case: Case, event: Event) -> Case:
    by = event.person or event.account
    said = event.given["subject"], bool(event.given["grave"]), event.why, day_of(event.happened_at), by
    return replace(case, findings=(*case.findings, Finding(event.number, *said)))


def _allow_late(case: Case, event: Event) -> Case:
    return replace(case, late_since=event.given["since"], late_until=event.given["until"])


_APPLY: dict[str, Apply] = {
    "assign": _assign,
    "take_up": _take_up,
    "send_back": _send_back,
    "contact": _contact,
    "accept": _accept,
    "refuse": _refuse,
    "consent": _consent,
    "entrust": _entrust,
    "report_back": _give_back,
    "recall": _give_back,
    "pause": _pause,
    "resume": _resume,
    "extend": _extend,
    "restart": _restart,
    "conclude": _conclude,
    "answer": _answer,
    "withdraw": _withdraw,
    "tell": _tell,
    "perform": _perform,
    "follow_up": _follow_up,
    "mark_repeat": _mark_repeat,
    "unmark_repeat": _unmark_repeat,
    "merge": _merge,
    "unmerge": _unmerge,
    "supervise": _supervise,
    "answer_supervision": _answer_supervision,
    "find_fault": _find_fault,
    "allow_late": _allow_late,
}
