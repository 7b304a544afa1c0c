"""What stands before a use case: permission, and whose data an actor may see."""

from datetime import date

from services.attendance.domain import permissions
from services.attendance.storage.projections import Copies, Person
from shared.actor import Actor
from shared.database import Session
from shared.errors import Forbidden


def guard(allowed: bool) -> None:  # noqa: FBT001  # reads as a sentence: guard(may_close(actor))
    """Raise ``Forbidden`` unless ``allowed``."""
    if not allowed:
        raise Forbidden("attendance.forbidden", zh="您没有此项考勤权限", en="you may not do this in attendance")


def visible_people(session: Session, actor: Actor, day: date | None = None) -> list[str] | None:
    """Return the persons an actor may see: None for everyone, a head's own unit, as it is and as it was on ``day``, or oneself."""
    if permissions.may_see_all(actor):
        return None
    units = permissions.headed_units(actor)
    people = Copies(session, actor.bureau).persons().values() if units else ()
    headed = [one.code for one in people if units & {one.unit, one.unit_at(day) if day else one.unit}]
    return sorted({*headed, *([actor.person] if actor.person else [])})


def unknown_people(known: dict[str, Person], codes: list[str]) -> list[dict[str, object]]:
    """Return one entry per row whose person the bureau does not have."""
    return [
        {"row": row, "field": "person", "code": "person.unknown", "zh": f"没有人员 {code}", "en": f"no person {code}"}
        for row, code in enumerate(codes)
        if code not in known
    ]
