"""What attendance has to tell about a clock: kept among the notices of whoever keeps the clocks, once, however often it is told."""

from collections.abc import Sequence

from services.declarations.domain.notices import CLOCKS_DESK
from services.declarations.storage.notices import NewNotice, keep_notices
from shared.clock import bureau_date
from shared.database import Session
from shared.events import DeviceAlarm
from shared.ids import new_id


def keep_device_alarms(session: Session, states: Sequence[DeviceAlarm]) -> None:
    keep_notices(session, [_row(one) for one in states])


def _row(state: DeviceAlarm) -> NewNotice:
    on = bureau_date(state.until or state.since)
    return {
        "bureau": state.bureau,
        "notice": new_id(),
        "cycle": f"{bureau_date(state.since):%Y}",
        "address": CLOCKS_DESK,
        "kind": "device_alarm_over" if state.until else "device_alarm",
        "about": state.alarm,
        "on": on,
        "content": {
            "zh": state.zh,
            "en": state.en,
            "count": 1,
            "due_on": on.isoformat(),
            "link": f"/devices/{state.serial}",
            "item": state.serial,
        },
    }
