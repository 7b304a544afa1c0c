"""Devices: heard of, registered and approved; what a pending one sent is replayed when it is approved."""

from datetime import datetime, timedelta
from hmac import compare_digest
from ipaddress import ip_network
from typing import Any

from services.attendance.domain import permissions
from services.attendance.domain.addresses import digest_of
from services.attendance.domain.holding import records_in
from services.attendance.domain.zones import Zones
from services.attendance.storage.commands import Commands
from services.attendance.storage.devices import Devices, told_zones, zones_of
from services.attendance.storage.tables import UNCLAIMED
from services.attendance.usecases.device_alarms import is_welcome
from services.attendance.usecases.guards import guard
from services.attendance.usecases.storing import act_for, release_waiting
from shared.actor import Actor
from shared.batches import each_row
from shared.clock import now
from shared.database import Row, Session
from shared.errors import Conflict, Unavailable
from shared.recording import audit
from shared.vocabulary.refusals import check_revision, conflict, missing

# Anyone can invent serial numbers: so many of one network may wait for approval at once, then new ones of that network have to
# try again later. Those that were silent for a day make room, and rejecting those that are nobody's does.
MOST_PENDING = 50
EXPIRES = timedelta(days=1)
_WAITING = ("pending", "expired")
_SIGN_EVERY = timedelta(seconds=60)
_TOLD = (
    "serial",
    "status",
    "name",
    "place",
    "info",
    "address",
    "seen_at",
    "punched_at",
    "revision",
    "device_group",
    "drift",
    "networks",
    "addresses",
    "time_zone",
    "protocol",
    "unit",
)


def register_device(session: Session, actor: Actor, command: Row) -> Row:
    """Approve a serial number for the actor's bureau, heard of before or not, and count what it sent meanwhile."""
    guard(permissions.may_keep_devices(actor))
    devices, serial = Devices(session), command["serial"]
    before = devices.get(serial, lock=True)
    if before and before["bureau"] not in (UNCLAIMED, actor.bureau):
        raise Conflict("device.elsewhere", zh="该设备已归其他单位使用", en="the device belongs to another bureau")
    facts = {"bureau": actor.bureau, "status": "approved", "name": command["name"], "place": command["place"]}
    facts["device_group"] = command["device_group"]
    if command["networks"] is not None:
        facts["networks"] = [str(ip_network(one)) for one in command["networks"]]
    facts |= _zones(before, command["time_zone"])
    facts |= {} if command["unit"] is None else {"unit": command["unit"]}
    if command["comm_key"] is not None:
        facts |= {"key_digest": digest_of(command["comm_key"]), "keyed_address": ""}
    device = devices.save(serial, **facts)
    released = release_waiting(session, device)
    _note(session, "device.approved", before, device)
    return {**told(device), "released": released}


def _zones(before: Row | None, zone: str | None) -> Row:
    """Return the changes by which a clock is set to ``zone``: from its next hello on, or for all it ever showed where nothing of it
    counts yet: nobody told it a zone before."""
    if zone is None:
        return {}
    counts = before is not None and before["status"] in ("approved", "retired")
    return told_zones(zones_of(before).changed(zone) if before and counts else Zones(zone))


def retire_device(session: Session, actor: Actor, command: Row) -> Row:
    """Take a device out of service: what it still sends is quarantined, what it was to do is cancelled."""
    guard(permissions.may_keep_devices(actor))
    devices, serial = Devices(session), command["serial"]
    before = devices.get(serial, lock=True)
    if before is None or before["bureau"] != actor.bureau:
        raise Conflict("device.unknown", zh="本单位没有该设备", en="the bureau has no such device")
    check_revision("device", command["revision"], before["revision"])
    device = devices.save(serial, bureau=actor.bureau, status="retired", name=before["name"], place=before["place"])
    _note(session, "device.retired", before, device)
    cancelled = Commands(session, serial).cancel_open()
    if cancelled:
        audit(session, action="device_command.over", subject=serial, before={}, after=cancelled)
    return told(device)


def reject_device(session: Session, actor: Actor, command: Row) -> Row:
    """Reject a serial number that waits for approval: it is no clock of ours.
    What it sent stays apart and never counts."""
    guard(permissions.may_keep_devices(actor))
    return told(_reject(session, command["serial"], command["revision"]))


def reject_devices(session: Session, actor: Actor, command: Row) -> Row:
    """Reject serial numbers that somebody invented, all or none."""
    guard(permissions.may_keep_devices(actor))
    rejected = each_row(sorted(set(command["serials"])), lambda serial: _reject(session, serial, None))
    return {"rejected": len(rejected)}


