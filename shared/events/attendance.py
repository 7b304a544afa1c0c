"""What attendance tells the others."""

from datetime import date, datetime
from decimal import Decimal

from shared.events.declaring import event


@event(owner="attendance", consumers=("declarations", "scoring"), key=("bureau", "subject", "month"))
class AttendanceMonthChanged:
    bureau: str
    subject: str  # person or unit code
    layer: str  # person, division, station
    month: str  # 2026-01
    revision: int
    figures: dict[str, dict[str, Decimal]]  # figure -> counts, e.g. {"late_early": {"late": 1, "early": 0}}
    by: str


@event(owner="attendance", consumers=("declarations",), key=("bureau", "alarm"))
class DeviceAlarm:
    """Something about a clock that whoever keeps the clocks is told: once when it begins, once when it is over."""

    bureau: str
    alarm: str
    revision: int
    serial: str
    kind: str  # shared/vocabulary/attendance.DEVICE_ALARMS
    status: str  # open; ended, accepted, refused
    name: str  # the clock's
    place: str
    since: datetime
    until: datetime | None
    zh: str
    en: str
    by: str


@event(owner="attendance", consumers=("declarations",), key=("bureau", "notice"))
class AttendanceNotice:
    """Something to be told to a person about a day of theirs; told once."""

    bureau: str
    notice: str
    revision: int
    person: str
    kind: str
    day: date
    told_on: date
    due_on: date
    zh: str
    en: str
    link: str  # where the console shows what it is about
    by: str
