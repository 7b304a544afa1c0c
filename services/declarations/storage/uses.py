"""What was made of decisions meanwhile: appeals against them, and spot checks that list, hold or have found on them."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.declarations.domain.appeals import AGAINST
from services.declarations.domain.ways_back import Use, is_about
from services.declarations.storage.bulk import codes
from services.declarations.storage.check_tables import appeal, inspection
from services.declarations.storage.checks import bound_by_checks


def uses_of(session: Session, bureau: str, kind: str, revisions: Mapping[str, int]) -> dict[str, Use]:
    """Return item -> its use; ``kind``: declaration, task_order, contribution, inspection; ``revisions``: item -> the present one.

    Read it while the items are locked: whoever files an appeal or finds waits for them.
    """
    if not revisions:
        return {}
    held = bound_by_checks(session, bureau, revisions, kind)
    found = _found(session, bureau, kind, revisions)
    appealed = _appealed(session, bureau, kind, revisions)
    return {one: Use(one in held, one in found, one in appealed) for one in revisions}


def _found(session: Session, bureau: str, kind: str, items: Mapping[str, int]) -> set[str]:
    i = inspection.c
    here = (i.bureau == bureau, i.kind == kind, i.item.in_(codes(items)), i.status == "found")
    return set(session.execute(select(i.item).where(*here)).scalars())


def _appealed(session: Session, bureau: str, kind: str, revisions: Mapping[str, int]) -> set[str]:
    a = appeal.c
    kinds = [name for name, (against, _) in AGAINST.items() if against == kind]
    statement = select(a.object, a.status, a.object_revision).where(
        a.bureau == bureau, a.kind.in_(kinds), a.object.in_(codes(revisions)), a.status != "withdrawn"
    )
    filed: dict[str, list[tuple[str, int]]] = {}
    for row in session.execute(statement):
        filed.setdefault(row.object, []).append((row.status, row.object_revision))
    return {one for one, against in filed.items() if is_about(revisions[one], against)}
