"""What a superior does to a case: urge with a text and want an answer, and find that it is justified against one of the staff."""

from dataclasses import replace

from services.complaints.domain.cases import Case, Finding, Supervision, day_of
from services.complaints.domain.events import Event
from services.complaints.domain.procedure import Told

_URGED = ("automatic", "clock", "due", "answer_by")


def supervise(case: Case, event: Event) -> Case:
    said = {name: event.given[name] for name in _URGED if event.given.get(name) is not None}
    one = Supervision(event.happened_at, event.why, event.person, **said)
    return replace(case, supervised=(*case.supervised, one))


def answer(case: Case, event: Event) -> Case:
    answered = (replace(one, answered_at=one.answered_at or event.happened_at) for one in case.supervised)
    return replace(case, supervised=tuple(answered))


def needs_no_answer(case: Case, urged: Supervision) -> bool:
    """Tell whether the case was withdrawn, merged or handed over by the day of the answer: nobody has what was urged any more."""
    gone, until = case.stopped_at, urged.answer_by
    return gone is not None and until is not None and urged.at <= gone and day_of(gone) <= until


def find_fault(case: Case, event: Event) -> Case:
    by = event.person or event.account
    said = event.given["subject"], bool(event.given["grave"]), event.why, day_of(event.happened_at), by
    return replace(case, findings=(*case.findings, Finding(event.number, *said)))


def not_supervised(case: Case, _: Event) -> Told:
    waits = any(one.answer_by and not one.answered_at for one in case.supervised)
    return None if waits else ("case.no_supervision", "没有待回复的督办", "nobody waits for an answer")


APPLY = {"supervise": supervise, "answer_supervision": answer, "find_fault": find_fault}
OBSTACLES = {"answer_supervision": not_supervised}
