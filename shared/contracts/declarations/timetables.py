"""Deadlines of declaring, verifying and assessing, by working days."""

from typing import Any

from marshmallow import fields

from shared.contracts.declarations.asking import OneCycle
from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, batch, day, flag, listing, whole, word
from shared.vocabulary.library import FREQUENCIES


def days(meaning: str, low: int = 0) -> fields.Integer:
    return whole(low, 366, meaning, allow_none=True)


def known_days(**options: Any) -> fields.Integer:
    return fields.Integer(required=True, allow_none=True, **options)


class TimetableRule(Command):
    frequency = word(FREQUENCIES, required=True)
    since = day("for periods that end then or later; by default today")
    declare = days("working days after the period's end")
    verify = days("working days after the period's end")
    assess = days("working days after the period's end")
    correct = days("working days to put right what was returned", 1)
    remind = days("calendar days before a deadline")
    escalate = days("working days after a deadline; then the next head up may verify", 1)


class NewTimetable(OneCycle):
    rules = batch(TimetableRule)


class TimetableRuleDocument(Document):
    frequency = word(FREQUENCIES, required=True)
    since = fields.Date(required=True)
    declare = known_days()
    verify = known_days()
    assess = known_days()
    correct = known_days()
    remind = known_days()
    escalate = known_days()


class PeriodDeadlines(Document):
    period = fields.String(required=True)
    frequency = word(FREQUENCIES, required=True)
    ends = fields.Date(required=True)
    declare = fields.Date(required=True, allow_none=True)
    verify = fields.Date(required=True, allow_none=True)
    assess = fields.Date(required=True, allow_none=True)
    calendar_missing = flag("no calendar tells the working days yet", required=True)


class Timetable(Document):
    cycle = fields.String(required=True)
    rules = listing(TimetableRuleDocument)
    periods = listing(PeriodDeadlines)


timetables = Family("declarations", "timetables", "期限 deadlines of declaring, verifying, assessing")

set_timetable = timetables.put(
    "/cycles/<cycle>/timetable", "set_timetable", NewTimetable, Timetable, may="check_sets_timetable"
)("规定期限 set deadlines, in working days, for periods to come")
get_timetable = timetables.get(
    "/cycles/<cycle>/timetable", "get_timetable", OneCycle, Timetable, may="anyone", asked_again=True
)("期限 the rules and every period's deadlines")
