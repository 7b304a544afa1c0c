"""The counters of readable numbers: one for each year, short name and kind. A counter is its transaction's until that ends, so that
no number is given twice, and one whose registration fails goes to the next."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Column, Integer, String, Table
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.complaints.domain.cases import day_of
from services.complaints.domain.numbering import readable
from services.complaints.storage.tables import case_events, case_facts, cases, metadata
from shared.database import ensure_partitions

__all__ = ["Numbers", "metadata"]

case_counters = Table(
    "case_counters",
    metadata,
    Column("bureau", String(20), primary_key=True),
    Column("cycle", String(20), primary_key=True),  # the year of receipt
    Column("name", String(30), primary_key=True),  # the short name
    Column("kind", String(20), primary_key=True),
    Column("last", Integer, nullable=False),
)
_KEY = ("bureau", "cycle", "name", "kind", "last")
Wanted = tuple[str, str, str]  # year of receipt, short name, kind


def make_room(session: Session, moments: Iterable[datetime]) -> None:
    """Make the parts of the years of these receipts, before anything of the cases is read: whoever makes one waits for all who
    have, and so never while somebody who has waits for them."""
    ensure_partitions(session, [cases, case_events, case_facts], {str(day_of(one).year) for one in moments})


class Numbers:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def give(self, wanted: Sequence[Wanted]) -> list[str]:
        """Return a new number for each, in their order; the counters are taken in one order by everybody."""
        counts = sorted(Counter(wanted).items())
        rows = [dict(zip(_KEY, (self._bureau, *key, count), strict=True)) for key, count in counts]
        if not rows:
            return []
        statement = insert(case_counters).values(rows)
        last = {"last": case_counters.c.last + statement.excluded.last}
        taking = statement.on_conflict_do_update(index_elements=list(_KEY[:-1]), set_=last)
        taken = self._session.execute(taking.returning(*(case_counters.c[name] for name in _KEY[1:])))
        after = {(row.cycle, row.name, row.kind): row.last for row in taken}
        return list(self._each(wanted, {key: after[key] - count + 1 for key, count in counts}))

    def _each(self, wanted: Iterable[Wanted], next_of: dict[Wanted, int]) -> Iterable[str]:
        for key in wanted:
            yield readable(*key, next_of[key])
            next_of[key] += 1
