"""What other services have to tell a person or a duty: kept among the notices, once, however often it is told."""

from collections.abc import Sequence
from datetime import date

from services.declarations.domain.notices import CLOCKS_DESK, Content
from services.declarations.storage.notices import NewNotice, keep_notices
from shared.clock import bureau_date
from shared.database import Session
from shared.events import AttendanceNotice, CaseNotice, DeviceAlarm
from shared.ids import new_id

# Where the console shows what is told of no single case.
_LINKS = {"hot_spot": "/hot-spots", "calendar_unknown": "/cycles"}


def keep_attendance_notices(session: Session, states: Sequence[AttendanceNotice]) -> None:
    """Keep what attendance tells a person about a day."""
    keep_notices(session, [_of_attendance(one) for one in states])


def keep_case_notices(session: Session, states: Sequence[CaseNotice]) -> None:
    """Keep what complaints tells a person or a duty about a case."""
    keep_notices(session, [_of_case(one) for one in states])


def keep_device_alarms(session: Session, states: Sequence[DeviceAlarm]) -> None:
    """Keep what attendance tells about a clock, for whoever keeps the clocks."""
    keep_notices(session, [_of_clock(one) for one in states])


def _content(state: AttendanceNotice | CaseNotice | DeviceAlarm, due: date) -> Content:
    return {"zh": state.zh, "en": state.en, "count": 1, "due_on": due.isoformat()}


def _of_attendance(state: AttendanceNotice) -> NewNotice:
    return {
        "bureau": state.bureau,
        "notice": state.notice,
        "cycle": str(state.day.year),
        "address": f"person:{state.person}",
        "kind": state.kind,
        "about": state.day.isoformat(),
        "on": state.told_on,
        "content": {**_content(state, state.due_on), "link": state.link},
    }


def _of_case(state: CaseNotice) -> NewNotice:
    content = _content(state, state.due_on)
    return {
        "bureau": state.bureau,
        "notice": state.notice,
        "cycle": state.cycle,
        "address": state.address,
        "kind": state.kind,
        "about": f"{state.case} {state.about}".strip(),
        "on": state.told_on,
        "content": {
            **content,
            "channel": state.channel,
            "phone": state.phone,
            "case": state.case or None,
            "link": f"/cases/{state.case}" if state.case else _LINKS.get(state.kind, "/cases"),
        },
    }


def _of_clock(state: DeviceAlarm) -> NewNotice:
    on = bureau_date(state.until or state.since)
    return {
        "bureau": state.bureau,
        "notice": new_id(),
        "cycle": f"{bureau_date(state.since):%Y}",
        "address": CLOCKS_DESK,
        "kind": "device_alarm_over" if state.until else "device_alarm",
        "about": state.alarm,
        "on": on,
        "content": {**_content(state, on), "link": f"/devices/{state.serial}", "item": state.serial},
    }
