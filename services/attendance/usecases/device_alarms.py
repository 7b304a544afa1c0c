"""What is suspicious about a clock's addresses: noticed at every sign, decided by who keeps the clocks."""

from datetime import datetime

from services.attendance.domain import permissions
from services.attendance.domain.addresses import KEYLESS, UNWELCOME, Known, suspicions
from services.attendance.storage.device_alarms import DeviceAlarms
from services.attendance.storage.devices import Devices
from services.attendance.usecases.guards import guard
from services.attendance.usecases.storing import act_for, release_waiting
from services.attendance.usecases.telling import tell_alarm
from shared.actor import Actor
from shared.clock import now
from shared.database import Row, Session
from shared.recording import audit
from shared.vocabulary.attendance import ADDRESS_ALARMS
from shared.vocabulary.refusals import check_revision, conflict, missing


def is_welcome(session: Session, device: Row, address: str, at: datetime) -> bool:
    """Tell whether what comes from ``address`` in the name of ``device`` counts, and alarm whoever keeps the clocks where it is suspicious."""
    if device["status"] != "approved":
        return True
    found = suspicions(_known(device), address, at)
    for kind in found:
        _alarm(session, device, kind, address, at)
    if any(kind in UNWELCOME for kind in found):
        return False
    _note_address(session, device, address, at)
    return True


def list_device_alarms(session: Session, actor: Actor, query: Row) -> Row:
    guard(permissions.may_see_devices(actor))
    return DeviceAlarms(session, actor.bureau).page(query)


def settle_device_alarm(session: Session, actor: Actor, command: Row) -> Row:
    """Say whether the address is the clock's: then it is known from now on, and what waited from there counts."""
    guard(permissions.may_keep_devices(actor))
    alarms, devices = DeviceAlarms(session, actor.bureau), Devices(session)
    row = alarms.get(str(command["alarm"]))
    if row is None:
        raise missing("alarm.unknown", "没有该告警", "there is no such alarm")
    check_revision("alarm", command["revision"], row["revision"])
    if row["kind"] not in ADDRESS_ALARMS:
        raise conflict("alarm.ends_itself", "该告警在设备恢复后自行解除", "it ends as soon as the clock is right")
    if row["status"] != "open":
        raise conflict("alarm.settled", "该告警已处理", "it is settled already")
    status = "accepted" if command["accept"] else "refused"
    device = devices.get(row["serial"], lock=True)
    released = 0
    if command["accept"] and device is not None and device["bureau"] == actor.bureau:
        released = _accept(session, device, row)
    alarms.settle(row, status, actor.account, command["remark"])
    kept = {"serial": row["serial"], "kind": row["kind"], "address": row["address"]}
    after = {**kept, "status": status, "remark": command["remark"], "released": released}
    audit(session, action="device_alarm.settled", subject=row["alarm"], before={**kept, "status": "open"}, after=after)
    tell_alarm(session, {**row, "status": status, "revision": row["revision"] + 1}, device, now())
    return {"alarm": row["alarm"], "status": status, "revision": row["revision"] + 1, "released": released}


def _accept(session: Session, device: Row, alarm: Row) -> int:
    address = alarm["address"]
    changes: Row = {"addresses": _with(device["addresses"], address)}
    if alarm["kind"] == KEYLESS:
        changes["keyed_address"] = address
    if device["networks"]:
        changes["networks"] = _with(device["networks"], address)
    changed = Devices(session).save(device["serial"], bureau=device["bureau"], status=device["status"], **changes)
    return release_waiting(session, changed) if device["status"] == "approved" else 0


def _with(known: list[str], address: str) -> list[str]:
    return known if address in known else [*known, address]


def _known(device: Row) -> Known:
    known = (tuple(device["networks"]), tuple(device["addresses"]))
    keyed = device["keyed_address"] if device["key_digest"] else None
    return Known(*known, device["address"], device["previous_address"], device["previous_until"], keyed)


def _alarm(session: Session, device: Row, kind: str, address: str, at: datetime) -> None:
    raised = DeviceAlarms(session, device["bureau"]).raise_(device["serial"], kind, address, device["address"], at)
    if raised:
        act_for(session, device["bureau"])
        after = {name: raised[name] for name in ("serial", "kind", "address", "other")}
        audit(session, action="device_alarm.raised", subject=raised["alarm"], before={}, after=after)
        tell_alarm(session, raised, device, None)


def _note_address(session: Session, device: Row, address: str, at: datetime) -> None:
    """Keep where it speaks from and where it spoke from before; the first address is known without asking."""
    changes: Row = {}
    if device["address"] != address:
        before = {"previous_address": device["address"], "previous_until": at} if device["address"] else {}
        changes = {"address": address, **before}
    if not device["addresses"]:
        changes["addresses"] = [address]
    if changes:
        Devices(session).seen(device["serial"], **changes)
