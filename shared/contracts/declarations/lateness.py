"""Who let declarations wait beyond their day: facts, from which no score follows by itself."""

from marshmallow import fields

from shared.contracts.declarations.asking import CyclePage, OneCycle
from shared.contracts.declarations.names import ItemNames, name_of
from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, batch, code, flag, listing, paged, period_of, word
from shared.vocabulary.declarations import DECIDING_STEPS, DUTIES, NOTICE_KINDS
from shared.vocabulary.scoring import WAITING_KINDS


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


class LyingFact(Command):
    kind = word(WAITING_KINDS, required=True)
    fact = code("id of the declaration, task order or contribution", required=True)


class LyingQuery(OneCycle):
    items = batch(LyingFact)


class Reminder(Document):
    """A notice that was given of it, to whoever held the duty."""

    duty = word(DUTIES, required=True)
    of = fields.String(required=True, metadata={"description": "unit or person whose duty it is, or the desk"})
    of_name = name_of()
    persons = listing(fields.String(), "names of who holds it now, where the organisation tells")
    kind = word(NOTICE_KINDS, required=True)
    on = fields.Date(required=True)


class LyingDocument(Document):
    kind = word(WAITING_KINDS, required=True)
    fact = fields.String(required=True)
    due_on = fields.Date(required=True, allow_none=True, metadata={"description": "null: nothing is laid down"})
    late = flag("its day has passed", required=True)
    reminded = listing(Reminder, "the first first")


class LyingAnswer(Document):
    items = listing(LyingDocument, "in the order asked for; what is not there is left out")


lateness = Family("declarations", "lateness", "逾期 who let declarations wait")

list_lateness = lateness.get("/lateness", "list_lateness", LatenessQuery, paged(Lateness), may="anyone")(
    "逾期核实、核评 decisions that came after their day; no score follows from them by itself"
)
sum_lateness = lateness.get("/lateness/summary", "sum_lateness", OneCycle, LatenessSummary, may="anyone")(
    "逾期汇总 by person and unit, and what is overdue now"
)
list_lying = lateness.post(
    "/lateness/deadlines", "list_lying", LyingQuery, LyingAnswer, may="reads_everything", reads=True
)("期限与提醒 until when what waits is to be decided, and who was reminded of it")
