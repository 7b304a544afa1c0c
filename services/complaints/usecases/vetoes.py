"""What a grave finding against a member of staff proposes to the appraisal: a veto, which the panel there confirms or lifts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from services.complaints.domain.cases import REPORT, Case, Finding
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
            state = _under_its_name(state, finding, known)
            now[state.proposal] = state
    gone = [
        replace(state, status=WITHDRAWN, revision=len(one.history))
        for key, state in known.items()
        if state.case == one.case.code and key not in now and state.status == PROPOSED
    ]
    return [*gone, *(state for state in now.values() if _differs(state, known.get(state.proposal)))]


def _under_its_name(state: VetoProposed, finding: Finding, known: Mapping[str, VetoProposed]) -> VetoProposed:
    """Of another cycle or person it is another veto: proposed anew, while the one that was told is withdrawn where it stands.

    What was told once keeps its indicator, whatever the settings name since.
    """
    about = state.cycle, state.subject
    told = known.get(state.proposal)
    if told is not None and (told.cycle, told.subject) != about:
        state = replace(state, proposal=_name(state.bureau, state.case, finding.number, *about))
        told = known.get(state.proposal)
    return replace(state, indicator=told.indicator) if told else state


def _name(*parts: object) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(str(one) for one in parts)))


def _differs(state: VetoProposed, told: VetoProposed | None) -> bool:
    return told is None or replace(state, revision=told.revision) != told


def _state(bureau: str, case: Case, finding: Finding, revision: int, indicator: str) -> VetoProposed:
    return VetoProposed(
        bureau=bureau,
        proposal=_name(bureau, case.code, finding.number),
        revision=revision,
        cycle=str(finding.on.year),
        case=case.code,
        number=case.number,
        subject=finding.subject,
        indicator=indicator,
        reason=_reason(case, finding),
        fact_on=finding.on,
        status=PROPOSED,
        by=finding.by,
    )


def _reason(case: Case, finding: Finding) -> str:
    """Return what was found; of a report nothing that a person wrote, for it might tell who reported (law 13)."""
    return f"举报件 {case.number} 查实有责" if case.kind == REPORT else finding.text
