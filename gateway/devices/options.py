"""What a clock is told when it says hello, and of its time zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from gateway.devices.parser import encoded_time

_HOUR = timedelta(hours=1)

# As a current device accepts them. Stamp=9999: do not send the whole memory again. TransFlag as a bitmask: the list form breaks
# some firmware. The device sets its clock by the Date header and TimeZone, which are hours, or minutes where it is not whole hours.
_OPTIONS = """GET OPTION FROM: {serial}
Stamp=9999
OpStamp=9999
ErrorDelay=30
Delay=10
TransTimes=00:00;14:05
TransInterval=1
TransFlag=1111000000
{time_zone}Realtime=1
Encrypt=0
"""


def options(serial: str, zone: str | None, at: datetime) -> str:
    """Return what a clock in ``zone`` is told; where there is none to tell it keeps the one that it has."""
    return _OPTIONS.format(serial=serial, time_zone="" if zone is None else f"TimeZone={_told(_offset(zone, at))}\n")


def told_time(zone: str | None, at: datetime) -> str:
    """Return what access-control firmware is told of the time: Greenwich's in the maker's counting, and its zone where it has one: +0800."""
    return f"DateTime={encoded_time(at)}" + ("" if zone is None else f",ServerTZ={at.astimezone(ZoneInfo(zone)):%z}")


def _offset(zone: str, at: datetime) -> timedelta:
    return at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


def _told(offset: timedelta) -> int:
    return offset // _HOUR if offset % _HOUR == timedelta() else offset // timedelta(minutes=1)
