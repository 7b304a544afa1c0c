"""All that a year in preparation holds, beside its own row: what others did for it, and what the office prepared."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Table, delete, exists, select
from sqlalchemy.orm import Session

from services.targets.storage import claim_tables, generation_tables, handover_tables, office_tables, tables

_OTHERS = (
    tables.allocations,
    tables.claims,
    claim_tables.line_allocations,
    claim_tables.movements,
    generation_tables.judgements,
    handover_tables.handovers,
    office_tables.indicator_proposals,
)
_PREPARED = (
    tables.proposals,
    claim_tables.claim_deadlines,
    claim_tables.excesses,
    generation_tables.bounds,
    generation_tables.forecasts,
    generation_tables.generation_settings,
    generation_tables.generations,
    generation_tables.model_proposals,
    generation_tables.questionnaires,
    handover_tables.handover_rules,
    office_tables.models,
)


def has_others_work(session: Session, bureau: str, cycle: str) -> bool:
    """Tell whether anybody but the office has done something for the year."""
    return any(session.execute(select(exists().where(*_of(table, bureau, cycle)))).scalar_one() for table in _OTHERS)


def delete_prepared(session: Session, bureau: str, cycle: str) -> dict[str, int]:
    """Delete what the office prepared for the year; return how many rows of each table are gone."""
    gone: dict[str, int] = {}
    for table in _PREPARED:
        key = next(iter(table.primary_key.columns))
        rows: Sequence[object] = session.execute(delete(table).where(*_of(table, bureau, cycle)).returning(key)).all()
        gone |= {table.name: len(rows)} if rows else {}
    return gone


def _of(table: Table, bureau: str, cycle: str) -> tuple[ColumnElement[bool], ...]:
    return (table.c.bureau == bureau, table.c.cycle == cycle)
