"""Months: closed by HR, their figures and the judged days behind them."""

from typing import Any

from marshmallow import fields

from shared.contracts.attendance.days import DayDocument, RestDayDocument, SignInDocument
from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, PageQuery, listing, month, paged, text, word
from shared.vocabulary.organisation import LAYERS


def _figures(**options: Any) -> fields.Dict:
    counts = fields.Dict(keys=fields.String(), values=fields.String())
    return fields.Dict(keys=fields.String(), values=counts, metadata={"description": "figure -> counts"}, **options)


class OneMonth(Command):
    month = month(required=True)


class OneSheet(OneMonth):
    subject = text(20, required=True)


class MonthFiguresQuery(PageQuery):
    month = month(required=True)
    layer = word(LAYERS, load_default=None)
    unit = text(20, "of the unit and its people", load_default=None)
    q = text(100, "a part of a name or a code", load_default=None)


class MemberShare(Document):
    person = fields.String(required=True)
    attended = fields.String(required=True, metadata={"description": "days"})
    due = fields.String(required=True, metadata={"description": "days"})


class ShiftOfDays(Document):
    shift = fields.String(required=True)
    days = listing(fields.Date())


class Basis(Document):
    shifts = listing(ShiftOfDays, "which shift each day was judged by")
    lates_per_half_day = fields.Integer(
        required=True, metadata={"description": "so many times late or early counted as half a day absent; 0: none"}
    )


class AttendanceDetail(Document):
    days = listing(DayDocument, "of a person", required=False)
    rest_days = listing(RestDayDocument, "of a person: rest days worked", required=False)
    sign_ins = listing(SignInDocument, "of a person", required=False)
    basis = fields.Nested(Basis, metadata={"description": "of a person: by what the days were judged"})
    members = listing(MemberShare, "of a unit", required=False)


class MonthChange(Document):
    revision = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True)
    cause = fields.String(required=True, metadata={"description": "punch, leave, correction, enrolment, …"})
    before = _figures(required=True)
    after = _figures(required=True)


class AttendanceFigureItem(Document):
    subject = fields.String(required=True)
    subject_name = fields.String(required=True, allow_none=True)
    unit_name = fields.String(required=True, allow_none=True)
    layer = word(LAYERS, required=True)
    unit = fields.String(required=True)
    month = fields.String(required=True)
    revision = fields.Integer(required=True)
    figures = _figures(required=True)
    by = fields.String(required=True, metadata={"description": "who closed the month, or `system`"})


class AttendanceFigureDocument(AttendanceFigureItem):
    detail = fields.Nested(AttendanceDetail, required=True)
    changes = listing(MonthChange, "since the month was closed")


class ClosedAttendanceMonth(Document):
    month = fields.String(required=True)
    revision = fields.Integer(required=True)
    persons = fields.Integer()
    units = fields.Integer()
    changed = fields.Integer(metadata={"description": "subjects whose figures changed"})
    not_enrolled = listing(fields.String(), "persons without a PIN: they have no figures", required=False)
    closed_at = fields.AwareDateTime()
    closed_by = fields.String()


months = Family("attendance", "attendance_months", "考勤月结 months and their figures")

list_months = months.get("/attendance-months", "list_months", PageQuery, paged(ClosedAttendanceMonth), may="anyone")(
    "已关账月份 closed months"
)
close_month = months.post(
    "/attendance-months/<month>/close", "close_month", OneMonth, ClosedAttendanceMonth, may="may_close_months"
)("考勤月结 judge the bureau's month and publish its figures; again takes in what changed since")
list_figures = months.get(
    "/attendance-months/<month>/figures", "list_figures", MonthFiguresQuery, paged(AttendanceFigureItem), may="anyone"
)("月度考勤数据 a month's figures of whom one may see")
show_figures = months.get(
    "/attendance-months/<month>/figures/<subject>",
    "show_figures",
    OneSheet,
    AttendanceFigureDocument,
    may="may_see_figures",
)("月度考勤明细 one subject's figures with the judged days behind them")
replay_state = months.internal("replay_state", may="may_replay")
