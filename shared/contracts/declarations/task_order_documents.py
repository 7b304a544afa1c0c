"""What task orders answer."""

from marshmallow import fields

from shared.contracts.declarations.lists import Choices, Outcomes, may_take
from shared.contracts.declarations.names import ItemNames, name_of
from shared.contracts.declarations.steps import FIRST_FIRST, StepDocument
from shared.contracts.shapes import (
    Document,
    Exact,
    counts,
    listing,
    word,
)
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.task_orders import ORDER_CHOICES, ORDER_ORIGINS, ORDER_STATES, ORDER_STEPS


class OrderOutcome(Document):
    order = fields.String(required=True)
    revision = fields.Integer(required=True)
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    period = fields.String(required=True)
    status = word(ORDER_STATES, required=True)
    deadline = fields.Date(required=True)
    percent = fields.Integer(required=True)
    counts = counts("empty until judged", required=True)
    overdue = fields.Boolean(required=True)


class OrderOutcomes(Outcomes):
    orders = listing(OrderOutcome)


class OrderNote(Document):
    kind = word(ORDER_STEPS)
    on = fields.Date(required=True)
    by = fields.String(required=True)
    text = fields.String(required=True)
    percent = fields.Integer(metadata={"description": "of a progress note"})


class DeadlineChange(Document):
    on = fields.Date(required=True)
    by = fields.String(required=True)
    from_ = fields.Date(required=True, data_key="from")
    to = fields.Date(required=True)
    reason = fields.String(required=True)


class TaskOrderDocument(OrderOutcome, ItemNames, Choices):
    may = may_take(ORDER_CHOICES)
    cycle = fields.String(required=True)
    layer = word(LAYERS, required=True)
    unit = fields.String(required=True)
    assessor = fields.String(required=True)
    assessor_name = name_of()
    title = fields.String(required=True)
    standard = fields.String(required=True)
    points = Exact(required=True, allow_none=True)
    target = Exact(
        required=True,
        allow_none=True,
        metadata={"description": "what the subject claimed of the item for the year; null where nothing is shared out"},
    )
    issued_on = fields.Date(required=True)
    deadlines = listing(DeadlineChange, "every change, both dates, why")
    reported_on = fields.Date(required=True, allow_none=True)
    origin = word(ORDER_ORIGINS, required=True)
    completed_on = fields.Date(required=True, allow_none=True)
    notes = listing(OrderNote, "progress, refusal, completion, judgement …")
    issued_by = fields.String(required=True)
    issued_by_name = name_of()
    judged_by = fields.String(required=True, allow_none=True)
    judged_by_name = name_of(nullable=True)


class OrderStep(StepDocument):
    step = word(ORDER_STEPS, required=True)


class TaskOrderWithSteps(TaskOrderDocument):
    steps = listing(OrderStep, FIRST_FIRST)