def _reject(session: Session, serial: str, revision: int | None) -> Row:
    devices = Devices(session)
    before = devices.get(serial, lock=True)
    if before is None:
        raise missing("device.unknown", "没有该设备", "there is no such device", "serial")
    check_revision("device", revision, before["revision"])
    if before["status"] not in _WAITING:
        zh, en = "只有待批准的设备可以拒绝", "only a device that waits for approval can be rejected"
        raise conflict("device.state", zh, en, "serial")
    device = devices.save(serial, bureau=before["bureau"], status="rejected")
    _note(session, "device.rejected", before, device)
    return device


def list_devices(session: Session, actor: Actor, query: Row) -> Row:
    guard(permissions.may_see_devices(actor))
    return Devices(session).page(actor.bureau, query)


def note_device(session: Session, _actor: Actor, sign: Row) -> Row:
    """Note a sign of life (a handshake, a poll, a ping), written once a minute
    at most. Returns the device as it stands; who says hello is told its zone by that, and shows it from now on."""
    device, _ = note_sign(session, sign)
    return told(device)


def note_sign(session: Session, sign: Row) -> tuple[Row, bool]:
    """Note a sign of life; returns the device and whether it may speak from where it does."""
    devices, at = Devices(session), now()
    serial, address, info = sign["serial"], sign["address"], sign["info"]
    device = _said_key(session, heard_device(session, serial, at, address), sign)
    if not is_welcome(session, device, address, at):
        return device, False
    signs: dict[str, Any] = {"info": info} if info and info != device["info"] else {}
    if sign.get("protocol") and sign["protocol"] != device["protocol"]:
        signs["protocol"] = sign["protocol"]
    if signs or device["address"] != address or device["seen_at"] is None or at - device["seen_at"] > _SIGN_EVERY:
        devices.seen(serial, seen_at=at, address=address, **signs)
    held = records_in(signs.get("info", ""))
    if held is not None and held != device["held"]:
        devices.note_held(serial, held, at)
    if sign.get("hello") and device["status"] == "approved" and zones_of(device).is_due:
        device = _begin_zone(devices, serial, at)
    return device, True


def _said_key(session: Session, device: Row, sign: Row) -> Row:
    """Let what comes from where a clock says its key count from now on, and what waited from there."""
    digest, address = device["key_digest"], sign["address"]
    key = sign.get("key", "")
    if not (digest and key) or address == device["keyed_address"] or not compare_digest(digest, digest_of(key)):
        return device
    Devices(session).seen(device["serial"], keyed_address=address)
    keyed = {**device, "keyed_address": address}
    if device["status"] == "approved":
        act_for(session, device["bureau"])
        release_waiting(session, keyed)
    return keyed


def _begin_zone(devices: Devices, serial: str, at: datetime) -> Row:
    device = devices.get(serial, lock=True)
    assert device is not None
    devices.seen(serial, **told_zones(zones_of(device).heard(at)))
    return device


def heard_device(session: Session, serial: str, at: datetime, address: str, *, lock: bool = False) -> Row:
    """Return the device with this serial number; one never heard of becomes
    pending. Raises ``Unavailable`` past too many."""
    devices = Devices(session)
    device = devices.get(serial, lock=lock)
    if device is None or device["status"] == "expired":
        _make_room(devices, network_of(address), at)
        devices.first_seen(serial, at, address)
        device = devices.get(serial, lock=lock)
    assert device is not None
    return device


def _make_room(devices: Devices, network: str, at: datetime) -> None:
    """Let expire what has been silent, where a network has as many that wait as it may have."""
    if devices.pending_in(network) < MOST_PENDING:
        return
    devices.expire(network, at - EXPIRES)
    if devices.pending_in(network) >= MOST_PENDING:
        raise Unavailable("device.too_many", zh="待批准设备过多", en="too many devices wait for approval")


def network_of(address: str) -> str:
    """Return the beginning that the addresses of one network have in common:
    three numbers of IPv4, four groups of IPv6."""
    sign, kept = (":", 4) if ":" in address else (".", 3)
    parts = address.split(sign)
    return sign.join(parts[:kept]) + sign if len(parts) > kept else address


def told(device: Row) -> Row:
    return {**{name: device[name] for name in _TOLD}, "keyed": device["key_digest"] != ""}


def _note(session: Session, action: str, before: Row | None, after: Row) -> None:
    kept = ("status", "name", "place", "networks", "time_zone", "revision")
    old = {name: before[name] for name in kept} if before else {}
    audit(session, action=action, subject=after["serial"], before=old, after={name: after[name] for name in kept})
