"""Judged days: of a closed month as they were counted, of an open one as they stand; and what HR looks into."""

from marshmallow import fields

from shared.contracts.attendance.leaves import LeaveItem
from shared.contracts.attendance.lists import NamedDocument
from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, Empty, day, listing, month, text, word
from shared.vocabulary.attendance import (
    ANOMALIES,
    CORRECTION_STATES,
    DAY_WORDS,
    GATHERING_KINDS,
    LEAVE_KINDS,
    POINT_STATES,
    POINTS,
    SIGN_INS,
)


class PointDocument(Document):
    point = word(POINTS, required=True)
    due = fields.String(required=True, metadata={"description": "local time"})
    punch = fields.String(
        required=True, allow_none=True, metadata={"description": "local time of the punch it was judged by"}
    )
    state = word(POINT_STATES, required=True)
    minutes = fields.Integer(required=True, metadata={"description": "late or early"})


class DayDocument(Document):
    day = fields.Date(required=True)
    halves = listing(word({**DAY_WORDS, **LEAVE_KINDS}), "forenoon and afternoon")
    late = fields.Integer(required=True)
    early = fields.Integer(required=True)
    missed = listing(word(POINTS), "points without a punch")
    points = listing(
        PointDocument, "what was due and what it was judged by; days closed before have none", required=False
    )


class RestDayDocument(Document):
    day = fields.Date(required=True)
    punches = listing(fields.String(), "local times")
    earned = fields.String(required=True, metadata={"description": "days of compensation (补休)"})
    duty = fields.String(metadata={"description": "the duty (值班) that was stood"})


class SignInDocument(Document):
    gathering = fields.String(required=True)
    kind = word(GATHERING_KINDS, required=True)
    outcome = word(SIGN_INS, required=True)


class MonthOfPerson(Command):
    month = month(required=True)
    person = text(20, required=True)


class OpenPoint(PointDocument):
    explanation = word(
        CORRECTION_STATES, "of a missed point; null: nobody has explained it", required=True, allow_none=True
    )
    explain_until = fields.Date(
        required=True, allow_none=True, metadata={"description": "null: nothing to explain, or too late"}
    )


class PunchOfDay(Document):
    time = fields.AwareDateTime(required=True)
    device = fields.String(required=True)
    place = fields.String(required=True)
    verify = fields.Integer(required=True)


class OpenDay(DayDocument):
    shift = fields.String(required=True)
    shift_name = fields.String(required=True)
    punches = listing(PunchOfDay)
    points = listing(OpenPoint, "what was due and what it was judged by")


class MissedPoint(OpenPoint):
    day = fields.Date(required=True)
    shift_name = fields.String(required=True)


class MissedPoints(Document):
    points = listing(MissedPoint, "the first to lapse first")


class GatheringOfMonth(SignInDocument):
    name = fields.String(required=True)
    opens = fields.String(required=True, metadata={"description": "local time from which a punch signs in"})
    closes = fields.String(required=True, metadata={"description": "local time"})
    outcome = word(SIGN_INS, "null: it is not over", required=True, allow_none=True)


class MonthDocument(NamedDocument):
    month = fields.String(required=True)
    person = fields.String(required=True)
    closed = fields.Boolean(required=True)
    days = listing(OpenDay, "working days; those to come without a judgement")
    rest_days = listing(RestDayDocument, "rest days worked")
    sign_ins = listing(GatheringOfMonth, "meetings and study that expect the person", required=False)
    leaves = listing(LeaveItem, "leaves and outings that touch the month, decided or not")


class AnomalyQuery(Command):
    """``from`` and ``to``: days of the month."""

    class Meta(Command.Meta):
        include = {"from": day("the first day", load_default=None)}  # noqa: RUF012  # as the library declares it

    month = month(required=True)
    kind = word(ANOMALIES, load_default=None)
    person = text(20, load_default=None)
    unit = text(20, load_default=None)
    to = day("the last day", load_default=None)
    device = text(64, "its serial number: what is wrong on this clock", load_default=None)


class Anomaly(NamedDocument):
    kind = word(ANOMALIES, required=True)
    person = fields.String(required=True)
    day = fields.Date(required=True)
    detail = fields.String(
        required=True, metadata={"description": "the point, the clocks, the kind of leave, how many"}
    )


class Anomalies(Document):
    month = fields.String(required=True)
    anomalies = listing(Anomaly)


days = Family("attendance", "attendance_days", "考勤日历 months day by day")

show_days = days.get(
    "/attendance-months/<month>/days/<person>", "show_days", MonthOfPerson, MonthDocument, may="may_see_person"
)("考勤日历 a person's month day by day, while it is open too")
list_open_points = days.get("/attendance-points/open", "list_open_points", Empty, MissedPoints, may="anyone")(
    "可补签的漏签 points of one's own that were missed and may still be explained, and until when"
)
list_anomalies = days.get(
    "/attendance-months/<month>/anomalies", "list_anomalies", AnomalyQuery, Anomalies, may="may_see_anomalies"
)("考勤异常 what HR should look into")
