"""Deadlines of declaring, verifying and assessing; consent to be late; who was late."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import OneOf, Range

from gateway.api.core import Command, Document, PageQuery, batch, blueprint, paged, text, whole
from gateway.rpc import call

deadlines = blueprint("deadlines", "期限、补报与逾期 deadlines, late declarations, lateness")
_FREQUENCY = OneOf(["monthly", "quarterly", "half_yearly", "yearly"])


def days(meaning: str, low: int = 0) -> fields.Integer:
    return fields.Integer(strict=True, allow_none=True, validate=Range(low, 366), metadata={"description": meaning})


class TimetableRule(Command):
    frequency = fields.String(required=True, validate=_FREQUENCY)
    since = fields.Date(metadata={"description": "for periods that end then or later; by default today"})
    declare = days("working days after the period's end")
    verify = days("working days after the period's end")
    assess = days("working days after the period's end")
    correct = days("working days to put right what was returned", 1)
    remind = days("calendar days before a deadline")
    escalate = days("working days after a deadline; then the next head up may verify", 1)


class NewTimetable(Command):
    rules = batch(TimetableRule)


class TimetableRuleDocument(Document):
    frequency = fields.String(required=True)
    since = fields.Date(required=True)
    declare = fields.Integer(required=True, allow_none=True)
    verify = fields.Integer(required=True, allow_none=True)
    assess = fields.Integer(required=True, allow_none=True)
    correct = fields.Integer(required=True, allow_none=True)
    remind = fields.Integer(required=True, allow_none=True)
    escalate = fields.Integer(required=True, allow_none=True)


class PeriodDeadlines(Document):
    period = fields.String(required=True)
    frequency = fields.String(required=True)
    ends = fields.Date(required=True)
    declare = fields.Date(required=True, allow_none=True)
    verify = fields.Date(required=True, allow_none=True)
    assess = fields.Date(required=True, allow_none=True)
    calendar_missing = fields.Boolean(required=True, metadata={"description": "no calendar tells the working days yet"})


class Timetable(Document):
    cycle = fields.String(required=True)
    rules = fields.List(fields.Nested(TimetableRuleDocument), required=True)
    periods = fields.List(fields.Nested(PeriodDeadlines), required=True)


class LateItem(Command):
    subject = text(100, metadata={"description": "by default oneself"})
    period = text(100, required=True)
    indicator = text(100, required=True)


class NewLateConsents(Command):
    cycle = text(100, required=True)
    reason = text(4000, required=True)
    items = batch(LateItem)


class ChosenConsent(Command):
    consent = text(100, required=True)
    revision = whole(1)


class AnsweredConsents(Command):
    cycle = text(100, required=True)
    decision = fields.String(required=True, validate=OneOf(["grant", "refuse"]))
    reason = text(4000, required=True)
    until = fields.Date(metadata={"description": "the last day on which they may be declared"})
    consents = batch(ChosenConsent)


class LateConsentQuery(PageQuery):
    cycle = text(100, required=True)
    status = text(100, metadata={"description": "asked, granted, refused"})
    period = text(100)
    unit = text(100)
    assessor = text(100)
    subject = text(100)
    indicator = text(100)


class LateConsent(Document):
    consent = fields.String(required=True)
    revision = fields.Integer(required=True)
    cycle = fields.String(required=True)
    subject = fields.String(required=True)
    layer = fields.String(required=True)
    period = fields.String(required=True)
    indicator = fields.String(required=True)
    unit = fields.String(required=True)
    assessor = fields.String(required=True)
    status = fields.String(required=True)
    reason = fields.String(required=True)
    answer = fields.String(required=True)
    until = fields.Date(required=True, allow_none=True)
    asked_by = fields.String(required=True)
    asked_on = fields.Date(required=True)
    decided_by = fields.String(required=True, allow_none=True)
    decided_for = fields.String(required=True, allow_none=True)
    decided_on = fields.Date(required=True, allow_none=True)


class LateConsents(Document):
    consents = fields.List(fields.Nested(LateConsent), required=True)


class LatenessQuery(PageQuery):
    cycle = text(100, required=True)
    person = text(100)
    unit = text(100)
    step = text(100, metadata={"description": "verify, assess"})
    period = text(100)


class Lateness(Document):
    declaration = fields.String(required=True)
    revision = fields.Integer(required=True, metadata={"description": "of the declaration that had waited"})
    person = fields.String(required=True, metadata={"description": "whose duty it was"})
    unit = fields.String(required=True)
    step = fields.String(required=True)
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    period = fields.String(required=True)
    by = fields.String(required=True, metadata={"description": "who did it in the end"})
    due_on = fields.Date(required=True)
    done_on = fields.Date(required=True)
    days = fields.Integer(required=True, allow_none=True, metadata={"description": "working days late"})


class LateDecisions(Document):
    unit = fields.String(required=True)
    person = fields.String(required=True)
    step = fields.String(required=True)
    times = fields.Integer(required=True)
    days = fields.Integer(required=True, metadata={"description": "working days, together"})
    longest = fields.Integer(required=True)
    uncounted = fields.Integer(required=True, metadata={"description": "for which no calendar is known"})


class LateWaiting(Document):
    step = fields.String(required=True)
    unit = fields.String(required=True)
    desk = fields.String(required=True, metadata={"description": "head, hr, complaints_centre, or who assesses"})
    oldest = fields.Date(required=True)
    times = fields.Integer(required=True)
    days = fields.Integer(required=True, allow_none=True)


class LatenessSummary(Document):
    decided = fields.List(fields.Nested(LateDecisions), required=True)
    waiting = fields.List(fields.Nested(LateWaiting), required=True, metadata={"description": "overdue now"})


class OneCycle(Command):
    cycle = text(100, required=True)


@deadlines.route("/cycles/<cycle>/timetable", methods=["PUT"])
@deadlines.arguments(NewTimetable)
@deadlines.response(200, Timetable)
def set_timetable(command: dict[str, Any], cycle: str) -> dict[str, Any]:
    """规定期限 set deadlines, in working days, for periods to come"""
    return call("declarations", "set_timetable", {**command, "cycle": cycle})


@deadlines.route("/cycles/<cycle>/timetable")
@deadlines.response(200, Timetable)
def get_timetable(cycle: str) -> dict[str, Any]:
    """期限 the rules and every period's deadlines"""
    return call("declarations", "get_timetable", {"cycle": cycle}, read=True)


