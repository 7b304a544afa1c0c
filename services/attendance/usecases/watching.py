"""Alarms that begin and end by themselves: each is told once when it begins and once when it ends."""

from collections.abc import Mapping
from datetime import datetime

from services.attendance.domain.device_alarms import words
from services.attendance.storage.device_alarms import DeviceAlarms
from services.attendance.storage.devices import Devices
from services.attendance.usecases.telling import tell_alarm
from services.attendance.usecases.wall import standing
from shared.clock import now
from shared.database import Row, Session
from shared.vocabulary.attendance import CONDITION_ALARMS

MOST_UNKNOWN = 20  # alarms about serial numbers that nobody knows: anybody can invent more
_LOOKED_AT = 5000
Wrong = Mapping[tuple[str, str], Row]  # (serial number, kind) -> the clock


def watch_clocks(session: Session, bureau: str) -> int:
    """Begin and end the alarms of a bureau's clocks as they stand now; returns how many were told."""
    at = now()
    wrong = {**_known(session, bureau, at), **_unknown(session)}
    alarms = DeviceAlarms(session, bureau)
    stands = {(row["serial"], row["kind"]): row for row in alarms.open_of(CONDITION_ALARMS)}
    told = 0
    for key in sorted(stands.keys() - wrong.keys()):
        if ended := alarms.end(stands[key], at):
            tell_alarm(session, ended, Devices(session).get(key[0]), at)
            told += 1
    begun = sorted(wrong.keys() - stands.keys())
    room = MOST_UNKNOWN - sum(kind == "unknown" for _, kind in stands.keys() & wrong.keys())
    for serial, kind in begun:
        device = wrong[serial, kind]
        if kind == "unknown":
            room -= 1
        if (kind != "unknown" or room >= 0) and (
            raised := alarms.raise_(serial, kind, "", words(kind, device).detail, at)
        ):
            tell_alarm(session, raised, device, None)
            told += 1
    return told


def _known(session: Session, bureau: str, at: datetime) -> Wrong:
    """Return what is wrong with approved clocks; one that was never heard of is not connected yet."""
    return {
        (row["serial"], kind): {**row, "missing": signs.missing}
        for row, signs in standing(session, bureau, at)
        if row["seen_at"] is not None
        for kind in signs.wrong(at)
    }


def _unknown(session: Session) -> Wrong:
    return {(row["serial"], "unknown"): row for row in Devices(session).pending(_LOOKED_AT)}
