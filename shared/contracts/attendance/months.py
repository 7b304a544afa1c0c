"""Months: closed by HR, their figures and the judged days behind them."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, PageQuery, listing, month, paged, text, word
from shared.vocabulary.attendance import DAY_WORDS, GATHERING_KINDS, LEAVE_KINDS, POINTS, SIGN_INS
from shared.vocabulary.organisation import LAYERS


class OneMonth(Command):
    month = month(required=True)


class OneSheet(OneMonth):
    subject = text(20, required=True)


class MonthFiguresQuery(PageQuery):
    month = month(required=True)
    layer = word(LAYERS, load_default=None)


class DayDocument(Document):
    day = fields.Date(required=True)
    halves = listing(word({**DAY_WORDS, **LEAVE_KINDS}), "forenoon and afternoon")
    late = fields.Integer(required=True)
    early = fields.Integer(required=True)
    missed = listing(word(POINTS), "points without a punch")


class SignInDocument(Document):
    gathering = fields.String(required=True)
    kind = word(GATHERING_KINDS, required=True)
    outcome = word(SIGN_INS, required=True)


class MemberShare(Document):
    person = fields.String(required=True)
    attended = fields.String(required=True, metadata={"description": "days"})
    due = fields.String(required=True, metadata={"description": "days"})


class AttendanceDetail(Document):
    days = listing(DayDocument, "of a person", required=False)
    sign_ins = listing(SignInDocument, "of a person", required=False)
    members = listing(MemberShare, "of a unit", required=False)


class AttendanceFigureItem(Document):
    subject = fields.String(required=True)
    layer = word(LAYERS, required=True)
    unit = fields.String(required=True)
    month = fields.String(required=True)
    revision = fields.Integer(required=True)
    figures = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.String()),
        required=True,
        metadata={"description": "figure -> counts"},
    )
    by = fields.String(required=True, metadata={"description": "who closed the month, or `system`"})


class AttendanceFigureDocument(AttendanceFigureItem):
    detail = fields.Nested(AttendanceDetail, required=True)


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

list_months = months.get(
    "/attendance-months",
    "list_months",
    PageQuery,
    paged(ClosedAttendanceMonth),
    "已关账月份 closed months",
    may="anyone",
)
close_month = months.post(
    "/attendance-months/<month>/close",
    "close_month",
    OneMonth,
    ClosedAttendanceMonth,
    "考勤月结 judge the bureau's month and publish its figures; again takes in what changed since",
    may="may_close_months",
)
list_figures = months.get(
    "/attendance-months/<month>/figures",
    "list_figures",
    MonthFiguresQuery,
    paged(AttendanceFigureItem),
    "月度考勤数据 a month's figures of whom one may see",
    may="anyone",
)
show_figures = months.get(
    "/attendance-months/<month>/figures/<subject>",
    "show_figures",
    OneSheet,
    AttendanceFigureDocument,
    "月度考勤明细 one subject's figures with the judged days behind them",
    may="may_see_person",
)
replay_state = months.internal("replay_state", may="may_replay")
