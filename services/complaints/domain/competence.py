"""Which bureau is competent: disputes that are agreed or decided by the common superior, and transfers with their receipt."""

from dataclasses import replace

from services.complaints.domain.cases import Case, Holding
from services.complaints.domain.events import Event
from services.complaints.domain.procedure import Told

THEIRS = "theirs"
SENT, RECEIVED, RETURNED = "sent", "received", "returned"


def dispute(case: Case, event: Event) -> Case:
    if case.competence.disputed_at:
        return case
    raised = replace(case.competence, disputed_at=event.happened_at, other_bureau=event.given.get("other_bureau") or "")
    return replace(case, competence=raised)


def settle(case: Case, event: Event) -> Case:
    return _settled(case, event, by_superior=False)


def decide(case: Case, event: Event) -> Case:
    return _settled(case, event, by_superior=True)


def _settled(case: Case, event: Event, *, by_superior: bool) -> Case:
    competence = event.given.get("competence") or "ours"
    told = replace(case.competence, settled_at=event.happened_at, by_superior=by_superior, competence=competence)
    return replace(case, competence=told)


def transfer(case: Case, event: Event) -> Case:
    sent = replace(case.competence, transfer=SENT, sent_at=event.happened_at, other_bureau=event.given["other_bureau"])
    return replace(case, competence=sent)


def confirm(case: Case, event: Event) -> Case:
    """Confirm that the competent bureau has it: nothing more is due here, and its own clock begins with its receipt."""
    told = replace(case.competence, transfer=RECEIVED, received_at=event.happened_at, receipt=event.given["receipt"])
    return replace(case, competence=told, stopped_at=event.happened_at)


def sent_back(case: Case, event: Event) -> Case:
    back = Holding(event.happened_at, case.intake_unit, None)
    told = replace(case.competence, transfer=RETURNED)
    return replace(case, competence=told, unit=None, handler=None, holdings=(*case.holdings, back))


def disputed(case: Case, _: Event) -> Told:
    if case.competence.open:
        return "case.disputed", "管辖争议尚未确定", "the competence is disputed"
    return None


def not_ours(case: Case, event: Event) -> Told:
    """Tell where the case is another bureau's: what another bureau is competent for is handed over, not decided."""
    if case.competence.competence == THEIRS and case.competence.transfer != RETURNED:
        return "case.not_competent", "管辖属于他局，须移送", "another bureau is competent: transfer it"
    return disputed(case, event)


def not_disputed(case: Case, _: Event) -> Told:
    if case.competence.disputed_at is None:
        return "case.order", "尚未提出管辖争议", "no dispute was raised"
    return None if case.competence.open else ("case.done", "管辖已确定", "the competence is settled")


APPLY = {
    "dispute": dispute,
    "settle_dispute": settle,
    "decide_dispute": decide,
    "transfer": transfer,
    "confirm_transfer": confirm,
    "return_transfer": sent_back,
}
OBSTACLES = {
    "transfer": disputed,
    "settle_dispute": not_disputed,
    "decide_dispute": not_disputed,
}
