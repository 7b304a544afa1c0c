"""What targets has told of a cycle, counted: whoever scores the cycle can prove that it has heard all of it."""

from services.targets.storage.tables import claims, cycles, persons, units
from services.targets.usecases.guards import known_cycle
from services.targets.usecases.replay import indicator_states
from shared.actor import Actor
from shared.contracts.targets.commands.cycles import CycleKey
from shared.database import Row, Session
from shared.reconciliation import tally, tally_of


def tally_states(session: Session, actor: Actor, query: CycleKey) -> Row:
    """Return the tallies of organisation, cycle, library and claims, each kind by the name of its event."""
    bureau = actor.bureau
    cycle = known_cycle(session, actor, query["cycle"])
    code, library = cycle.cycle, indicator_states(session, bureau, cycle)
    return {
        "unit": tally(session, [units.c.unit], units.c.revision, units.c.bureau == bureau),
        "person": tally(session, [persons.c.person], persons.c.revision, persons.c.bureau == bureau),
        "cycle": tally(session, [cycles.c.cycle], cycles.c.revision, cycles.c.bureau == bureau, cycles.c.cycle == code),
        "model": tally_of([(code, cycle.model_revision)] if cycle.evaluations != "raw" else []),
        "indicator": tally_of((one.indicator, one.revision) for one in library.values()),
        "claim": tally(
            session,
            [claims.c.indicator, claims.c.subject],
            claims.c.revision,
            claims.c.bureau == bureau,
            claims.c.cycle == code,
        ),
    }
