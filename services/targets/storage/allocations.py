"""Allocations to units, and the proposals that they and the claims may be taken from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import delete, insert, select, tuple_
from sqlalchemy.orm import Session

from services.targets.domain.proposals import Proposal
from services.targets.storage import tables
from services.targets.storage.lists import ListPage, matching, named, page_of
from shared.contracts.targets.commands.allocations import AllocationQuery, ProposalQuery
from shared.database import Row, upsert_newer

Pool = tuple[str, str]  # indicator, unit


@dataclass(frozen=True)
class Share:
    """A unit's share of an item, as lists tell it; without names where the library has it no more."""

    indicator: str
    unit: str
    revision: int
    quantity: Decimal
    indicator_name: str | None
    measure_unit: str | None
    unit_name: str | None


class Allocations:
    def __init__(self, session: Session, bureau: str, cycle: str) -> None:
        self._session, self._key = session, {"bureau": bureau, "cycle": cycle}

    def lock(self, pools: Iterable[Pool] | None = None, *, unit: str | None = None) -> dict[Pool, tuple[Decimal, int]]:
        """Lock allocations and return quantity and revision, held until the end of the
        transaction and taken in one fixed order."""
        table = tables.allocations
        statement = select(table).filter_by(**self._key).order_by(table.c.indicator, table.c.unit)
        if pools is not None:
            statement = statement.where(tuple_(table.c.indicator, table.c.unit).in_(list(pools)))
        if unit is not None:
            statement = statement.where(table.c.unit == unit)
        rows = self._session.execute(statement.with_for_update()).mappings()
        return {(row["indicator"], row["unit"]): (row["quantity"], row["revision"]) for row in rows}

    def save(self, quantities: Iterable[tuple[Pool, Decimal, int]]) -> bool:
        """Save them; False where somebody else changed one of them meanwhile."""
        rows = [
            {**self._key, "indicator": indicator, "unit": unit, "quantity": quantity, "revision": revision}
            for (indicator, unit), quantity, revision in quantities
        ]
        written = upsert_newer(self._session, tables.allocations, rows, ("bureau", "cycle", "indicator", "unit"))
        return len(written) == len(rows)

    def page(self, query: AllocationQuery, library_revision: int) -> ListPage[Share]:
        table = tables.allocations
        statement = named(table, self._key, library_revision, unit_name="unit")
        page = page_of(
            self._session,
            statement.where(*matching(table, indicator=query["indicator"], unit=query["unit"])),
            query,
            key=["indicator", "unit"],
            sorts=("indicator", "indicator_name", "unit", "unit_name", "quantity"),
            looked_in=["indicator", "indicator_name", "unit", "unit_name"],
        )
        return ListPage.read(page, lambda row: Share(**row))


class Proposals:
    def __init__(self, session: Session, bureau: str, cycle: str) -> None:
        self._session, self._key = session, {"bureau": bureau, "cycle": cycle}

    def replace_all(self, proposals: Sequence[Proposal]) -> None:
        self._session.execute(delete(tables.proposals).filter_by(**self._key))
        self.add(proposals)

    def replace_persons(self, pools: Iterable[Pool], proposals: Sequence[Proposal]) -> None:
        """Replace the shares of the persons in these pools; those of the units stay."""
        table = tables.proposals
        here = tuple_(table.c.indicator, table.c.unit).in_(list(pools))
        self._session.execute(delete(table).filter_by(**self._key, layer="person").where(here))
        self.add(proposals)

    def some(self, *, layer: str | None = None, unit: str | None = None, subject: str | None = None) -> list[Proposal]:
        table = tables.proposals
        wanted = {"layer": layer, "unit": unit, "subject": subject}
        statement = select(table).filter_by(**self._key, **{name: value for name, value in wanted.items() if value})
        rows = self._session.execute(statement.order_by(table.c.indicator, table.c.subject)).mappings()
        return [Proposal(**{name: row[name] for name in row if name not in self._key}) for row in rows]

    def of_units(self) -> list[Proposal]:
        return [proposal for proposal in self.some() if proposal.layer != "person"]

    def page(self, query: ProposalQuery, library_revision: int) -> Row:
        table = tables.proposals
        statement = named(table, self._key, library_revision, unit_name="unit", subject_name="subject")
        return page_of(
            self._session,
            statement.where(
                *matching(table, indicator=query["indicator"], unit=query["unit"], subject=query["subject"])
            ),
            query,
            key=["indicator", "subject"],
            sorts=("indicator", "indicator_name", "subject", "subject_name", "unit", "quantity"),
            looked_in=["indicator", "indicator_name", "subject", "subject_name", "unit_name"],
        )

    def add(self, proposals: Sequence[Proposal]) -> None:
        if proposals:
            rows = [{**self._key, **vars(proposal)} for proposal in proposals]
            self._session.execute(insert(tables.proposals), rows)
