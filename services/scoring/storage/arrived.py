"""What has arrived of a cycle, counted as its owners count it (shared/reconciliation.py)."""

from sqlalchemy.orm import Session

from services.scoring.domain.frame import RAW
from services.scoring.storage.tables import claim, cycle, fact, indicator, model, person, unit, veto
from shared.reconciliation import Tally, tallies_by, tally

NOTHING: Tally = {"states": "0", "digest": "0"}
KINDS = (
    "unit",
    "person",
    "cycle",
    "model",
    "indicator",
    "claim",
    "declaration",
    "task_order",
    "contribution",
    "evaluation",
    "veto",
)


def arrived(session: Session, bureau: str, code: str) -> dict[str, Tally]:
    """Return a tally of every kind in ``KINDS``."""
    facts = tallies_by(
        session, fact.c.kind, [fact.c.fact], fact.c.revision, fact.c.bureau == bureau, fact.c.cycle == code
    )
    whole = {
        table.name: tally(session, [table.c[table.name]], table.c.revision, table.c.bureau == bureau)
        for table in (unit, person)
    }
    of_cycle = {
        table.name: tally(session, key, table.c.revision, table.c.bureau == bureau, table.c.cycle == code)
        for table, key in (
            (cycle, [cycle.c.cycle]),
            (indicator, [indicator.c.indicator]),
            (claim, [claim.c.indicator, claim.c.subject]),
            (veto, [veto.c.veto]),
        )
    }
    own = (model.c.bureau == bureau, model.c.cycle == code, model.c.evaluations != RAW)
    of_cycle["model"] = tally(session, [model.c.cycle], model.c.revision, *own)
    found = {**whole, **of_cycle, **facts}
    return {kind: found.get(kind, NOTHING) for kind in KINDS}
