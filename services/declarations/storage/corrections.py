"""What stood before checks and appeals corrected it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from services.declarations.domain.items import DECLARATION, Pair
from services.declarations.domain.weighing import Weighed
from services.declarations.storage.check_tables import correction
from services.declarations.storage.declarations import Declarations

k = correction.c


@dataclass(frozen=True)
class Before:
    """``reference``: the check or appeal that made the last correction; ``weighed``: what stood until then."""

    reference: str
    weighed: Weighed


def before_checks(session: Session, bureau: str, cycle: str, pairs: Iterable[Pair]) -> dict[Pair, Before]:
    """Return item -> what stood before its last correction, of those that a correction changed."""
    wanted = sorted(pairs)
    statement = select(correction).where(k.bureau == bureau, k.cycle == cycle, tuple_(k.kind, k.item).in_(wanted))
    rows = list(session.execute(statement.order_by(k.revision))) if wanted else []
    last = {(row.kind, row.item): row for row in rows}
    store = Declarations(session, bureau, cycle)
    states = store.versions("spot_check", [item for kind, item in last if kind == DECLARATION])
    return {
        pair: Before(row.reference, _weighed(row, states.get((pair[1], row.revision - 1))))
        for pair, row in last.items()
    }


def _weighed(row: Any, declared: dict[str, Any] | None) -> Weighed:
    """A declaration also tells whether it was applicable, and whether it differed from the machine."""
    if declared is None:
        return Weighed(row.counts_before, not_applicable=False, differs=False, points=row.points_before)
    counts = {key: Decimal(value) for key, value in declared["counts"].items()}
    flags = {name: declared[name] for name in ("not_applicable", "differs")}
    return Weighed(counts, **flags, points=Decimal(declared["points"]))