@deadlines.route("/late-consents", methods=["POST"])
@deadlines.arguments(NewLateConsents)
@deadlines.response(201, LateConsents)
def ask_consents(command: dict[str, Any]) -> dict[str, Any]:
    """申请补报 ask to declare after the deadline"""
    return call("declarations", "ask_consents", command)


@deadlines.route("/late-consents/answer", methods=["POST"])
@deadlines.arguments(AnsweredConsents)
@deadlines.response(200, LateConsents)
def answer_consents(command: dict[str, Any]) -> dict[str, Any]:
    """答复补报申请 the assessor grants or refuses"""
    return call("declarations", "answer_consents", command)


@deadlines.route("/late-consents")
@deadlines.arguments(LateConsentQuery, location="query")
@deadlines.response(200, paged(LateConsent))
def list_consents(query: dict[str, Any]) -> dict[str, Any]:
    """补报申请列表 what was asked and answered"""
    return call("declarations", "list_consents", query, read=True)


@deadlines.route("/lateness")
@deadlines.arguments(LatenessQuery, location="query")
@deadlines.response(200, paged(Lateness))
def list_lateness(query: dict[str, Any]) -> dict[str, Any]:
    """逾期核实、核评 decisions that came after their day; no score follows from them by itself"""
    return call("declarations", "list_lateness", query, read=True)


@deadlines.route("/lateness/summary")
@deadlines.arguments(OneCycle, location="query")
@deadlines.response(200, LatenessSummary)
def sum_lateness(query: dict[str, Any]) -> dict[str, Any]:
    """逾期汇总 by person and unit, and what is overdue now"""
    return call("declarations", "sum_lateness", query, read=True)
