"""Vetoes that complaints proposes: a grave case found justified against a member of staff. The panel confirms or lifts them as any other.

What cannot be proposed (its cycle is closed, the item is none of the subject's) raises, and rests in the dead letters with its reason.
"""

from collections.abc import Sequence

from services.declarations.domain.indicators import check_suits, check_veto
from services.declarations.domain.vetoes import COMPLAINTS, Veto
from services.declarations.storage.aggregates import vetoes
from services.declarations.storage.library import indicators_by_code, need_cycle
from services.declarations.storage.organisation import Organisation
from services.declarations.storage.veto_proposals import keep_proposals, note_veto, veto_of
from services.declarations.usecases.events import record_changes
from shared.actor import system
from shared.batches import answering
from shared.clock import today
from shared.database import Session
from shared.events import VetoProposed
from shared.ids import new_id

_WITHDRAWN = "12315 已撤销该项认定"


def take_proposals(session: Session, states: Sequence[VetoProposed]) -> None:
    """Take what complaints proposes and withdraws."""
    names = ("bureau", "proposal", "revision", "cycle", "status")
    rows = [{name: getattr(one, name) for name in names} for one in states]
    written = keep_proposals(session, rows)
    newest = {(one.bureau, one.proposal, one.revision): one for one in states}
    with answering():
        for row in written:
            _take(session, newest[row["bureau"], row["proposal"], row["revision"]])


def _take(session: Session, state: VetoProposed) -> None:
    """A withdrawal lifts what is not confirmed yet; what the panel has confirmed only the panel lifts."""
    store, by = vetoes(session, state.bureau, state.cycle), system(state.bureau)
    known = veto_of(session, state.bureau, state.proposal)
    current = store.by_ids([known]).get(known) if known else None
    if state.status == "proposed" and (current is None or current.status == "lifted"):
        made = _proposed(session, state)
        store.add([made])
        note_veto(session, state.bureau, state.proposal, made.veto)
        record_changes(session, by, [(made, None)])
    elif state.status == "withdrawn" and current is not None and current.status == "proposed":
        after = current.decided("lift", _WITHDRAWN, by.account, today())
        store.change([after])
        record_changes(session, by, [(after, current)])


def _proposed(session: Session, state: VetoProposed) -> Veto:
    need_cycle(session, state.bureau, state.cycle).check_open()
    indicator = indicators_by_code(session, state.bureau, state.cycle, [state.indicator])[state.indicator]
    subject = Organisation(session, state.bureau, subjects=[state.subject]).subject(state.subject)
    check_veto(indicator)
    check_suits(indicator, subject)
    return Veto(
        bureau=state.bureau,
        cycle=state.cycle,
        veto=new_id(),
        revision=1,
        indicator=indicator.indicator,
        subject=subject.code,
        layer=subject.layer,
        unit=subject.unit.unit,
        status="proposed",
        reason=state.reason,
        decision="",
        proposed_by=state.by,
        decided_by=None,
        source=COMPLAINTS,
        source_ref=state.number,
        evidence=[],
        fact_on=state.fact_on,
        decided_on=None,
    )
