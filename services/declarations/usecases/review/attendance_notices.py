"""What attendance has to tell a person: kept among the notices, once, however often it is told."""

from collections.abc import Sequence

from services.declarations.storage.notices import NewNotice, keep_notices
from shared.database import Session
from shared.events import AttendanceNotice


def keep_attendance_notices(session: Session, states: Sequence[AttendanceNotice]) -> None:
    keep_notices(session, [_row(one) for one in states])


def _row(state: AttendanceNotice) -> NewNotice:
    content = {"zh": state.zh, "en": state.en, "count": 1, "due_on": state.due_on.isoformat()}
    return {
        "bureau": state.bureau,
        "notice": state.notice,
        "cycle": str(state.day.year),
        "address": f"person:{state.person}",
        "kind": state.kind,
        "about": state.day.isoformat(),
        "on": state.told_on,
        "content": {**content, "link": state.link},
    }
