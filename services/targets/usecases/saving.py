"""Storing a cycle's change together with its event, and the cycle as a document."""

from services.targets.domain.cycles import Cycle
from services.targets.storage.cycles import Cycles
from services.targets.usecases.states import cycle_state, model_state
from shared.actor import Actor
from shared.database import Row, Session
from shared.recording import record


def save_change(session: Session, actor: Actor, before: Cycle, after: Cycle) -> Row:
    Cycles(session, actor.bureau).save(after)
    record(session, cycle_state(actor.bureau, after), cycle_state(actor.bureau, before))
    if (after.model_revision, after.evaluations) != (before.model_revision, before.evaluations):
        record(session, model_state(actor.bureau, after), model_state(actor.bureau, before))
    return cycle_document(after)


def cycle_document(cycle: Cycle) -> Row:
    hidden = {"by", "tie_chain"}
    values = {name: value for name, value in vars(cycle).items() if name not in hidden}
    return {
        **values,
        "tie_chain": list(cycle.tie_chain),
        "periods": [vars(period) for period in cycle.periods],
        "permits": list(cycle.permits),
    }
