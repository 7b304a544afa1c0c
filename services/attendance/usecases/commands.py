"""What clocks are told to do: ordered by who keeps them, given at their poll, answered by them; each step is on record."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.attendance.domain import permissions
from services.attendance.domain.commands import (
    AT_ONCE,
    MOST_OPEN,
    Order,
    check_speaks,
    is_sendable,
    of_days,
    of_users,
    takes_days,
)
from services.attendance.storage.commands import Commands, serials_to_lapse
from services.attendance.storage.device_users import DeviceUsers
from services.attendance.storage.devices import Devices, zones_of
from services.attendance.storage.quarantine import Quarantine
from services.attendance.usecases.device_alarms import is_welcome
from services.attendance.usecases.devices import heard_device, note_sign, told
from services.attendance.usecases.guards import guard
from services.attendance.usecases.punches import keep_unread
from services.attendance.usecases.storing import act_for
from shared.actor import Actor
from shared.batches import each_row
from shared.clock import now, today
from shared.database import Row, Session
from shared.recording import audit
from shared.vocabulary.refusals import conflict, invalid, missing

_ONE_DAY = timedelta(days=1)
_UNKNOWN = "command"  # the reason by which an answer to nothing is kept


def order_commands(session: Session, actor: Actor, command: Row) -> Row:
    """Order a clock to do something: ``{"ordered": new, "standing": ordered before, "left": for which there is no room now}``."""
    guard(permissions.may_command_devices(actor))
    device, kind = _own_device(session, actor.bureau, command["serial"], lock=True), command["kind"]
    check_speaks(kind, device["protocol"])
    orders = _orders(session, device, command)
    commands = Commands(session, device["serial"])
    _lapse(session, commands, now())
    room = max(0, MOST_OPEN - commands.count_open())
    standing = commands.open_abouts(kind)
    again = [one for one in orders if one.about in standing]
    new = [one for one in orders if one.about not in standing]
    if new and not room:
        zh, en = "该设备待执行的命令过多，请等它取走", "too many commands wait for the clock"
        raise conflict("command.too_many", zh, en, "serial")
    at = now()
    kept = commands.order(actor.bureau, [*again, *new[:room]], actor.account, command["reason"], at)
    if kept:
        after = {"kind": kind, "commands": kept, "reason": command["reason"]}
        audit(session, action="device_command.ordered", subject=device["serial"], before={}, after=after)
    ordered = min(len(new), room)
    return {"ordered": ordered, "standing": len(again), "left": len(new) - ordered}


def list_commands(session: Session, actor: Actor, query: Row) -> Row:
    guard(permissions.may_see_devices(actor))
    device = _own_device(session, actor.bureau, query["serial"])
    return Commands(session, device["serial"]).page(actor.bureau, query)


def cancel_command(session: Session, actor: Actor, command: Row) -> Row:
    """Cancel what a clock has not fetched yet, or has not answered: then it is not given again."""
    guard(permissions.may_command_devices(actor))
    device = _own_device(session, actor.bureau, command["serial"])
    commands = Commands(session, device["serial"])
    row = commands.find(command["number"])
    if row is None:
        raise missing("command.unknown", "没有该命令", "there is no such command", "number")
    if row["status"] not in ("waiting", "given"):
        raise conflict("command.over", "该命令已经结束", "the command is over", "number")
    commands.change(row["number"], status="cancelled")
    after = {"number": row["number"], "kind": row["kind"], "about": row["about"], "reason": command["reason"]}
    audit(session, action="device_command.cancelled", subject=device["serial"], before={}, after=after)
    return {"number": row["number"], "status": "cancelled"}


def give_commands(session: Session, _actor: Actor, sign: Row) -> Row:
    """Note a poll and answer it: what the clock is to do now. A clock that is not approved, or speaks from elsewhere, is told nothing."""
    device, welcome = note_sign(session, sign)
    nothing = {"device": told(device), "encoding": device["encoding"], "commands": []}
    commands = Commands(session, device["serial"])
    if device["status"] != "approved" or not welcome or not commands.count_open():
        return nothing
    act_for(session, device["bureau"])
    at = now()
    _lapse(session, commands, at)
    given = commands.give(at, AT_ONCE)
    if given:
        after = [{"number": one["number"], "kind": one["kind"], "attempts": one["attempts"]} for one in given]
        audit(session, action="device_command.given", subject=device["serial"], before={}, after=after)
    return {**nothing, "commands": given}


def take_answers(session: Session, _actor: Actor, told_by: Row) -> Row:
    """Take what a clock answers to commands; an answer told again changes nothing, one to nothing is kept for the operator."""
    received = now()
    device = heard_device(session, told_by["serial"], received, told_by["address"], lock=True)
    welcome = is_welcome(session, device, told_by["address"], received)
    if welcome:
        Devices(session).seen(device["serial"], seen_at=received, address=told_by["address"])
    trusted = welcome and device["status"] == "approved"
    if trusted:
        act_for(session, device["bureau"])
    unread = [one for one in told_by["answers"] if not (trusted and _answered(session, device, one, received))]
    lines: list[Row] = [{"raw": f"devicecmd: {one['text']}", "reason": _UNKNOWN} for one in unread if one["text"]]
    keep_unread(Quarantine(session, device["serial"]), lines, received)
    return {"answered": len(told_by["answers"]) - len(unread)}


def lapse_commands(session: Session, bureau: str) -> int:
    """Let expire what clocks did not fetch or answer in time; returns of how many clocks."""
    at = now()
    serials = serials_to_lapse(session, bureau, at)
    for serial in serials:
        _lapse(session, Commands(session, serial), at)
    return len(serials)


def _lapse(session: Session, commands: Commands, at: datetime) -> None:
    _note_over(session, commands, commands.lapse(at))


def _note_over(session: Session, commands: Commands, closed: Sequence[Row]) -> None:
    if closed:
        audit(session, action="device_command.over", subject=commands.serial, before={}, after=list(closed))


def _own_device(session: Session, bureau: str, serial: str, *, lock: bool = False) -> Row:
    device = Devices(session).get(serial, lock=lock)
    if device is None or device["bureau"] != bureau or device["status"] != "approved":
        raise missing("device.unknown", "本单位没有该设备", "the bureau has no such device", "serial")
    return device


def _orders(session: Session, device: Row, command: Row) -> list[Order]:
    kind = command["kind"]
    if takes_days(kind):
        return [of_days(kind, command["first"], command["last"], today())]
    if kind in ("put_user", "drop_user"):
        return _user_orders(session, device, kind, command["pins"])
    return [Order(kind, "", {})]


def _user_orders(session: Session, device: Row, kind: str, pins: Sequence[str]) -> list[Order]:
    """Return orders about the PINs that are named; of users to be put, without any, about all that the clock lacks."""
    users = DeviceUsers(session, device["serial"])
    enrolled = users.enrolled(device["bureau"])

    def check(pin: str) -> None:
        if not is_sendable(pin):
            raise invalid("pin.unsendable", "该工号含有设备不能接收的字符", "no clock takes the PIN", "pins")
        if kind == "put_user" and pin not in enrolled:
            raise invalid("pin.unknown", "该设备上没有此工号的登记", "nobody has the PIN on this clock", "pins")
        if kind == "drop_user" and pin in enrolled:
            zh, en = "该工号已登记给在职人员，请先停用登记", "somebody has the PIN: end the enrolment first"
            raise conflict("pin.enrolled", zh, en, "pins")

    each_row(pins, check)
    if kind == "drop_user":
        if not pins:
            raise invalid("command.pins", "请写明要删除的工号", "say which PINs", "pins")
        return of_users(kind, [(pin, "") for pin in dict.fromkeys(pins)])
    wanted = pins or [row["pin"] for row in users.absent(device["bureau"])]
    return of_users(kind, [(pin, enrolled[pin]) for pin in dict.fromkeys(wanted)])


def _answered(session: Session, device: Row, told_by: Row, at: datetime) -> bool:
    """Keep an answer; False where it is to nothing that this clock was given."""
    commands = Commands(session, device["serial"])
    row = commands.find(told_by["number"]) if told_by["number"] is not None else None
    if row is None or row["given_at"] is None:
        return False
    if row["answered_at"] is None:
        _keep_answer(session, device, commands, row, told_by, at)
    elif told_by["counted"] is not None and row["counted"] is None:
        commands.change(row["number"], counted=told_by["counted"], ours=_ours(session, device, row))
    return True


def _keep_answer(session: Session, device: Row, commands: Commands, row: Row, told_by: Row, at: datetime) -> None:
    status = "done" if told_by["result"] >= 0 else "failed"
    facts: Row = {"answered_at": at, "result": told_by["result"], "answer": told_by["text"], "status": status}
    if told_by["counted"] is not None:
        facts |= {"counted": told_by["counted"], "ours": _ours(session, device, row)}
    commands.change(row["number"], **facts)
    if status == "done":
        _take_effect(session, device, row, at)
    told_of = {"number": row["number"], "kind": row["kind"], "about": row["about"]}
    after = {**told_of, "status": status, "result": told_by["result"]}
    audit(session, action="device_command.answered", subject=device["serial"], before={}, after=after)


def _take_effect(session: Session, device: Row, row: Row, at: datetime) -> None:
    """Note what the clock has done: whom it has and has no longer, since when its list of users is whole."""
    users = DeviceUsers(session, device["serial"])
    if row["kind"] == "put_user":
        users.keep([(row["params"]["pin"], row["params"]["name"])], at)
    elif row["kind"] == "drop_user":
        users.drop(row["params"]["pin"])
    elif row["kind"] == "list_users":
        Devices(session).seen(device["serial"], listed_at=row["given_at"])


def _ours(session: Session, device: Row, row: Row) -> int:
    """Return how many records of the days that a clock counted we have; of a clock that counts all of them, all."""
    if device["protocol"] == "access":
        return int(device["kept"])
    first, last = (datetime.fromisoformat(row["params"][name]) for name in ("first", "last"))
    zones = zones_of(device)
    return Devices(session).records(device["serial"], zones.bureau_time(first), zones.bureau_time(last + _ONE_DAY))
