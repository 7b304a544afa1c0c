"""What results look like from outside: publications, feedback, conversations, improvements, lists of the commended."""

from marshmallow import fields
from marshmallow.validate import OneOf

from gateway.api.core import Document
from gateway.api.score_documents import LAYERS, StruckBy, number, scores

LEVELS = ("own", "list", "ranking", "scores")


def visible() -> fields.Dict:
    return fields.Dict(
        keys=fields.String(validate=OneOf(LAYERS)),
        values=fields.String(validate=OneOf(LEVELS)),
        metadata={
            "description": "layer -> what everybody sees: own (one's own score), list (the commended as well), "
            "ranking (everybody's rank), scores (everybody's scores, the default)"
        },
    )


class PublicationDocument(Document):
    bureau = fields.String(required=True)
    run = fields.UUID(required=True)
    cycle = fields.String(required=True)
    revision = fields.Integer(required=True)
    visible = visible()
    objection_days = fields.Integer(required=True, metadata={"description": "working days"})
    published_on = fields.Date(required=True)
    objections_until = fields.Date(required=True, metadata={"description": "its last day; objections are appeals"})
    by = fields.String(required=True)
    open = fields.Boolean(required=True, metadata={"description": "an objection made today is in time"})


class ConversationDocument(Document):
    bureau = fields.String(required=True)
    run = fields.UUID(required=True)
    cycle = fields.String(required=True)
    subject = fields.String(required=True)
    name = fields.String(allow_none=True)
    unit = fields.String(required=True)
    unit_name = fields.String(allow_none=True)
    revision = fields.Integer(required=True)
    status = fields.String(required=True, validate=OneOf(("drafted", "offered", "returned", "confirmed")))
    held_on = fields.Date(required=True)
    strengths = fields.String(required=True)
    shortcomings = fields.String(required=True)
    measures = fields.String(required=True)
    opinion = fields.String(required=True, metadata={"description": "of the person"})
    head = fields.String(required=True, metadata={"description": "who leads it, and confirms it first"})
    offered_at = fields.AwareDateTime(required=True, allow_none=True)
    confirmed_at = fields.AwareDateTime(required=True, allow_none=True)


class OrderedDocument(Document):
    status = fields.String(
        required=True,
        metadata={"description": "of the task order: issued, accepted, refused, completed, judged, withdrawn"},
    )
    counts = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    judged_by = fields.String(required=True, allow_none=True)


class ImprovementDocument(Document):
    bureau = fields.String(required=True)
    improvement = fields.UUID(required=True, metadata={"description": "and id of the task order"})
    run = fields.UUID(required=True)
    subject = fields.String(required=True)
    name = fields.String(allow_none=True)
    layer = fields.String(required=True)
    unit = fields.String(required=True)
    unit_name = fields.String(allow_none=True)
    revision = fields.Integer(required=True)
    status = fields.String(required=True, validate=OneOf(("proposed", "ordered", "dropped", "withdrawn")))
    weak_indicator = fields.String(required=True, metadata={"description": "what scored low"})
    cycle = fields.String(required=True)
    indicator = fields.String(required=True, metadata={"description": "under which the order is issued"})
    period = fields.String(required=True)
    title = fields.String(required=True)
    standard = fields.String(required=True)
    deadline = fields.Date(required=True)
    reason = fields.String(required=True)
    proposed_by = fields.String(required=True)
    ordered_by = fields.String(required=True, allow_none=True)
    task_order = fields.Nested(
        OrderedDocument, required=True, allow_none=True, metadata={"description": "what became of it, once ordered"}
    )


class ItemTold(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    points = number()
    full_points = number()
    formula = fields.String(required=True)


class WeakItem(ItemTold):
    cost = number("what the missing points took from the final score, rounded; for reading, not for adding")


class MissingItem(ItemTold):
    due = fields.Integer(required=True)
    declared = fields.Integer(required=True)


class PersonalGradeDocument(Document):
    person = fields.String(required=True)
    unit = fields.String(required=True)
    name = fields.String(allow_none=True)
    unit_name = fields.String(allow_none=True)
    final = number()
    rank = fields.Integer(required=True, allow_none=True)
    proposed = fields.String(required=True, allow_none=True)
    limited_by = fields.String(required=True, allow_none=True, metadata={"description": "the circumstance that limits"})
    grade = fields.String(required=True, metadata={"description": "优秀, 称职, 基本称职, 不称职, 不确定等次"})
    reason = fields.String(required=True, metadata={"description": "why the panel did not follow the proposal"})
    circumstances = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class FeedbackDocument(Document):
    run = fields.UUID(required=True)
    cycle = fields.String(required=True)
    status = fields.String(required=True)
    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    layer = fields.String(required=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True)
    line = fields.String(required=True)
    rank = fields.Integer(required=True, allow_none=True)
    final = number()
    layer_score = number()
    components = scores("of the final score")
    weights = scores("of the components")
    formula = fields.String(required=True)
    sentence = fields.String(required=True)
    notes = fields.List(fields.String(), required=True)
    commended = fields.Boolean(required=True)
    struck = fields.Boolean(required=True, metadata={"description": "within the quota, but not on the list: vetoed"})
    vetoes = fields.List(fields.Nested(StruckBy), required=True)
    frozen_at = fields.AwareDateTime(required=True)
    input_hash = fields.String(required=True)
    means = scores("of the final scores of the layer and of its part in the unit, for comparison")
    strong = fields.List(fields.Nested(ItemTold), required=True)
    weak = fields.List(fields.Nested(WeakItem), required=True, metadata={"description": "the costliest first"})
    weak_in_all = fields.Integer(required=True)
    missing = fields.List(fields.Nested(MissingItem), required=True, metadata={"description": "not declared in full"})
    grade = fields.Nested(PersonalGradeDocument, required=True, allow_none=True)
    publication = fields.Nested(PublicationDocument, required=True, allow_none=True)
    conversation = fields.Nested(ConversationDocument, required=True, allow_none=True)
    improvements = fields.List(fields.Nested(ImprovementDocument), required=True)


class CommendedDocument(Document):
    place = fields.Integer(required=True)
    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True)
    final = number("where scores are public")


class CommendationsDocument(Document):
    run = fields.UUID(required=True)
    cycle = fields.String(required=True)
    status = fields.String(required=True)
    approved_at = fields.AwareDateTime(required=True, allow_none=True)
    publication = fields.Nested(PublicationDocument, required=True, allow_none=True)
    lists = fields.Dict(
        keys=fields.String(), values=fields.List(fields.Nested(CommendedDocument)), required=True,
        metadata={"description": "layer -> its list, of the layers whose list is public"},
    )  # fmt: skip
