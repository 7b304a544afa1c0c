"""What the machines know, kept in step with what was declared of it: who keeps them, and figures that change late."""

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, select, text, tuple_
from sqlalchemy.orm import Session

from services.declarations.domain.cycles import Cycle
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.desks import Desks, desks
from services.declarations.domain.prefill import machine_counts, same_counts
from services.declarations.domain.words import Counts
from services.declarations.storage import tables
from services.declarations.storage.bulk import as_states
from services.declarations.storage.copies import held
from services.declarations.storage.library import MachineFigures, indicators_by_code, open_cycles
from shared.jsontext import dumps

d, i, u = tables.declaration.c, tables.indicator.c, tables.unit.c


def read_desks(session: Session, bureau: str, cycle: str) -> Desks:
    return held(session, bureau, ("desks", bureau, cycle), lambda: _desks(session, bureau, cycle))


def _desks(session: Session, bureau: str, cycle: str) -> Desks:
    assessors: dict[str, list[str]] = {}
    for row in session.execute(_COUNTED, {"bureau": bureau, "cycle": cycle}):
        assessors.setdefault(row.source, []).append(row.assessor)
    return desks(assessors, session.execute(_CENTRES, {"bureau": bureau}).scalars())


def wait_for_figures(session: Session, bureau: str) -> None:
    """Wait for figures, before they are read for a declaration: those being written now are waited for, those to come
    wait for the commit. Without it a figure could change between reading and declaring, and nobody would notice."""
    session.execute(_WAIT, {"name": _lock(bureau)})


def hold_figures(session: Session, bureau: str) -> None:
    session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": _lock(bureau)})


def mark_changed(session: Session, bureau: str, source: str, changed: Iterable[tuple[str, str]]) -> None:
    """Mark what was declared of changed figures; ``changed``: (subject, month). What was declared of it keeps its
    counts; the machine's new ones are put beside them."""
    pairs = sorted(set(changed))
    for cycle in open_cycles(session, bureau) if pairs else ():
        _mark(session, bureau, source, cycle, pairs)


def _mark(session: Session, bureau: str, source: str, cycle: Cycle, pairs: Sequence[tuple[str, str]]) -> None:
    items = {(subject, code) for subject, month in pairs for code, one in cycle.periods.items() if month in one.months}
    declared = _declared(session, bureau, cycle.cycle, source, items)
    if not declared:
        return
    months = {(one.subject, month) for one in declared for month in cycle.periods[one.period].months}
    figures = MachineFigures(session, bureau, months)
    library = indicators_by_code(session, bureau, cycle.cycle, {one.indicator for one in declared})
    rows = []
    for one in declared:
        known = figures.of(one.subject, source)
        now = machine_counts(library[one.indicator], cycle.periods[one.period].months, known)
        rows.append({"declaration": one.declaration, "machine_now": _new(one, now)})
    session.execute(_MARK, {"rows": dumps(rows), "bureau": bureau, "cycle": cycle.cycle})


def _new(declared: Declaration, now: Counts | None) -> Counts | None:
    """What is to be shown beside it: nothing where the machine says what it said, or had said nothing and agrees."""
    known = declared.counts if declared.machine is None else declared.machine
    return None if now is None or same_counts(known, now) else now


def _declared(
    session: Session, bureau: str, cycle: str, source: str, items: Iterable[tuple[str, str]]
) -> list[Declaration]:
    wanted = sorted(set(items))
    counted = select(i.indicator).where(i.bureau == bureau, i.cycle == cycle, i.source == source, i.figure.is_not(None))
    statement = (
        select(tables.declaration)
        .where(d.bureau == bureau, d.cycle == cycle, d.status.in_(["declared", "verified", "assessed", "recorded"]))
        .where(tuple_(d.subject, d.period).in_(wanted), d.indicator.in_(counted))
        .order_by(d.declaration)
        .with_for_update(of=tables.declaration)
    )
    return as_states(Declaration, session.execute(statement)) if wanted else []


# Made once: every batch of declarations asks these.
_COUNTED = select(i.source, i.assessor).where(
    i.bureau == bindparam("bureau"), i.cycle == bindparam("cycle"), i.figure.is_not(None), i.active.is_(True)
)
_CENTRES = select(u.unit).where(u.bureau == bindparam("bureau"), u.kind == "centre", u.active.is_(True))
_WAIT = text("SELECT pg_advisory_xact_lock_shared(hashtext(:name))")
_MARK = text(
    """
    UPDATE declarations.declaration old SET machine_now = nullif(new.machine_now, 'null'::jsonb)
    FROM jsonb_populate_recordset(NULL::declarations.declaration, CAST(:rows AS jsonb)) new
    WHERE old.bureau = :bureau AND old.cycle = :cycle AND old.declaration = new.declaration
      AND old.machine_now IS DISTINCT FROM nullif(new.machine_now, 'null'::jsonb)
    """
)


def _lock(bureau: str) -> str:
    return f"figures {bureau}"
