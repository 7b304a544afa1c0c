"""Tell the others of an alarm about a clock: when it begins, and when it is over."""

from datetime import datetime

from services.attendance.domain.device_alarms import over, words
from shared.database import Row, Session
from shared.events import DeviceAlarm
from shared.recording import record


def tell_alarm(session: Session, alarm: Row, device: Row | None, until: datetime | None) -> None:
    """Tell of ``alarm`` as it is now, of ``device``, None where that is no longer known; ``until``: when it ended."""
    device = device or {"serial": alarm["serial"], "name": "", "place": ""}
    said = over(alarm["kind"], device) if until else words(alarm["kind"], device, alarm["address"])
    state = DeviceAlarm(
        bureau=alarm["bureau"],
        alarm=alarm["alarm"],
        revision=alarm["revision"],
        serial=alarm["serial"],
        kind=alarm["kind"],
        status=alarm["status"],
        name=device["name"],
        place=device["place"],
        since=alarm["first_at"],
        until=until,
        zh=said.zh,
        en=said.en,
        by=session.info["actor"].account,
    )
    record(session, state)
