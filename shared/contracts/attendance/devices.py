"""Attendance clocks."""

from functools import cache
from zoneinfo import available_timezones

from marshmallow import ValidationError, fields
from marshmallow.validate import Length, Regexp

from shared.contracts.attendance.lists import DaysQuery
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    Empty,
    PageQuery,
    batch,
    flag,
    listing,
    note,
    paged,
    revision,
    text,
    word,
)
from shared.vocabulary.attendance import ALARM_STATES, DEVICE_ALARMS, DEVICE_SIGNS, DEVICE_STATES, PROTOCOLS
from shared.vocabulary.networks import is_network


def _network(text: str) -> None:
    """Refuse what is no network: 10.20.0.0/24, 10.20.0.7, fd00::/64."""
    if not is_network(text):
        raise ValidationError("must be a network or an address: 10.20.0.0/24")


def _zone(text: str) -> None:
    """Refuse what is no time zone: Asia/Shanghai, UTC."""
    if text not in _zones():
        raise ValidationError("must be a time zone: Asia/Shanghai")


@cache
def _zones() -> set[str]:
    return available_timezones()


_SERIAL = Regexp(r"\A[0-9A-Za-z._-]{1,64}\Z")


class Sign(Command):
    """A sign of life."""

    serial = text(64, required=True)
    address = note(100, load_default="")
    info = note(2000, load_default="")
    hello = flag("it asks how it is set, and is told its time zone", load_default=False)
    protocol = word(PROTOCOLS, "by which it speaks, where that can be told", load_default="")
    key = note(100, "that it says with its hello", load_default="")


class NewDevice(Command):
    serial = fields.String(
        required=True,
        validate=[Length(1, 64), _SERIAL],
        metadata={"description": "the serial number on the clock's label"},
    )
    name = text(100, required=True)
    place = note(200, load_default="")
    device_group = note(20, "clocks with PINs of their own; the bureau's where absent", load_default="")
    unit = note(20, "at whose door it hangs; absent: as it stands", load_default=None, allow_none=True)
    comm_key = note(
        64,
        "that the clock says with its hello: only what comes from there counts; empty: none; absent: as it stands",
        load_default=None,
        allow_none=True,
    )
    networks = fields.List(
        fields.String(validate=[Length(1, 50), _network]),
        load_default=None,
        allow_none=True,
        validate=Length(max=20),
        metadata={"description": "from which it may speak, e.g. 10.20.0.0/24; empty: anywhere; absent: as it stands"},
    )
    time_zone = fields.String(
        load_default=None,
        allow_none=True,
        validate=[Length(1, 50), _zone],
        metadata={
            "description": "of the times that it shows, e.g. Asia/Urumqi, once it was restarted; absent: as it stands"
        },
    )


class OneDevice(Command):
    serial = text(64, required=True)
    revision = revision(load_default=None, allow_none=True)


class InventedDevices(Command):
    serials = batch(text(64))


class RejectedDevices(Document):
    rejected = fields.Integer(required=True)


class AlarmQuery(DaysQuery):
    """``from`` and ``to``: between which it was noticed."""

    status = word(ALARM_STATES, load_default=None)
    kind = word(DEVICE_ALARMS, load_default=None)
    device = text(64, "its serial number", load_default=None)


class AlarmDecision(Command):
    alarm = fields.UUID(required=True)
    accept = flag("the address is the clock's: known from now on, and what waited from there counts", required=True)
    remark = note(500, load_default="")
    revision = revision(load_default=None, allow_none=True)


class AlarmStatus(Document):
    alarm = fields.String(required=True)
    status = word(ALARM_STATES, required=True)
    revision = fields.Integer(required=True)


class SettledAlarm(AlarmStatus):
    released = fields.Integer(required=True, metadata={"description": "punches that waited and count from now on"})


class DeviceAlarmDocument(AlarmStatus):
    serial = fields.String(required=True)
    kind = word(DEVICE_ALARMS, required=True)
    address = fields.String(required=True)
    other = fields.String(
        required=True,
        metadata={"description": "the address from which it spoke before; of other alarms: by how much"},
    )
    first_at = fields.AwareDateTime(required=True)
    last_at = fields.AwareDateTime(required=True)
    seen = fields.Integer(required=True, metadata={"description": "how often, once a minute at most"})
    name = fields.String(allow_none=True, metadata={"description": "of the clock"})
    place = fields.String(allow_none=True)
    settled_by = fields.String(required=True)
    remark = fields.String(required=True)


