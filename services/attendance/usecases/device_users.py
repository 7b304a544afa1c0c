"""The users that clocks have, against the staff who have a PIN on them."""

from services.attendance.domain import permissions
from services.attendance.storage.device_users import DeviceUsers
from services.attendance.storage.devices import Devices
from services.attendance.usecases.device_alarms import is_welcome
from services.attendance.usecases.devices import heard_device
from services.attendance.usecases.guards import guard
from shared.actor import Actor
from shared.clock import now
from shared.database import Row, Session
from shared.vocabulary.refusals import missing

MOST_USERS = 20_000  # of one clock; the largest hold half as many


def note_users(session: Session, _actor: Actor, told: Row) -> Row:
    """Keep the users that an approved clock tells: ``{"kept": users}``; what others tell is nobody's list."""
    received = now()
    device = heard_device(session, told["serial"], received, told["address"], lock=True)
    if not is_welcome(session, device, told["address"], received):
        return {"kept": 0}
    encoding = {"encoding": told["encoding"]} if told["encoding"] else {}
    Devices(session).seen(told["serial"], seen_at=received, address=told["address"], **encoding)
    users = DeviceUsers(session, told["serial"])
    told_of = len(told["users"]) + len(told["biometric"])
    if device["status"] != "approved" or users.size() + told_of > 2 * MOST_USERS:
        return {"kept": 0}
    users.keep([(one["pin"], one["name"]) for one in told["users"]], received)
    users.keep_biometric(told["biometric"], received)
    return {"kept": len(told["users"])}


def list_device_users(session: Session, actor: Actor, query: Row) -> Row:
    """List who has a PIN on a clock and is none of its users, its users whom nobody stands behind, and who is one without a finger
    or a face."""
    guard(permissions.may_see_enrolments(actor))
    device = Devices(session).get(query["serial"])
    if device is None or device["bureau"] != actor.bureau:
        raise missing("device.unknown", "本单位没有该设备", "the bureau has no such device", "serial")
    users = DeviceUsers(session, query["serial"])
    listed = device["listed_at"] is not None
    return {
        "listed_at": device["listed_at"],
        "absent": users.absent(actor.bureau) if listed else [],
        "strangers": users.strangers(actor.bureau),
        "unverified": users.unverified(actor.bureau) if listed else [],
    }
