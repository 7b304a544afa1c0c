"""Proposals to change indicators."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from services.targets.domain.indicator_proposals import IndicatorProposal
from services.targets.storage import office_tables as tables
from services.targets.storage.lists import matching
from shared.contracts.targets.commands.indicator_proposals import IndicatorProposalQuery
from shared.database import upsert_newer
from shared.pages import keyset


class IndicatorProposals:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session, self._bureau = session, bureau

    def some(self, codes: Iterable[str]) -> dict[str, IndicatorProposal]:
        """Return the proposals, held until the end of the transaction."""
        table = tables.indicator_proposals
        statement = select(table).where(table.c.bureau == self._bureau, table.c.proposal.in_(list(codes)))
        rows = self._session.execute(statement.order_by(table.c.proposal).with_for_update()).mappings()
        return {row["proposal"]: _proposal(row) for row in rows}

    def cycles_of(self, codes: Iterable[str]) -> list[str]:
        table = tables.indicator_proposals
        statement = select(table.c.cycle).where(table.c.bureau == self._bureau, table.c.proposal.in_(list(codes)))
        return list(self._session.scalars(statement.distinct().order_by(table.c.cycle)))

    def accepted(self, cycles: Iterable[str]) -> list[IndicatorProposal]:
        """Return the accepted ones, made in one of ``cycles``, and in no library yet."""
        table = tables.indicator_proposals
        return self._held(table.c.cycle.in_(list(cycles)), table.c.status == "accepted")

    def taken_by(self, cycle: str, library_revision: int) -> list[IndicatorProposal]:
        """Return what is in this library, whichever year it was made in."""
        c = tables.indicator_proposals.c
        year = func.coalesce(c.library_cycle, c.cycle)
        return self._held(year == cycle, c.status == "applied", c.library_revision == library_revision)

    def _held(self, *where: ColumnElement[bool]) -> list[IndicatorProposal]:
        """In the order in which they were made; held until the end of the transaction."""
        table = tables.indicator_proposals
        statement = select(table).where(table.c.bureau == self._bureau, *where).order_by(table.c.proposal)
        return [_proposal(row) for row in self._session.execute(statement.with_for_update()).mappings()]

    def save(self, proposals: Iterable[IndicatorProposal]) -> bool:
        """Save them; False where somebody else changed one of them meanwhile."""
        rows = [{"bureau": self._bureau, **vars(one), "changes": dict(one.changes)} for one in proposals]
        return len(upsert_newer(self._session, tables.indicator_proposals, rows, ("bureau", "proposal"))) == len(rows)

    def page(self, query: IndicatorProposalQuery) -> tuple[list[IndicatorProposal], str | None]:
        table = tables.indicator_proposals
        statement = select(table).filter_by(bureau=self._bureau)
        statement = statement.where(
            *matching(table, cycle=query["cycle"], indicator=query["indicator"], status=query["status"])
        )
        order = [table.c.proposal]
        page = keyset(self._session, statement, order=order, after=query["after"], limit=query["limit"])
        return [_proposal(row) for row in page["items"]], page["next"]


def _proposal(row: Mapping[Any, Any]) -> IndicatorProposal:
    return IndicatorProposal(**{name: row[name] for name in row if name != "bureau"})