class DeviceQuery(PageQuery):
    status = word(DEVICE_STATES, load_default=None)
    unit = text(20, "at whose door it hangs", load_default=None)
    q = text(100, "a part of its serial number, name or place", load_default=None)


class DeviceDocument(Document):
    serial = fields.String(required=True)
    status = word(DEVICE_STATES, required=True)
    name = fields.String(required=True)
    place = fields.String(required=True)
    info = fields.String(required=True, metadata={"description": "firmware and counts, as the clock tells them"})
    address = fields.String(required=True)
    seen_at = fields.AwareDateTime(required=True, allow_none=True)
    punched_at = fields.AwareDateTime(required=True, allow_none=True)
    quarantined = fields.Integer(metadata={"description": "punches that wait for the approval"})
    released = fields.Integer(metadata={"description": "punches that waited and count from now on"})
    revision = fields.Integer(required=True)
    device_group = fields.String(required=True, metadata={"description": "clocks with PINs of their own"})
    networks = listing(fields.String(), "from which it may speak; none: from anywhere")
    addresses = listing(fields.String(), "from which it has spoken and somebody knows of it")
    time_zone = fields.String(required=True, metadata={"description": "of the times that it shows"})
    drift = fields.Integer(
        required=True, allow_none=True, metadata={"description": "seconds received after punched, when last seen live"}
    )
    protocol = word(PROTOCOLS, "by which it speaks; empty: attendance", required=True)
    unit = fields.String(required=True, metadata={"description": "at whose door it hangs; empty: nobody's"})
    unit_name = fields.String(allow_none=True)
    keyed = fields.Boolean(required=True, metadata={"description": "it has to say a key"})


class WallDevice(DeviceDocument):
    state = word(DEVICE_SIGNS, required=True)
    alarms = listing(word(DEVICE_SIGNS), "everything that is wrong with it")
    punches_today = fields.Integer(required=True)
    last_punch = fields.AwareDateTime(required=True, allow_none=True)
    held = fields.Integer(
        required=True, allow_none=True, metadata={"description": "records, as the clock tells; null: it never told"}
    )
    missing = fields.Integer(required=True, metadata={"description": "records that the clock holds and never sent"})
    missing_since = fields.Date(
        required=True, allow_none=True, metadata={"description": "the last day on which nothing was missing"}
    )
    users_missing = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "staff with a PIN on it whom it does not have; null: it never told its users"},
    )
    strangers = fields.Integer(
        required=True, allow_none=True, metadata={"description": "its users whom nobody stands behind; null as above"}
    )


class WallDocument(Document):
    devices = listing(WallDevice)


devices = Family("attendance", "devices", "考勤设备 attendance clocks")

register_device = devices.post(
    "/devices", "register_device", NewDevice, DeviceDocument, may="may_keep_devices", status=201
)("登记设备 register or approve a clock; what waited counts from now on")
list_devices = devices.get("/devices", "list_devices", DeviceQuery, paged(DeviceDocument), may="may_see_devices")(
    "设备列表 the bureau's clocks and those that wait for approval"
)
retire_device = devices.post(
    "/devices/<serial>/retire",
    "retire_device",
    OneDevice,
    DeviceDocument,
    may="may_keep_devices",
    if_match="optional",
    etag=True,
)("停用设备 take a clock out of service")
reject_device = devices.post(
    "/devices/<serial>/reject",
    "reject_device",
    OneDevice,
    DeviceDocument,
    may="may_keep_devices",
    if_match="optional",
    etag=True,
)("拒绝设备 reject a serial number that is no clock of ours")
reject_devices = devices.post(
    "/devices/reject", "reject_devices", InventedDevices, RejectedDevices, may="may_keep_devices"
)("批量拒绝设备 reject serial numbers that somebody invented, all or none")
list_device_alarms = devices.get(
    "/devices/alarms", "list_device_alarms", AlarmQuery, paged(DeviceAlarmDocument), may="may_see_devices"
)("设备告警 clocks that speak from elsewhere, are silent, drift, lack records, or that nobody knows")
settle_device_alarm = devices.post(
    "/devices/alarms/<alarm>/settle",
    "settle_device_alarm",
    AlarmDecision,
    SettledAlarm,
    may="may_keep_devices",
    if_match="optional",
    etag=True,
)("处理设备告警 say whether the address is the clock's")
show_wall = devices.get("/devices/wall", "show_wall", Empty, WallDocument, may="may_see_devices")(
    "设备看板 every clock as it stands"
)
note_device = devices.internal("note_device", Sign, may="operator")
