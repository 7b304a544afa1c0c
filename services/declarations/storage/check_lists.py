"""Spot checks and inspections as they are shown: by page, one by one, and with the draw that anyone may repeat."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.declarations.storage.check_tables import correction, inspection, spot_check
from services.declarations.storage.paging import page_of
from services.declarations.storage.scopes import Scope
from services.declarations.storage.tables import contribution, declaration, task_order
from shared.contracts.declarations.commands.inspections import InspectionQuery
from shared.contracts.declarations.commands.spot_checks import CorrectionQuery, SpotCheckQuery
from shared.database import Row

CHECK_FILTERS = ("status", "kind", "period")
CHECK_SORTS = ("title", "announced_by", "status")
INSPECTION_FILTERS = ("spot_check", "status", "verdict", "subject", "unit", "inspector")
INSPECTION_SORTS = ("place", "subject", "unit", "status")
_ITEMS = {
    "declaration": (declaration, "declaration"),
    "task_order": (task_order, "order"),
    "contribution": (contribution, "contribution"),
}


def page_of_checks(session: Session, bureau: str, query: SpotCheckQuery) -> Row:
    """Return a page of all that the bureau has, cancelled ones too."""
    c = spot_check.c
    statement = select(spot_check).where(c.bureau == bureau, c.cycle == query["cycle"])
    return page_of(session, statement, query, key=c.spot_check, sorts=CHECK_SORTS, filters=CHECK_FILTERS)


def check_by_id(session: Session, bureau: str, one: str) -> Row | None:
    statement = select(spot_check).where(spot_check.c.bureau == bureau, spot_check.c.spot_check == one)
    row = session.execute(statement).mappings().first()
    return dict(row) if row else None


def sample_of(session: Session, check: str) -> list[Row]:
    """Return what was drawn, in its order: the item, its chance, who stood back and who inspects."""
    c = inspection.c
    statement = select(c.kind, c.item, c.probability, c.recused, c.inspector).where(c.spot_check == check)
    return [dict(row) for row in session.execute(statement.order_by(c.place)).mappings()]


def page_of_inspections(session: Session, scope: Scope, query: InspectionQuery) -> Row:
    """Return a page of those that the actor may see or inspects."""
    c = inspection.c
    statement = select(inspection).where(
        c.bureau == scope.actor.bureau, c.cycle == query["cycle"], scope.sees(inspection)
    )
    return page_of(session, statement, query, key=c.inspection, sorts=INSPECTION_SORTS, filters=INSPECTION_FILTERS)


def corrections_of(session: Session, scope: Scope, query: CorrectionQuery) -> list[Row]:
    """Return what was corrected in one item, in its order, where the actor may see the item."""
    c = correction.c
    table, key = _ITEMS[query["kind"]]
    visible = select(table.c[key]).where(table.c.bureau == scope.actor.bureau, scope.sees(table))
    statement = select(correction).where(
        c.bureau == scope.actor.bureau,
        c.cycle == query["cycle"],
        c.kind == query["kind"],
        c.item == query["item"],
        c.item.in_(visible),
    )
    return [dict(row) for row in session.execute(statement.order_by(c.revision)).mappings()]
