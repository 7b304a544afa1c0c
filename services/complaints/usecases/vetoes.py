"""What a grave finding against a member of staff proposes to the appraisal: a veto, which the panel there confirms or lifts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from services.complaints.domain.cases import Case, Finding
from services.complaints.storage.cases import CaseFile
from services.complaints.storage.projections import Copies
from services.complaints.storage.vetoes import Proposals
from shared.database import Session
from shared.events import VetoProposed
from shared.recording import record

PROPOSED, WITHDRAWN = "proposed", "withdrawn"


def propose(session: Session, bureau: str, changed: Sequence[CaseFile], before: Mapping[str, CaseFile]) -> None:
    """Tell of each grave finding that the changed cases have now, and of each that was annulled or changed."""
    touched = [one for one in changed if one.case.findings or _found(before.get(one.case.code))]
    if not touched:
        return
    known = Proposals(session, bureau).of_cases([one.case.code for one in touched])
    new = [state for one in touched for state in _states(session, bureau, one, known)]
    for state in new:
        record(session, state, known.get(state.proposal))
    Proposals(session, bureau).save(new)


def _found(before: CaseFile | None) -> bool:
    return before is not None and bool(before.case.findings)


def _states(session: Session, bureau: str, one: CaseFile, known: Mapping[str, VetoProposed]) -> list[VetoProposed]:
    """The states that differ from those that were told; the length of the history only grows, so it serves as revision."""
    settings = Copies(session, bureau).calendar().settings
    now = {}
    for finding in one.case.findings:
        if finding.grave:
            state = _state(bureau, one.case, finding, len(one.history), settings.on(finding.on).veto_indicator)
            now[state.proposal] = state
    gone = [
        replace(state, status=WITHDRAWN, revision=len(one.history))
        for key, state in known.items()
        if state.case == one.case.code and key not in now and state.status == PROPOSED
    ]
    return [*gone, *(state for state in now.values() if _differs(state, known.get(state.proposal)))]


def _differs(state: VetoProposed, told: VetoProposed | None) -> bool:
    return told is None or replace(state, revision=told.revision) != told


def _state(bureau: str, case: Case, finding: Finding, revision: int, indicator: str) -> VetoProposed:
    return VetoProposed(
        bureau=bureau,
        proposal=str(uuid5(NAMESPACE_URL, f"{bureau}/{case.code}/{finding.number}")),
        revision=revision,
        cycle=str(finding.on.year),
        case=case.code,
        number=case.number,
        subject=finding.subject,
        indicator=indicator,
        reason=finding.text,
        fact_on=finding.on,
        status=PROPOSED,
        by=finding.by,
    )
