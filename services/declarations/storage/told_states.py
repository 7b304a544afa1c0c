"""The states of which the others are told, by their kinds: read again page by page, and counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, select, tuple_
from sqlalchemy.orm import Session

from services.declarations.domain.appeals import Appeal
from services.declarations.domain.campaigns import Evaluation
from services.declarations.domain.contributions import Contribution
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.spot_checks import SpotCheck
from services.declarations.domain.vetoes import Veto
from services.declarations.storage import check_tables, tables
from services.declarations.storage.bulk import as_states
from shared.reconciliation import Tally, tally


@dataclass(frozen=True)
class Kind:
    state: type
    table: Table
    key: Sequence[str]  # what names it in its events
    order: Sequence[str]  # what it is read by; the big tables lie by cycle

    @property
    def columns(self) -> list[Column[Any]]:
        return [self.table.c[name] for name in self.key]


KINDS: Mapping[str, Kind] = {
    "declaration": Kind(Declaration, tables.declaration, ["declaration"], ["cycle", "declaration"]),
    "task_order": Kind(TaskOrder, tables.task_order, ["order"], ["cycle", "order"]),
    "contribution": Kind(Contribution, tables.contribution, ["contribution"], ["contribution"]),
    "evaluation": Kind(Evaluation, tables.evaluation, ["campaign", "subject"], ["campaign", "subject"]),
    "veto": Kind(Veto, tables.veto, ["veto"], ["veto"]),
}
# Nobody else counts these; they are told again all the same, so that the rows can be held against the audit trail.
KEPT_HERE: Mapping[str, Kind] = {
    "spot_check": Kind(SpotCheck, check_tables.spot_check, ["spot_check"], ["spot_check"]),
    "appeal": Kind(Appeal, check_tables.appeal, ["appeal"], ["appeal"]),
}
ALL: Mapping[str, Kind] = {**KINDS, **KEPT_HERE}


def states_after(session: Session, kind: Kind, last: Sequence[str], limit: int) -> list[Any]:
    """Return the next states of a kind, of all bureaus: a lost copy is lost for all of them."""
    columns = [kind.table.c[name] for name in kind.order]
    statement = select(kind.table).order_by(*columns).limit(limit)
    if last:
        statement = statement.where(tuple_(*columns) > tuple_(*last))
    return as_states(kind.state, session.execute(statement))


def tally_by_kind(session: Session, bureau: str, cycle: str) -> dict[str, Tally]:
    """Return one tally for each kind."""
    return {
        name: tally(
            session, kind.columns, kind.table.c.revision, kind.table.c.bureau == bureau, kind.table.c.cycle == cycle
        )
        for name, kind in KINDS.items()
    }
