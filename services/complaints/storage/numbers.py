"""The counters of readable numbers: one for each year, short name and kind. A counter is its transaction's until that ends, so that
no number is given twice, and one whose registration fails goes to the next."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import Column, Integer, String, Table
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.complaints.domain.numbering import readable
from services.complaints.storage.tables import metadata

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
Wanted = tuple[str, str, str]  # year of receipt, short name, kind


class Numbers:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def give(self, wanted: Sequence[Wanted]) -> list[str]:
        """Return a new number for each, in their order; the counters are taken in one order by everybody."""
        next_of = {key: self._take(key, count) for key, count in sorted(Counter(wanted).items())}
        return list(self._each(wanted, next_of))

    def _each(self, wanted: Iterable[Wanted], next_of: dict[Wanted, int]) -> Iterable[str]:
        for key in wanted:
            yield readable(*key, next_of[key])
            next_of[key] += 1

    def _take(self, key: Wanted, count: int) -> int:
        row = dict(zip(("cycle", "name", "kind"), key, strict=True))
        statement = insert(case_counters).values(bureau=self._bureau, last=count, **row)
        last = {"last": case_counters.c.last + count}
        counted = statement.on_conflict_do_update(index_elements=["bureau", "cycle", "name", "kind"], set_=last)
        found: int = self._session.execute(counted.returning(case_counters.c.last)).scalar_one()
        return found - count + 1
