"""What stood before checks and appeals corrected it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from services.declarations.domain.items import DECLARATION, Pair
from services.declarations.domain.weighing import Weighed
from services.declarations.storage.bulk import codes
from services.declarations.storage.check_tables import correction
from services.declarations.storage.declarations import Declarations
from shared.database import Row

k = correction.c


@dataclass(frozen=True)
class Before:
    """``reference``: the check or appeal that made the last correction that stands; ``weighed``: what stood until then."""

    reference: str
    revision: int  # that it made
    weighed: Weighed


def before_checks(session: Session, bureau: str, cycle: str, pairs: Iterable[Pair]) -> dict[Pair, Before]:
    """Return item -> what stood before its last correction that stands, of those that have one."""
    wanted = sorted(pairs)
    statement = select(correction).where(k.bureau == bureau, k.cycle == cycle, tuple_(k.kind, k.item).in_(wanted))
    rows = list(session.execute(statement.order_by(k.revision))) if wanted else []
    standing: dict[Pair, dict[str, Any]] = {}  # item -> reference -> its correction, the last last
    for row in rows:
        of_item = standing.setdefault((row.kind, row.item), {})
        if of_item.pop(row.reference, None) is None:  # else it gives back what its own reference had corrected
            of_item[row.reference] = row
    last = {pair: [*of_item.values()][-1] for pair, of_item in standing.items() if of_item}
    store = Declarations(session, bureau, cycle)
    states = store.versions("spot_check", [item for kind, item in last if kind == DECLARATION])
    return {
        pair: Before(row.reference, row.revision, _weighed(row, states.get((pair[1], row.revision - 1))))
        for pair, row in last.items()
    }


def corrections_by_appeals(session: Session, bureau: str, kind: str, items: Iterable[str]) -> list[Any]:
    """Return rows of cycle, item, revision: what appeals corrected, whatever they were against."""
    here = (k.bureau == bureau, k.kind == kind, k.item.in_(codes(items)), k.cause == "appeal")
    return list(session.execute(select(k.cycle, k.item, k.revision).where(*here)))


def _weighed(row: Any, declared: Row | None) -> Weighed:
    """A declaration also tells whether it was applicable, and whether it differed from the machine."""
    if declared is None:
        return Weighed(row.counts_before, not_applicable=False, differs=False, points=row.points_before)
    counts = {key: Decimal(value) for key, value in declared["counts"].items()}
    flags = {name: declared[name] for name in ("not_applicable", "differs")}
    return Weighed(counts, **flags, points=Decimal(declared["points"]))
