"""What waits for its day, over all bureaus."""

from datetime import date

from sqlalchemy import and_, select, union
from sqlalchemy.orm import Session

from services.targets.storage import office_tables, tables


def cycles_due(session: Session, day: date) -> list[tuple[str, str]]:
    """(bureau, cycle) with a library or a model of ``day`` or before that is not in force yet."""
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
