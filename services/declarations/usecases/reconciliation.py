"""What declarations has told of a cycle, counted: whoever scores the cycle can prove that it has heard all of it."""

from services.declarations.storage.library import need_cycle
from services.declarations.storage.told_states import tally_by_kind
from shared.actor import Actor
from shared.contracts.declarations.commands.asking import OneCycle
from shared.database import Session
from shared.reconciliation import Tally


def tally_states(session: Session, actor: Actor, query: OneCycle) -> dict[str, Tally]:
    """Return one tally for each kind of fact of ``query["cycle"]``; of figures only, so any account may ask."""
    return tally_by_kind(session, actor.bureau, need_cycle(session, actor.bureau, query["cycle"]).cycle)
