"""What was handed in and is on somebody's desk: no run is frozen over it, unless the panel takes it upon itself, item by item."""

from marshmallow import fields

from shared.contracts.declarations.lateness import Reminder
from shared.contracts.operations import Family
from shared.contracts.scoring.scores import OneCycle, key
from shared.contracts.shapes import Command, Document, PageQuery, batch, cycle_of, flag, listing, paged, text, word
from shared.vocabulary.scoring import DESK_STEPS, FACT_KINDS


class WaitingQuery(PageQuery):
    cycle = cycle_of(required=True)
    deadlines = flag("with the day of each and who was reminded, as declarations keeps them", load_default=False)


class AssumedFact(Command):
    kind = word(FACT_KINDS, required=True)
    fact = key("id of the declaration, task order or contribution", required=True)
    reason = text(2000, required=True)


class Assuming(OneCycle):
    items = batch(AssumedFact)


class DeskDocument(Document):
    """Who has it."""

    step = word(DESK_STEPS, required=True)
    unit = fields.String(required=True, allow_none=True, metadata={"description": "whose head verifies"})
    person = fields.String(required=True, allow_none=True, metadata={"description": "who issued the order"})


class AssumedDocument(Document):
    reason = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class WaitingDocument(Document):
    kind = word(FACT_KINDS, required=True)
    fact = fields.String(required=True)
    indicator = fields.String(required=True)
    item = fields.String(required=True, metadata={"description": "the indicator's name"})
    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    period = fields.String(required=True)
    status = fields.String(required=True)
    desk = fields.Nested(DeskDocument, required=True)
    assumed = fields.Nested(
        AssumedDocument, required=True, allow_none=True, metadata={"description": "by the panel, that a run is frozen"}
    )
    due_on = fields.Date(allow_none=True, metadata={"description": "with ?deadlines=true; null: nothing is laid down"})
    late = flag("its day has passed; with ?deadlines=true")
    reminded = listing(Reminder, "with ?deadlines=true", required=False)


class AssumedAnswer(Document):
    assumed = fields.Integer(required=True)


waiting = Family("scoring", "waiting", "待核评 what was handed in and is on somebody's desk")

list_waiting = waiting.get(
    "/standings/waiting", "list_waiting", WaitingQuery, paged(WaitingDocument), may="oversees", mounted=False
)("待核评清单 what keeps a run from being frozen, and on whose desk it is")
assume_waiting = waiting.post("/standings/waiting/assume", "assume_waiting", Assuming, AssumedAnswer, may="may_assume")(
    "逐项承担责任 by the panel: a run may be frozen without these, which cost their subjects nothing"
)
