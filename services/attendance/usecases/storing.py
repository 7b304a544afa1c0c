"""Storing punches: those that can be true count, the others are kept apart; closed months they fall in are recomputed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from services.attendance.domain.plausibility import doubt
from services.attendance.storage.apart import Apart
from services.attendance.storage.devices import zones_of
from services.attendance.storage.enrolments import Enrolments
from services.attendance.storage.months import Months
from services.attendance.storage.punches import IDENTITY, Identity, Punch, Punches, identity_of, instant, local, placed
from services.attendance.storage.quarantine import Quarantine
from services.attendance.usecases.months import months_touched, refresh
from shared.database import Row, Session
from shared.vocabulary.networks import is_within


def keep_punches(session: Session, device: Row, sent: Sequence[Punch]) -> int:
    """Store each punch once, as sent by the clock; returns how many were new. What had to wait is as doubtful as on the day it came;
    what HR decides on, or has decided, stays so when the clock sends it again."""
    return keep_pushes(session, [(device, sent)])[0]


def keep_pushes(session: Session, pushed: Sequence[tuple[Row, Sequence[Punch]]]) -> list[int]:
    """Store what clocks of one bureau sent, as ``keep_punches`` does, with as many statements as for one; returns for each how many were new."""
    bureau = pushed[0][0]["bureau"]
    apart = Apart(session, bureau)
    decided = apart.decided([one for _, sent in pushed for one in sent])
    new = [_counted(apart, device, sent, decided) for device, sent in pushed]
    every = [one for own in new for one in own]
    held = apart.doubted(every)
    received = {at: local(at) for at in {punch.received for punch in every}}
    undoubted = [one for one in every if identity_of(one) not in held] if held else every
    doubts = [(punch, doubt(punch.time, received[punch.received])) for punch in undoubted]
    sound = [punch for punch, why in doubts if why is None]
    doubted = [(punch, why) for punch, why in doubts if why is not None]
    number, named = _count(session, bureau, sound, named=len(pushed) > 1)
    suspect = Punches(session, bureau).add_suspect(doubted)
    if len(pushed) == 1:
        return [number + len(suspect)]
    stored = {tuple(row[name] for name in IDENTITY) for row in [*named, *suspect]}
    return [_claimed(own, stored) for own in new]


def _counted(apart: Apart, device: Row, sent: Sequence[Punch], decided: set[Identity]) -> list[Punch]:
    """Return what may count of what a clock sent, by the bureau's time."""
    zones = zones_of(device)
    known = decided | apart.told_before(sent, zones)
    return placed([one for one in sent if identity_of(one) not in known] if known else sent, zones)


def _claimed(own: Sequence[Punch], stored: set[tuple[Any, ...]]) -> int:
    """Return how many of ``own`` were stored and nobody claimed before: a clock may push the same twice at one time."""
    mine = {(one.device, one.pin, instant(one.time), one.status, one.verify) for one in own} & stored
    stored -= mine
    return len(mine)


def count_punches(session: Session, bureau: str, sound: Sequence[Punch]) -> int:
    """Store punches that count, each once, and recompute the closed months they fall in; returns how many were new."""
    return _count(session, bureau, sound)[0]


def _count(session: Session, bureau: str, sound: Sequence[Punch], *, named: bool = False) -> tuple[int, list[Row]]:
    """Count ``sound``; returns how many were new, and which, ``named`` or where that has to be known."""
    closed = Months(session, bureau).hold_open(months_touched(punch.time.date() for punch in sound))
    if not closed and not named:
        return Punches(session, bureau).add_unnamed(sound), []
    added = Punches(session, bureau).add(sound)
    if closed and added:
        late = set(months_touched(local(row["time"]).date() for row in added)) & set(closed)
        people = Enrolments(session, bureau).persons_of({row["pin"] for row in added})
        refresh(session, bureau, sorted(late), people, "punch")
    return len(added), added


def release_waiting(session: Session, device: Row) -> int:
    """Count what waited and came from where the device may speak; what came from elsewhere goes on waiting."""
    quarantine, networks = Quarantine(session, device["serial"]), device["networks"]
    sources = {one for one in quarantine.addresses() if not networks or not one or is_within(one, networks)}
    if device["key_digest"]:
        sources &= {device["keyed_address"], ""}
    waiting = quarantine.release(sources)
    keep_punches(session, device, waiting)
    return len(waiting)


def act_for(session: Session, bureau: str) -> None:
    """Act for the device's bureau: a push has no account and its bureau is known only from the
    device: whatever it records, it records there."""
    session.info["actor"] = replace(session.info["actor"], bureau=bureau)
