"""Attendance clocks and who is enrolled on them."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import OneOf

from gateway.api.core import Command, Document, PageQuery, batch, blueprint, etag, if_match, paged, text
from gateway.rpc import call

devices = blueprint("devices", "考勤设备 attendance clocks and enrolments")


class NewDevice(Command):
    serial = text(64, required=True, metadata={"description": "the serial number on the clock's label"})
    name = text(100, required=True)
    place = text(200)


class DeviceQuery(PageQuery):
    status = fields.String(validate=OneOf(("pending", "approved", "retired")))


class DeviceDocument(Document):
    serial = fields.String(required=True)
    status = fields.String(required=True, metadata={"description": "pending, approved or retired"})
    name = fields.String(required=True)
    place = fields.String(required=True)
    info = fields.String(required=True, metadata={"description": "firmware and counts, as the clock tells them"})
    address = fields.String(required=True)
    seen_at = fields.AwareDateTime(required=True, allow_none=True)
    punched_at = fields.AwareDateTime(required=True, allow_none=True)
    quarantined = fields.Integer(metadata={"description": "punches that wait for the approval"})
    released = fields.Integer(metadata={"description": "punches that waited and count from now on"})
    revision = fields.Integer(required=True)


class NewEnrolment(Command):
    pin = text(64, required=True, metadata={"description": "the number on the clock, as text: 007 is not 7"})
    person = text(20, required=True)


class NewEnrolments(Command):
    enrolments = batch(NewEnrolment)


class Enrolled(Document):
    enrolled = fields.Integer(required=True)
    replayed = fields.Integer(required=True, metadata={"description": "days with punches that had waited"})


class EnrolmentQuery(PageQuery):
    person = text(20)


class EnrolmentDocument(Document):
    pin = fields.String(required=True)
    person = fields.String(required=True)


@devices.route("/devices", methods=["POST"])
@devices.arguments(NewDevice)
@devices.response(201, DeviceDocument)
def register_device(command: dict[str, Any]) -> dict[str, Any]:
    """登记设备 register a clock, or approve one that already sends; what waited counts from now on"""
    return call("attendance", "register_device", command)


@devices.route("/devices")
@devices.arguments(DeviceQuery, location="query")
@devices.response(200, paged(DeviceDocument))
def list_devices(query: dict[str, Any]) -> dict[str, Any]:
    """设备列表 the bureau's clocks and those that wait for approval"""
    return call("attendance", "list_devices", query, read=True)


@devices.route("/devices/<serial>/retire", methods=["POST"])
@devices.response(200, DeviceDocument)
def retire_device(serial: str) -> Any:
    """停用设备 take a clock out of service"""
    return etag(call("attendance", "retire_device", {"serial": serial, "revision": if_match(required=False)}))


@devices.route("/enrolments", methods=["POST"])
@devices.arguments(NewEnrolments)
@devices.response(201, Enrolled)
def enrol_persons(command: dict[str, Any]) -> dict[str, Any]:
    """登记指纹工号 enrol up to 500 persons, all or none"""
    return call("attendance", "enrol_persons", command)


@devices.route("/enrolments")
@devices.arguments(EnrolmentQuery, location="query")
@devices.response(200, paged(EnrolmentDocument))
def list_enrolments(query: dict[str, Any]) -> dict[str, Any]:
    """指纹工号列表 who stands behind which PIN"""
    return call("attendance", "list_enrolments", query, read=True)
