"""What each event makes of a case. Nothing is refused here: what was recorded is told as it was recorded."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from services.complaints.domain import closing, competence, mediation, parties, publication, superiors
from services.complaints.domain.cases import (
    ANSWERED,
    REPORT,
    TERMINATED,
    Case,
    Holding,
    day_of,
)
from services.complaints.domain.events import REGISTER, Event
from services.complaints.domain.machines import machine, next_status

Apply = Callable[[Case, Event], Case]
_ABOUT = (
    *("trader_address", "channel", "goods", "amount", "request", "real_name", "first_received_at", "linked_to"),
    "platform_number",
)
_CONCLUSION = (
    "outcome",
    "termination_ground",
    "recovered",
    "voucher",
    "perform_by",
    "performed_on",
    "must_tell",
    "form",
)


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
        parties=parties.parties_in(given),
        holdings=(Holding(min(given["received_at"], event.happened_at), *first),),
        backdated=frozenset({REGISTER}) if is_backdated(event) else frozenset(),
        **{name: given[name] for name in _ABOUT if given.get(name) is not None},
    )


def apply(case: Case, event: Event) -> Case:
    """Return ``case`` after ``event``: its state, what the step says, and a mark where it was recorded long after."""
    status = next_status(machine(case.organisation, case.kind), event.name, case.status)
    moved = _APPLY.get(event.name, _marked)(case, event)
    changes: dict[str, Any] = {"status": _before(event.name, moved) or status}
    if event.name in _WORK and event.person:
        changes["worked"] = moved.worked | {event.person}
    if is_backdated(event):
        changes["backdated"] = moved.backdated | {event.name}
    same = len(changes) == 1 and changes["status"] == moved.status
    return moved if same else replace(moved, **changes)


def _before(step: str, case: Case) -> str | None:
    """Return the status to which ``step`` leads back; None where it leads on."""
    if step == "unmerge":
        return case.before_merging
    return case.archive.before if step == "reject_archive" and case.archive else None


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
        mediator=case.mediator if case.unit == unit else None,
        worked=case.worked | {kept} if kept else case.worked,
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
    """Before the decision nothing is due any more; after it the mediation ends on the first ground (art. 23).

    Whoever withdraws a report ends nothing: a suspected breach is verified all the same.
    """
    if case.kind == REPORT:
        return _marked(case, event)
    if not case.accepted:
        return replace(case, stopped_at=event.happened_at)
    ended = replace(_resume(case, event), outcome=TERMINATED, termination_ground="1")
    return replace(ended, concluded_at=event.happened_at, entrusted=False, entrusted_to=None, mediator=None)


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


def _extend_filed_again(case: Case, event: Event) -> Case:
    return replace(case, filed_until=event.given["new_due"])


def _turn(case: Case, event: Event) -> Case:
    return replace(case, reported_as=event.given["report"])


def _allow_late(case: Case, event: Event) -> Case:
    return replace(case, late_since=event.given["since"], late_until=event.given["until"])


_WORK = frozenset({"accept", "refuse", "mediate", "check_lead", "conclude", "answer", "redo"})
_APPLY: dict[str, Apply] = {
    **parties.APPLY,
    **mediation.APPLY,
    **competence.APPLY,
    **closing.APPLY,
    **publication.APPLY,
    **superiors.APPLY,
    "assign": _assign,
    "take_up": _take_up,
    "send_back": _send_back,
    "contact": _contact,
    "accept": _accept,
    "refuse": _refuse,
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
    "mark_repeat": _mark_repeat,
    "unmark_repeat": _unmark_repeat,
    "merge": _merge,
    "unmerge": _unmerge,
    "extend_filed_again": _extend_filed_again,
    "turn_into_case": _turn,
    "allow_late": _allow_late,
}
