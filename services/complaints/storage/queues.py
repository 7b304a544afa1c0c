"""What cases wait for: the conditions of the lists that a clerk works off."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import Boolean, ColumnElement, and_, literal_column, not_, or_

from services.complaints.storage.indexed import OPEN
from services.complaints.storage.tables import cases


def handled_by(person: str, headed: Collection[str]) -> ColumnElement[bool]:
    """Return the condition of what ``person`` handles or mediates and of what the units have that they head."""
    mine = or_(cases.c.handler == person, cases.c.mediator == person) if person else cases.c.unit.in_([])
    return or_(mine, cases.c.unit.in_(headed), cases.c.entrusted_to.in_(headed))


def queues(today: date, soon: date, own: ColumnElement[bool]) -> Mapping[str, ColumnElement[bool]]:
    """Return the condition of each queue of shared.vocabulary.complaints.QUEUES. ``soon``: the last day that is near.

    What was decided already waits, too, where a clock of it runs: somebody has still to be told.
    """
    status, due = cases.c.status, cases.c.due
    going_on = literal_column(f"({OPEN})", Boolean)  # as the index of what is open has it
    return {
        "open": going_on,
        "to_assign": status == "registered",
        "mine": and_(own, or_(going_on, due.is_not(None))),
        "soon": and_(due >= today, due <= soon),
        "overdue": due < today,
        "urged": and_(going_on, cases.c.supervisions > 0),
        "follow_up": and_(status == "concluded", cases.c.kind == "complaint", cases.c.followed_up_at.is_(None)),
        "objected": cases.c.objected_at.is_not(None),
        "done": not_(going_on),
    }
