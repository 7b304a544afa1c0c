"""What was made of decisions meanwhile: appeals against them, and spot checks that list, hold or have found on them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.declarations.domain.appeals import AGAINST
from services.declarations.domain.steps import step_between
from services.declarations.domain.ways_back import Step, Use, standing_since
from services.declarations.storage.activity import moves_of
from services.declarations.storage.bulk import codes
from services.declarations.storage.check_tables import appeal, inspection
from services.declarations.storage.checks import bound_by_checks
from services.declarations.storage.corrections import corrections_by_appeals


def uses_of(session: Session, bureau: str, kind: str, revisions: Mapping[str, int]) -> dict[str, Use]:
    """Return item -> its use; ``kind``: declaration, task_order, contribution, inspection; ``revisions``: item -> the present one.

    Read it while the items are locked: whoever files an appeal or finds waits for them.
    """
    if not revisions:
        return {}
    held = bound_by_checks(session, bureau, revisions, kind)
    found = _found(session, bureau, kind, revisions)
    appealed = appealed_of(session, bureau, kind, revisions)
    return {one: Use(one in held, one in found, one in appealed) for one in revisions}


def _found(session: Session, bureau: str, kind: str, items: Mapping[str, int]) -> set[str]:
    i = inspection.c
    here = (i.bureau == bureau, i.kind == kind, i.item.in_(codes(items)), i.status == "found")
    return set(session.execute(select(i.item).where(*here)).scalars())


def appealed_since(session: Session, bureau: str, kind: str, revisions: Mapping[str, int]) -> set[str]:
    """Return the items that an appeal is against as they were at their revision of ``revisions`` or later."""
    filed = _filed(session, bureau, kind, revisions)
    return {row.object for row in filed if row.object_revision >= revisions[row.object]}


def appealed_of(session: Session, bureau: str, kind: str, revisions: Mapping[str, int]) -> set[str]:
    """Return those with an open appeal, and those whose standing decision is older than what an appeal decided on it."""
    filed = _filed(session, bureau, kind, revisions)
    corrected = corrections_by_appeals(session, bureau, kind, revisions)
    found = {row.object for row in filed if row.status == "filed"}
    decided = [(row.object, row.object_revision + 1) for row in filed]  # what the appeal's own decision made
    decided += [(row.item, row.revision) for row in corrected]
    items, cycles = {one for one, _ in decided}, {row.cycle for row in (*filed, *corrected)}
    steps = _steps(session, bureau, cycles, _DEEDS.get(kind, kind), items)
    since = {one: standing_since(revisions[one], steps.get(one, ())) for one in items}
    return found | {one for one, revision in decided if since[one] <= revision}


def _filed(session: Session, bureau: str, kind: str, items: Mapping[str, int]) -> list[Any]:
    a = appeal.c
    kinds = [name for name, (against, _) in AGAINST.items() if against == kind]
    statement = select(a.cycle, a.object, a.status, a.object_revision)
    here = (a.bureau == bureau, a.kind.in_(kinds), a.object.in_(codes(items)), a.status != "withdrawn")
    return list(session.execute(statement.where(*here)))


def _steps(session: Session, bureau: str, cycles: set[str], kind: str, items: set[str]) -> dict[str, list[Step]]:
    told: dict[str, list[Step]] = {}
    for row in moves_of(session, bureau, cycles, kind, items):
        step = row.step or step_between(kind, row.before, row.after)
        told.setdefault(row.item, []).append((step, row.before, row.after))
    return told


_DEEDS = {"task_order": "order"}
