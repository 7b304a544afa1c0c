"""Who let declarations wait beyond their day: facts, from which no score follows by itself."""

from marshmallow import fields

from shared.contracts.declarations.asking import CyclePage, OneCycle
from shared.contracts.declarations.names import ItemNames, name_of
from shared.contracts.operations import Family
from shared.contracts.shapes import Document, code, listing, paged, period_of, word
from shared.vocabulary.declarations import DECIDING_STEPS


class LatenessQuery(CyclePage):
    person = code()
    unit = code()
    step = word(DECIDING_STEPS)
    period = period_of()


class Lateness(ItemNames):
    cycle = fields.String(required=True)
    declaration = fields.String(required=True)
    revision = fields.Integer(required=True, metadata={"description": "of the declaration that had waited"})
    person = fields.String(required=True, metadata={"description": "whose duty it was"})
    person_name = name_of()
    unit = fields.String(required=True)
    step = word(DECIDING_STEPS, required=True)
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    period = fields.String(required=True)
    by = fields.String(required=True, metadata={"description": "who did it in the end"})
    by_name = name_of()
    due_on = fields.Date(required=True)
    done_on = fields.Date(required=True)
    days = fields.Integer(
        required=True, allow_none=True, metadata={"description": "working days late; null: no calendar tells"}
    )


class LateDecisions(Document):
    unit = fields.String(required=True)
    unit_name = name_of()
    person = fields.String(required=True)
    person_name = name_of()
    step = word(DECIDING_STEPS, required=True)
    times = fields.Integer(required=True)
    days = fields.Integer(required=True, metadata={"description": "working days, together"})
    longest = fields.Integer(required=True)
    uncounted = fields.Integer(required=True, metadata={"description": "for which no calendar is known"})


class LateWaiting(Document):
    step = word(DECIDING_STEPS, required=True)
    unit = fields.String(required=True)
    unit_name = name_of()
    desk = fields.String(required=True, metadata={"description": "head, hr, complaints_centre, or who assesses"})
    oldest = fields.Date(required=True)
    times = fields.Integer(required=True)
    days = fields.Integer(required=True, allow_none=True)


class LatenessSummary(Document):
    decided = listing(LateDecisions)
    waiting = listing(LateWaiting, "overdue now")


lateness = Family("declarations", "lateness", "逾期 who let declarations wait")

list_lateness = lateness.get("/lateness", "list_lateness", LatenessQuery, paged(Lateness), may="anyone")(
    "逾期核实、核评 decisions that came after their day; no score follows from them by itself"
)
sum_lateness = lateness.get("/lateness/summary", "sum_lateness", OneCycle, LatenessSummary, may="anyone")(
    "逾期汇总 by person and unit, and what is overdue now"
)
