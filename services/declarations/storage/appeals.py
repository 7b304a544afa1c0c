"""Appeals, their terms, and the days on which was decided what they are against."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.declarations.domain.appeals import Appeal, DatedTerms, Terms
from services.declarations.storage.aggregates import Store
from services.declarations.storage.bulk import as_states, codes, insert_rows
from services.declarations.storage.check_tables import (
    appeal,
    appeal_terms,
    appeal_terms_since,
    correction,
    decided,
    published_run,
)
from services.declarations.storage.copies import held, look_again
from services.declarations.storage.tables import declaration_history
from shared.clock import today

c = appeal.c


def appeals(session: Session, bureau: str, cycle: str) -> Store[Appeal]:
    return Store(session, bureau, cycle, Appeal, appeal, "appeal")


def last_appeals(
    session: Session, bureau: str, objects: Iterable[tuple[str, str]]
) -> dict[tuple[str, str, str], Appeal]:
    """Return (kind, object, subject) -> the newest appeal against it, withdrawn ones put
    aside; ``objects``: pairs of kind and id."""
    wanted = sorted(set(objects))
    statement = select(appeal).where(
        c.bureau == bureau, c.object.in_(codes(one for _, one in wanted)), c.status != "withdrawn"
    )
    found = as_states(Appeal, session.execute(statement.order_by(c.appeal)))
    return {(one.kind, one.object, one.subject): one for one in found}


def appeal_states(session: Session, bureau: str, kind: str, objects: Sequence[str]) -> dict[str, str]:
    """Return object -> state of the newest appeal against it."""
    statement = select(c.object, c.status).where(c.bureau == bureau, c.kind == kind, c.object.in_(codes(objects)))
    return {row.object: row.status for row in session.execute(statement.order_by(c.appeal))}


def terms_of(session: Session, bureau: str, cycle: str) -> tuple[DatedTerms, int]:
    """Return the cycle's terms with their revision; 0 where the usual ones hold."""
    return held(session, bureau, ("terms", bureau, cycle), lambda: _terms_of(session, bureau, cycle))


def _terms_of(session: Session, bureau: str, cycle: str) -> tuple[DatedTerms, int]:
    t, dated = appeal_terms.c, appeal_terms_since.c
    row = session.execute(select(appeal_terms).where(t.bureau == bureau, t.cycle == cycle)).first()
    mine = select(appeal_terms_since).where(dated.bureau == bureau, dated.cycle == cycle).order_by(dated.since)
    since = [(one.since, Terms(one.file_days, one.decide_days)) for one in session.execute(mine)]
    if not since and row:
        since = [(date.min, Terms(row.file_days, row.decide_days))]
    return DatedTerms(since), row.revision if row else 0


def set_terms(
    session: Session, bureau: str, cycle: str, before: DatedTerms, since: date, terms: Terms, revision: int
) -> bool:
    """Let ``terms`` hold from ``since`` on; tell whether nobody else set them meanwhile."""
    values = {"revision": revision, **vars(terms)}
    statement = insert(appeal_terms).values(bureau=bureau, cycle=cycle, **values)
    statement = statement.on_conflict_do_update(
        index_elements=["bureau", "cycle"], set_=values, where=appeal_terms.c.revision == revision - 1
    )
    if not session.execute(statement).rowcount:  # type: ignore[attr-defined]  # a cursor's result
        return False
    held = {**dict(before.since), since: terms}
    rows = [{"bureau": bureau, "cycle": cycle, "since": day, **vars(one)} for day, one in held.items()]
    dated = insert(appeal_terms_since)
    changed = {name: dated.excluded[name] for name in vars(terms)}
    key = ["bureau", "cycle", "since"]
    session.execute(dated.on_conflict_do_update(index_elements=key, set_=changed), rows)
    look_again(session)
    return True


def keep_decided(session: Session, rows: Iterable[dict[str, str]]) -> None:
    """Keep what was decided today; ``rows``: {"bureau", "kind", "item", "by"} that came into another state today."""
    ordered = sorted(
        ({**row, "on": today()} for row in rows), key=lambda row: (row["bureau"], row["kind"], row["item"])
    )
    insert_rows(session, decided, ordered, replacing=("on", "by"))


def decided_on(session: Session, bureau: str, kind: str, items: Iterable[str]) -> dict[str, tuple[date, str]]:
    """Return item -> the day on which it came into its state, and by whom."""
    d = decided.c
    statement = select(d.item, d.on, d.by).where(d.bureau == bureau, d.kind == kind, d.item.in_(codes(items)))
    return {row.item: (row.on, row.by) for row in session.execute(statement)}


def runs_by_id(session: Session, bureau: str, cycle: str, runs: Iterable[str]) -> Mapping[str, Any]:
    r = published_run.c
    statement = select(published_run).where(r.bureau == bureau, r.cycle == cycle, r.run.in_(codes(runs)))
    return {row.run: row for row in session.execute(statement)}


def returned_by(session: Session, cycle: str, ids: Iterable[str]) -> dict[str, set[str]]:
    """Return declaration -> everybody who ever returned it."""
    h = declaration_history.c
    statement = select(h.declaration, h.by).where(
        h.cycle == cycle, h.declaration.in_(codes(ids)), h.command == "return"
    )
    found: dict[str, set[str]] = {}
    for row in session.execute(statement):
        found.setdefault(row.declaration, set()).add(row.by)
    return found


def corrected_by(session: Session, kind: str, items: Iterable[str]) -> dict[str, set[str]]:
    """Return item -> everybody who corrected it through a check or an appeal."""
    k = correction.c
    found: dict[str, set[str]] = {}
    for row in session.execute(select(k.item, k.by).where(k.kind == kind, k.item.in_(codes(items)))):
        found.setdefault(row.item, set()).add(row.by)
    return found
