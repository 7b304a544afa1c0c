"""Devices: heard of, registered and approved; what a pending one sent is replayed when it is approved."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from services.attendance.domain import permissions
from services.attendance.storage.devices import UNCLAIMED, Devices
from services.attendance.storage.punches import Quarantine
from services.attendance.usecases.guards import guard
from services.attendance.usecases.keeping import keep_punches
from shared.actor import Actor
from shared.clock import now
from shared.database import Row
from shared.errors import Conflict, Unavailable
from shared.recording import audit
from shared.vocabulary.refusals import check_revision

# Anyone can invent serial numbers: so many may wait for approval at once, then new ones have to try again later.
MOST_PENDING = 200
_SIGN_EVERY = timedelta(seconds=60)
_TOLD = ("serial", "status", "name", "place", "info", "address", "seen_at", "punched_at", "revision")


def register_device(session: Session, actor: Actor, command: Row) -> Row:
    """Approve a serial number for the actor's bureau, heard of before or not, and count what it sent meanwhile."""
    guard(permissions.may_keep_devices(actor))
    devices, serial = Devices(session), command["serial"]
    before = devices.get(serial, lock=True)
    if before and before["bureau"] not in (UNCLAIMED, actor.bureau):
        raise Conflict("device.elsewhere", zh="该设备已归其他单位使用", en="the device belongs to another bureau")
    facts = {"bureau": actor.bureau, "status": "approved", "name": command["name"], "place": command["place"]}
    device = devices.save(serial, **facts)
    waiting = Quarantine(session, serial).release()
    keep_punches(session, actor.bureau, waiting, now())
    _note(session, "device.approved", before, device)
    return {**told(device), "released": len(waiting)}


def retire_device(session: Session, actor: Actor, command: Row) -> Row:
    """Take a device out of service: what it still sends is quarantined."""
    guard(permissions.may_keep_devices(actor))
    devices, serial = Devices(session), command["serial"]
    before = devices.get(serial, lock=True)
    if before is None or before["bureau"] != actor.bureau:
        raise Conflict("device.unknown", zh="本单位没有该设备", en="the bureau has no such device")
    check_revision("device", command["revision"], before["revision"])
    device = devices.save(serial, bureau=actor.bureau, status="retired", name=before["name"], place=before["place"])
    _note(session, "device.retired", before, device)
    return told(device)


def list_devices(session: Session, actor: Actor, query: Row) -> Row:
    guard(permissions.may_see_devices(actor))
    return Devices(session).page(actor.bureau, query["status"], query["after"], query["limit"])


def note_device(session: Session, _actor: Actor, sign: Row) -> Row:
    """A sign of life: a handshake, a poll, a ping. Written once a minute at most. Returns the device as it stands."""
    devices, at = Devices(session), now()
    serial, address, info = sign["serial"], sign["address"], sign["info"]
    device = heard_device(session, serial, at, address)
    signs: dict[str, Any] = {"info": info} if info and info != device["info"] else {}
    if signs or device["address"] != address or device["seen_at"] is None or at - device["seen_at"] > _SIGN_EVERY:
        devices.seen(serial, seen_at=at, address=address, **signs)
    return told(device)


def heard_device(session: Session, serial: str, at: datetime, address: str, *, lock: bool = False) -> Row:
    """The device with this serial number; one never heard of becomes pending. Raises ``Unavailable`` past too many."""
    devices = Devices(session)
    device = devices.get(serial, lock=lock)
    if device is None:
        if devices.pending_count() >= MOST_PENDING:
            raise Unavailable("device.too_many", zh="待批准设备过多", en="too many devices wait for approval")
        devices.first_seen(serial, at, address)
        device = devices.get(serial, lock=lock)
    assert device is not None
    return device


def act_for(session: Session, bureau: str) -> None:
    """A push has no account and its bureau is known only from the device: whatever it records, it records there."""
    session.info["actor"] = replace(session.info["actor"], bureau=bureau)


def told(device: Row) -> Row:
    return {name: device[name] for name in _TOLD}


def _note(session: Session, action: str, before: Row | None, after: Row) -> None:
    kept = ("status", "name", "place", "revision")
    old = {name: before[name] for name in kept} if before else {}
    audit(session, action=action, subject=after["serial"], before=old, after={name: after[name] for name in kept})
