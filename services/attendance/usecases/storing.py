"""Storing punches: those that can be true count, the others are kept apart; closed months they fall in are recomputed."""

from collections.abc import Sequence
from dataclasses import replace

from services.attendance.domain.plausibility import doubt
from services.attendance.storage.apart import Apart
from services.attendance.storage.devices import zones_of
from services.attendance.storage.enrolments import Enrolments
from services.attendance.storage.months import Months
from services.attendance.storage.punches import Punch, Punches, identity_of, local, placed
from services.attendance.storage.quarantine import Quarantine
from services.attendance.usecases.months import months_touched, refresh
from shared.database import Row, Session
from shared.vocabulary.networks import is_within


def keep_punches(session: Session, device: Row, sent: Sequence[Punch]) -> int:
    """Store each punch once, as sent by the clock; returns how many were new. What had to wait is as doubtful as on the day it came;
    what HR decides on, or has decided, stays so when the clock sends it again."""
    bureau = device["bureau"]
    apart = Apart(session, bureau)
    zones = zones_of(device)
    known = apart.decided(sent) | apart.told_before(sent, zones)
    new = placed([one for one in sent if identity_of(one) not in known], zones)
    held = apart.doubted(new)
    received = {at: local(at) for at in {punch.received for punch in new}}
    doubts = [(punch, doubt(punch.time, received[punch.received])) for punch in new if identity_of(punch) not in held]
    sound = [punch for punch, why in doubts if why is None]
    doubted = [(punch, why) for punch, why in doubts if why is not None]
    return count_punches(session, bureau, sound) + Punches(session, bureau).add_suspect(doubted)


def count_punches(session: Session, bureau: str, sound: Sequence[Punch]) -> int:
    """Store punches that count, each once, and recompute the closed months they fall in; returns how many were new."""
    closed = Months(session, bureau).hold_open(months_touched(punch.time.date() for punch in sound))
    added = Punches(session, bureau).add(sound)
    if closed and added:
        late = set(months_touched(local(row["time"]).date() for row in added)) & set(closed)
        people = Enrolments(session, bureau).persons_of({row["pin"] for row in added})
        refresh(session, bureau, sorted(late), people, "punch")
    return len(added)


def release_waiting(session: Session, device: Row) -> int:
    """Count what waited and came from where the device may speak; what came from elsewhere goes on waiting."""
    quarantine, networks = Quarantine(session, device["serial"]), device["networks"]
    sources = {one for one in quarantine.addresses() if not networks or not one or is_within(one, networks)}
    waiting = quarantine.release(sources)
    keep_punches(session, device, waiting)
    return len(waiting)


def act_for(session: Session, bureau: str) -> None:
    """Act for the device's bureau: a push has no account and its bureau is known only from the
    device: whatever it records, it records there."""
    session.info["actor"] = replace(session.info["actor"], bureau=bureau)
