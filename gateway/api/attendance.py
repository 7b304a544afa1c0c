"""Shifts, leaves, corrections, gatherings, punches and the month figures they end in."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf

from gateway.api.core import Command, Document, PageQuery, batch, blueprint, paged, text, whole
from gateway.rpc import call

attendance = blueprint("attendance", "考勤 shifts, leaves, gatherings, punches, months")


class NewShift(Command):
    shift = text(20, required=True)
    name = text(100, required=True)
    spans = fields.List(
        fields.List(whole(0, 2880), validate=Length(equal=2)),
        required=True,
        validate=Length(1, 2),
        metadata={"description": "one span of work (two punches a day) or two (four punches); minutes after midnight"},
    )
    tolerance = whole(0, 1440, metadata={"description": "minutes late or early not held against anyone; 5"})
    absent_after = whole(0, 1440, metadata={"description": "minutes late or early that make half a day's absence; 120"})
    opens_before = whole(0, 1440, metadata={"description": "minutes before the start from which punches count; 240"})


class ShiftAssignment(Command):
    person = text(20, metadata={"description": "the whole bureau where absent"})
    shift = text(20, required=True)
    starts = fields.Date(required=True)


class ShiftAssignments(Command):
    assignments = batch(ShiftAssignment)


class NewLeave(Command):
    """Leave or an outing, as approved; by half-days, an outing also by the hour."""

    person = text(20, required=True)
    kind = text(20, required=True, metadata={"description": "annual, sick, personal, marriage, … or outing"})
    first = fields.Date(required=True)
    last = fields.Date(required=True)
    first_half = fields.String(validate=OneOf(("am", "pm")))
    last_half = fields.String(validate=OneOf(("am", "pm")))
    starts_at = text(40, data_key="from", attribute="from", metadata={"description": "an outing's local time"})
    ends_at = text(40, data_key="to", attribute="to")
    reason = text(500)


class NewLeaves(Command):
    leaves = batch(NewLeave)


class NewCorrection(Command):
    person = text(20, required=True)
    day = fields.Date(required=True)
    point = fields.String(required=True, validate=OneOf(("arrive", "noon_out", "noon_in", "depart")))
    reason = text(500, required=True)
    at = fields.AwareDateTime(metadata={"description": "when it reached the office; HR only, now where absent"})


class NewCorrections(Command):
    corrections = batch(NewCorrection)


class NewGathering(Command):
    kind = fields.String(required=True, validate=OneOf(("meeting", "study")))
    name = text(200, required=True)
    opens_at = fields.AwareDateTime(required=True, metadata={"description": "from when a punch signs in"})
    closes_at = fields.AwareDateTime(required=True)
    persons = fields.List(text(20), validate=Length(max=5000))
    units = fields.List(text(20), validate=Length(max=500))
    everyone = fields.Boolean()


class NewGatherings(Command):
    gatherings = batch(NewGathering)


class PunchQuery(PageQuery):
    person = text(20)
    state = fields.String(
        validate=OneOf(("stored", "parked", "suspect")),
        metadata={"description": "stored; parked: of a PIN nobody has; suspect: at a time that cannot be true"},
    )


class AttendanceFigureQuery(PageQuery):
    layer = fields.String(validate=OneOf(("person", "division", "station")))


class AttendanceFigureDocument(Document):
    subject = fields.String(required=True)
    layer = fields.String(required=True)
    unit = fields.String(required=True)
    month = fields.String(required=True)
    revision = fields.Integer(required=True)
    figures = fields.Dict(required=True, metadata={"description": "figure -> counts"})
    detail = fields.Dict(metadata={"description": "the judged days and sign-ins, or each member's share"})


class ClosedAttendanceMonth(Document):
    month = fields.String(required=True)
    revision = fields.Integer(required=True)
    persons = fields.Integer()
    units = fields.Integer()
    changed = fields.Integer(metadata={"description": "subjects whose figures changed"})
    not_enrolled = fields.List(fields.String(), metadata={"description": "persons without a PIN: they have no figures"})
    closed_at = fields.AwareDateTime()


class AttendanceEntry(Document):
    """One entry of a list; see the field names in the answer."""


class AttendanceOutcome(Document):
    """What was done, counted or named in the order given."""


@attendance.route("/shifts", methods=["POST"])
@attendance.arguments(NewShift)
@attendance.response(201, AttendanceOutcome)
def add_shift(command: dict[str, Any]) -> dict[str, Any]:
    """新增班次 add a shift; shifts never change, closed months were judged by them"""
    return call("attendance", "add_shift", command)


@attendance.route("/shifts")
@attendance.arguments(PageQuery, location="query")
@attendance.response(200, paged(AttendanceEntry))
def list_shifts(query: dict[str, Any]) -> dict[str, Any]:
    """班次列表 shifts"""
    return call("attendance", "list_shifts", query, read=True)


@attendance.route("/shifts/assignments", methods=["POST"])
@attendance.arguments(ShiftAssignments)
@attendance.response(201, AttendanceOutcome)
def assign_shift(command: dict[str, Any]) -> dict[str, Any]:
    """排班 let persons or the bureau work by a shift from a day on"""
    return call("attendance", "assign_shift", command)


@attendance.route("/leaves", methods=["POST"])
@attendance.arguments(NewLeaves)
@attendance.response(201, AttendanceOutcome)
def register_leaves(command: dict[str, Any]) -> dict[str, Any]:
    """登记请假外出 register approved leaves and outings"""
    return call("attendance", "register_leaves", command)


@attendance.route("/leaves")
@attendance.arguments(PageQuery, location="query")
@attendance.response(200, paged(AttendanceEntry))
def list_leaves(query: dict[str, Any]) -> dict[str, Any]:
    """请假外出列表 leaves and outings of whom one may see"""
    return call("attendance", "list_leaves", query, read=True)


@attendance.route("/leaves/<leave>/withdraw", methods=["POST"])
@attendance.response(200, AttendanceOutcome)
def withdraw_leave(leave: str) -> dict[str, Any]:
    """撤销请假 take back a leave that was not taken"""
    return call("attendance", "withdraw_leave", {"leave": leave})


@attendance.route("/corrections", methods=["POST"])
@attendance.arguments(NewCorrections)
@attendance.response(201, AttendanceOutcome)
def file_corrections(command: dict[str, Any]) -> dict[str, Any]:
    """补签 explain forgotten punches within three working days"""
    return call("attendance", "file_corrections", command)


@attendance.route("/corrections")
@attendance.arguments(PageQuery, location="query")
@attendance.response(200, paged(AttendanceEntry))
def list_corrections(query: dict[str, Any]) -> dict[str, Any]:
    """补签列表 explanations of whom one may see"""
    return call("attendance", "list_corrections", query, read=True)


@attendance.route("/gatherings", methods=["POST"])
@attendance.arguments(NewGatherings)
@attendance.response(201, AttendanceOutcome)
def call_gatherings(command: dict[str, Any]) -> dict[str, Any]:
    """召集会议学习 call meetings and study sessions"""
    return call("attendance", "call_gatherings", command)


@attendance.route("/gatherings")
@attendance.arguments(PageQuery, location="query")
@attendance.response(200, paged(AttendanceEntry))
def list_gatherings(query: dict[str, Any]) -> dict[str, Any]:
    """会议学习列表 meetings and study sessions"""
    return call("attendance", "list_gatherings", query, read=True)


@attendance.route("/gatherings/<gathering>/withdraw", methods=["POST"])
@attendance.response(200, AttendanceOutcome)
def withdraw_gathering(gathering: str) -> dict[str, Any]:
    """取消会议学习 call a gathering off"""
    return call("attendance", "withdraw_gathering", {"gathering": gathering})


@attendance.route("/punches")
@attendance.arguments(PunchQuery, location="query")
@attendance.response(200, paged(AttendanceEntry))
def list_punches(query: dict[str, Any]) -> dict[str, Any]:
    """打卡记录 punches in order of time"""
    return call("attendance", "list_punches", query, read=True)


@attendance.route("/attendance-months")
@attendance.arguments(PageQuery, location="query")
@attendance.response(200, paged(ClosedAttendanceMonth))
def list_months(query: dict[str, Any]) -> dict[str, Any]:
    """已关账月份 closed months"""
    return call("attendance", "list_months", query, read=True)


@attendance.route("/attendance-months/<month>/close", methods=["POST"])
@attendance.response(200, ClosedAttendanceMonth)
def close_month(month: str) -> dict[str, Any]:
    """考勤月结 judge the bureau's month and publish its figures; again takes in what changed since"""
    return call("attendance", "close_month", {"month": month})


@attendance.route("/attendance-months/<month>/figures")
@attendance.arguments(AttendanceFigureQuery, location="query")
@attendance.response(200, paged(AttendanceFigureDocument))
def list_figures(query: dict[str, Any], month: str) -> dict[str, Any]:
    """月度考勤数据 a month's figures of whom one may see"""
    return call("attendance", "list_figures", {**query, "month": month}, read=True)


@attendance.route("/attendance-months/<month>/figures/<subject>")
@attendance.response(200, AttendanceFigureDocument)
def show_figures(month: str, subject: str) -> dict[str, Any]:
    """月度考勤明细 one subject's figures with the judged days behind them"""
    return call("attendance", "show_figures", {"month": month, "subject": subject}, read=True)
