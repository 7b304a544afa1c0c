"""Grades of a run, as they were proposed and decided."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.scoring.domain.circumstances import LASTING, LONGEST
from services.scoring.domain.grades import OF_GRADED
from services.scoring.domain.grading import DECIDED, PersonalGrade
from services.scoring.domain.permissions import Sight
from services.scoring.storage.result_tables import grade, grading
from services.scoring.storage.tables import cycle as cycles
from shared.pages import keyset
from shared.vocabulary.refusals import missing

Row = dict[str, Any]
PERSONAL = ("person", "unit", "final", "rank", "proposed", "limited_by", "grade", "reason", "circumstances")
_KEPT = (*PERSONAL, "by_itself")


def grading_of(session: Session, bureau: str, run: str, *, lock: bool = False) -> Row | None:
    chosen = select(grading).where(grading.c.bureau == bureau, grading.c.run == run)
    found = session.execute(chosen.with_for_update() if lock else chosen).mappings().first()
    return _as_told(dict(found)) if found else None


def _as_told(found: Mapping[str, Any]) -> Row:
    """Return the row; grades that were proposed before the quota had a base took it of those who are graded."""
    return {**found, "marks": {"quota_base": OF_GRADED, **found["marks"]}}


def known_grading(session: Session, bureau: str, run: str, *, lock: bool = False) -> Row:
    found = grading_of(session, bureau, run, lock=lock)
    if found is None:
        raise missing("grading.unknown", "该核算尚未提出等次建议", "no grades are proposed for this run")
    return found


def save_grading(session: Session, row: Row) -> None:
    made = insert(grading).values(**row)
    session.execute(made.on_conflict_do_update(index_elements=["bureau", "run"], set_=row))


def replace_grades(session: Session, owner: Row, people: Sequence[PersonalGrade]) -> None:
    """Replace the grades of a run; ``owner``: bureau, run and cycle."""
    session.execute(delete(grade).where(grade.c.bureau == owner["bureau"], grade.c.run == owner["run"]))
    if people:
        session.execute(grade.insert(), [{**owner, **_row(one)} for one in people])


def grades_of(session: Session, bureau: str, run: str) -> list[PersonalGrade]:
    chosen = select(*(grade.c[name] for name in _KEPT)).where(grade.c.bureau == bureau, grade.c.run == run)
    return [PersonalGrade(**row) for row in session.execute(chosen.order_by(grade.c.person)).mappings()]


def page_of_grades(session: Session, head: Row, seen: Sight, public: Collection[str], query: Mapping[str, Any]) -> Row:
    """Return a page of the grades of those whom ``seen`` covers and whoever has one of the ``public`` grades; not
    the one that still waits to be confirmed."""
    c = grade.c
    own = [c.bureau == head["bureau"], c.run == head["run"]]
    if not seen.everybody:
        own.append(or_(c.person == seen.person, c.unit.in_(seen.units), c.grade.in_(public)))
        own += [c.person != head["awaiting"]] if head["awaiting"] is not None else []
    if query["grade"] is not None:
        own.append(c.grade == query["grade"])
    chosen = select(*(c[name] for name in PERSONAL)).where(*own)
    return keyset(session, chosen, order=[c.person], after=query["after"], limit=query["limit"])


def grade_of(session: Session, bureau: str, run: str, person: str) -> Row | None:
    """Return a person's grade once it is decided, by others than himself."""
    own = (grade.c.bureau == bureau, grade.c.run == run, grade.c.person == person)
    decided = (grading.c.status == DECIDED) & settled()
    chosen = select(*(grade.c[name] for name in PERSONAL))
    chosen = chosen.join(grading, (grading.c.bureau == grade.c.bureau) & (grading.c.run == grade.c.run))
    found = session.execute(chosen.where(*own, decided)).mappings().first()
    return dict(found) if found else None


def counts_of_grades(session: Session, bureau: str, run: str, unit: str | None) -> dict[str, int]:
    """Return grade -> persons, once decided; of a unit, or of all."""
    own = [grade.c.bureau == bureau, grade.c.run == run, grading.c.status == DECIDED, settled()]
    own += [grade.c.unit == unit] if unit is not None else []
    joined = (grading.c.bureau == grade.c.bureau) & (grading.c.run == grade.c.run)
    chosen = select(grade.c.grade, func.count()).join(grading, joined).where(*own).group_by(grade.c.grade)
    return {row[0]: row[1] for row in session.execute(chosen)}


def lasting_before(session: Session, bureau: str, cycle: str) -> list[dict[str, tuple[str, ...]]]:
    """Return for the year before, and for each one before that: person -> circumstances decided there that still weigh on this cycle."""
    years, last = [], cycle
    for ago in range(1, LONGEST + 1):
        before = _year_before(session, bureau, last) if last else None
        years.append(_decided_in(session, bureau, before, ago) if before else {})
        last = before or ""
    return years


def _decided_in(session: Session, bureau: str, cycle: str, ago: int) -> dict[str, tuple[str, ...]]:
    before = select(grading.c.run).where(
        grading.c.bureau == bureau, grading.c.cycle == cycle, grading.c.status == DECIDED
    )
    run = session.execute(before.order_by(grading.c.decided_at.desc()).limit(1)).scalar()
    people = grades_of(session, bureau, run) if run else []
    weighing = {name for name, years in LASTING.items() if years >= ago}
    found = {one.person: tuple(name for name in one.circumstances if name in weighing) for one in people}
    return {person: names for person, names in found.items() if names}


def proposed_before(session: Session, bureau: str, cycle: str) -> list[PersonalGrade]:
    """Return the grades as they were proposed or decided the last time that grades of the cycle were proposed."""
    own = select(grading.c.run).where(grading.c.bureau == bureau, grading.c.cycle == cycle)
    run = session.execute(own.order_by(grading.c.proposed_at.desc()).limit(1)).scalar()
    return grades_of(session, bureau, run) if run else []


def settled() -> ColumnElement[bool]:
    """Return the condition that it is not the grade of whoever decided, while nobody else has confirmed it."""
    return grading.c.awaiting.is_distinct_from(grade.c.person)


def _year_before(session: Session, bureau: str, cycle: str) -> str | None:
    """The cycle that ended last before this one began, in the year up to then."""
    c = cycles.c
    starts: date | None = session.execute(select(c.starts).where(c.bureau == bureau, c.cycle == cycle)).scalar()
    if starts is None:
        return None
    ended = (c.bureau == bureau, c.ends < starts, c.ends >= starts - timedelta(days=365))
    return session.execute(select(c.cycle).where(*ended).order_by(c.ends.desc()).limit(1)).scalar()


def _row(one: PersonalGrade) -> Row:
    own = {name: getattr(one, name) for name in PERSONAL}
    return {**own, "circumstances": dict(one.circumstances), "by_itself": list(one.by_itself)}
