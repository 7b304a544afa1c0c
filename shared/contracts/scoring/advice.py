"""What still raises a subject's score."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.scoring.scores import CycleSubject, number, numbers
from shared.contracts.scoring.waiting import DeskDocument
from shared.contracts.shapes import Document, flag, listing, word
from shared.vocabulary.library import CATEGORIES, RULES, TOOLS
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.scoring import ADVICE, CAUSES, FACT_KINDS


class AdviceQuery(CycleSubject):
    deadlines = flag("with the days until which each period may be declared, which others keep", load_default=False)


class AdvisedPeriod(Document):
    period = fields.String(required=True)
    due_on = fields.Date(
        required=True, allow_none=True, metadata={"description": "the deadline of declaring, with ?deadlines=true"}
    )
    late = fields.Boolean(
        required=True, allow_none=True, metadata={"description": "declaring it now needs the assessor's consent"}
    )


class AssumedFactDocument(Document):
    kind = word(FACT_KINDS, required=True)
    period = fields.String(required=True)
    not_applicable = fields.Boolean(required=True)
    counts = numbers("the quantities of the rule")


class AdvisedDesk(DeskDocument):
    kind = word(FACT_KINDS, required=True)
    fact = fields.String(required=True)
    period = fields.String(required=True)


class AdviceItem(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    category = word(CATEGORIES, required=True)
    line = fields.String(required=True)
    tool = word(TOOLS, required=True)
    rule = word(RULES, required=True)
    full_points = number()
    points = number("of now; null: the item does not count yet")
    points_then = number("with the facts in `assumed`")
    cause = word(CAUSES, required=True)
    action = word(ADVICE, required=True)
    periods = listing(AdvisedPeriod, "that are to be declared, or wait")
    more = numbers("what is still lacking, by quantity")
    assumed = listing(AssumedFactDocument, "the facts by which `points_then` was scored")
    desks = listing(AdvisedDesk, "who has what waits")
    until = fields.Date(
        required=True, allow_none=True, metadata={"description": "last day; null: see the periods, or another's desk"}
    )
    weight = number("of one point on its own way to the final score; null where the item does not count yet")
    worth = number("points × weight, four decimals")
    gain = number(
        "by how much the final score rises if nothing else changes: own way, unit and bureau, rounded as published"
    )
    sentence = fields.String(required=True)


class CauseCounts(Document):
    """How many items stand at each cause."""

    done = fields.Integer()
    not_declared = fields.Integer()
    waiting = fields.Integer()
    not_allotted = fields.Integer()
    not_applicable = fields.Integer()


class AdviceDocument(Document):
    cycle = fields.String(required=True)
    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    layer = word(LAYERS, required=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True)
    as_of = fields.Date(required=True, metadata={"description": "only periods that ended before it are due"})
    computed_at = fields.AwareDateTime(required=True)
    final = number("of now")
    rank = fields.Integer(required=True, allow_none=True)
    ranked = fields.Integer(required=True, metadata={"description": "of how many: those of the layer with a rank"})
    reachable = number("the final score if all of it were done; gains do not simply add up")
    causes = fields.Nested(CauseCounts, required=True)
    items = listing(AdviceItem, "what raises the final score most first")


advice = Family("scoring", "advice", "提分建议 what still raises a score")

advise = advice.get(
    "/standings/advice/<subject>", "advise", AdviceQuery, AdviceDocument, may="detail_sight", mounted=False
)("提分建议 what can still be done for each item, until when, and what it is worth in the final score")
