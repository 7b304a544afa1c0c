"""What a clock sends. Everything is stored before the answer leaves: the answer is what lets the clock forget it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from services.attendance.domain import permissions
from services.attendance.storage.devices import Devices
from services.attendance.storage.punches import Punch, Punches, Quarantine
from services.attendance.usecases.devices import act_for, heard_device
from services.attendance.usecases.guards import guard
from services.attendance.usecases.keeping import keep_punches
from shared.actor import Actor
from shared.clock import now
from shared.database import Row
from shared.errors import Unavailable

# A full memory is 200,000 punches; an unapproved serial number that sends more is asked to come again later.
MOST_QUARANTINED = 250_000


def take_punches(session: Session, _actor: Actor, push: Row) -> Row:
    """Store one push of a device: ``{"taken": lines, "new": punches not known before, "status": of the device}``."""
    received = now()
    device = heard_device(session, push["serial"], received, push["address"], lock=True)
    quarantine = Quarantine(session, push["serial"])
    quarantine.add_rejected([(line["raw"], line["reason"]) for line in push["rejected"]], received)
    new = _once(Punch(push["serial"], **line) for line in push["punches"])
    if device["status"] == "approved":
        act_for(session, device["bureau"])
        added = keep_punches(session, device["bureau"], new, received)
    else:
        added = _set_apart(quarantine, new, received)
    Devices(session).seen(push["serial"], seen_at=received, address=push["address"], punched_at=received)
    return {"taken": len(push["punches"]) + len(push["rejected"]), "new": added, "status": device["status"]}


def list_punches(session: Session, actor: Actor, query: Row) -> Row:
    """List punches: one's own, or everybody's for those who keep the clocks or read everything."""
    guard(permissions.may_see_punches(actor, query["person"], query["state"]))
    return Punches(session, actor.bureau).page(query["state"], query["person"], query["after"], query["limit"])


def _set_apart(quarantine: Quarantine, new: list[Punch], received: Any) -> int:
    if quarantine.size() + len(new) > MOST_QUARANTINED:
        raise Unavailable(
            "device.quarantine_full", zh="该设备未经批准且数据过多", en="too many punches of an unapproved device"
        )
    quarantine.add(new, received)
    return len(new)


def _once(punches: Iterable[Punch]) -> list[Punch]:
    """A device may repeat a punch within one push."""
    return list({(one.pin, one.time, one.status, one.verify): one for one in punches}.values())
