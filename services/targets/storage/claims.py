"""Claims, and the sums over them that limits and balances need."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from services.targets.domain.claims import Claim
from services.targets.storage import tables
from services.targets.storage.allocations import Pool
from services.targets.storage.lists import ListPage, matching, named, page_of
from shared.contracts.targets.commands.claims import ClaimQuery
from shared.database import Row, upsert_newer

ClaimKey = tuple[str, str]  # indicator, subject


@dataclass(frozen=True)
class NamedClaim:
    """A claim with what its codes are called; None: the library or the bureau has them no more."""

    claim: Claim
    indicator_name: str | None
    measure_unit: str | None
    subject_name: str | None
    unit_name: str | None

    @property
    def names(self) -> Row:
        return {name: value for name, value in vars(self).items() if name != "claim"}


class Claims:
    def __init__(self, session: Session, bureau: str, cycle: str) -> None:
        self._session, self._key = session, {"bureau": bureau, "cycle": cycle}

    def some(self, keys: Iterable[ClaimKey]) -> dict[ClaimKey, Claim]:
        table = tables.claims
        here = tuple_(table.c.indicator, table.c.subject).in_(list(keys))
        return self._read(select(table).filter_by(**self._key).where(here))

    def of_units(self, units: Iterable[str]) -> dict[ClaimKey, Claim]:
        table = tables.claims
        return self._read(select(table).filter_by(**self._key).where(table.c.unit.in_(list(units))))

    def of_subject(self, subject: str) -> list[Claim]:
        statement = select(tables.claims).filter_by(**self._key, subject=subject).order_by(tables.claims.c.indicator)
        return [claim_of(row) for row in self._session.execute(statement).mappings()]

    def walk(self, size: int = 1000) -> Iterator[list[Claim]]:
        """Yield every claim of the cycle, some at a time."""
        statement = select(tables.claims).filter_by(**self._key).execution_options(yield_per=size)
        for part in self._session.execute(statement).mappings().partitions(size):
            yield [claim_of(row) for row in part]

    def taken(self, pools: Iterable[Pool]) -> dict[Pool, Decimal]:
        """Return what persons hold of each pool."""
        table = tables.claims
        statement = (
            select(table.c.indicator, table.c.unit, func.sum(table.c.target))
            .filter_by(**self._key, layer="person", status="claimed")
            .where(tuple_(table.c.indicator, table.c.unit).in_(list(pools)))
            .group_by(table.c.indicator, table.c.unit)
        )
        return {(indicator, unit): total or Decimal(0) for indicator, unit, total in self._session.execute(statement)}

    def save(self, claims: Iterable[Claim]) -> bool:
        """Save them; False where somebody else changed one of them meanwhile."""
        rows = [{**self._key, **vars(claim)} for claim in claims]
        written = upsert_newer(self._session, tables.claims, rows, ("bureau", "cycle", "indicator", "subject"))
        return len(written) == len(rows)

    def page(self, query: ClaimQuery, library_revision: int) -> ListPage[NamedClaim]:
        narrowed = {"subject": query["subject"], "indicator": query["indicator"], "unit": query["unit"]}
        narrowed |= {"layer": query["layer"], "status": query["status"]}
        table = tables.claims
        statement = named(table, self._key, library_revision, unit_name="unit", subject_name="subject")
        page = page_of(
            self._session,
            statement.where(*matching(table, **narrowed)),
            query,
            key=["indicator", "subject"],
            sorts=("indicator", "indicator_name", "subject", "subject_name", "unit", "target"),
            looked_in=["indicator", "indicator_name", "subject", "subject_name", "unit_name"],
        )
        return ListPage.read(page, _named)

    def _read(self, statement: Any) -> dict[ClaimKey, Claim]:
        rows = self._session.execute(statement).mappings()
        return {(row["indicator"], row["subject"]): claim_of(row) for row in rows}


def _named(row: Row) -> NamedClaim:
    names = (row[name] for name in ("indicator_name", "measure_unit", "subject_name", "unit_name"))
    return NamedClaim(claim_of(row), *names)


def claim_of(row: Mapping[Any, Any]) -> Claim:
    return Claim(
        row["indicator"],
        row["subject"],
        row["layer"],
        row["unit"],
        row["target"],
        row["status"],
        row["revision"],
        row["by"],
        row["days"],
    )
