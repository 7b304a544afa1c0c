"""What waits for its day, over all bureaus."""

from datetime import date

from sqlalchemy import and_, exists, or_, select, union
from sqlalchemy.orm import Session

from services.targets.storage import office_tables, tables


def cycles_due(session: Session, day: date) -> list[tuple[str, str]]:
    """Return (bureau, cycle) with a library or a model of ``day`` or before that is not in force yet."""
    cycle, library, model = tables.cycles, tables.libraries, office_tables.models
    here = and_(library.c.bureau == cycle.c.bureau, library.c.cycle == cycle.c.cycle)
    libraries = (
        select(cycle.c.bureau, cycle.c.cycle)
        .join(library, here)
        .where(library.c.library_revision > cycle.c.library_revision, library.c.effective <= day)
        .where(library.c.published_at.is_not(None))
    )
    models = select(model.c.bureau, model.c.cycle).where(model.c.status == "scheduled", model.c.effective <= day)
    return [(bureau, code) for bureau, code in session.execute(union(libraries, models))]


def bureaus_due(session: Session, day: date) -> list[str]:
    """Return bureaus of which a unit or position becomes another on ``day`` or before, or somebody's place
    began or ended since the others were told."""
    history, person, place = office_tables.organisation_history, tables.persons, tables.assignments
    waiting = select(history.c.bureau).where(history.c.in_force.is_(False), history.c.starts <= day)
    begun = and_(place.c.starts > person.c.told_on, place.c.starts <= day)
    ended = and_(place.c.ends >= person.c.told_on, place.c.ends < day)
    changed = exists().where(place.c.bureau == person.c.bureau, place.c.person == person.c.person, or_(begun, ended))
    return list(session.scalars(union(waiting, select(person.c.bureau).where(changed))))
