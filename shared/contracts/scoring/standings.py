"""The live standing: scores by the facts of now, always provisional."""

from decimal import Decimal

from marshmallow import fields
from marshmallow.validate import Range

from shared.contracts.operations import Family
from shared.contracts.scoring.scores import BureauScoreDocument, OneCycle, ScoreDocument, key, number
from shared.contracts.shapes import Command, Document, Exact, PageQuery, cycle_of, paged, word
from shared.vocabulary.cycles import ROUNDINGS
from shared.vocabulary.library import CATEGORIES
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.scoring import COMPONENTS

_SCORE = Range(Decimal(0), Decimal(100))  # a category, a component and a score are shares of a hundred
_WEIGHT = Range(Decimal(0), Decimal(1))


class StandingQuery(PageQuery):
    cycle = cycle_of(required=True)
    layer = word(LAYERS, load_default="person")
    unit = key("only those of this unit; ranks stay those among all", load_default=None, allow_none=True)


class StandingDocument(paged(ScoreDocument)):  # type: ignore[misc]  # made at run time
    cycle = fields.String(required=True)
    provisional = fields.Boolean(required=True)
    as_of = fields.Date(required=True, metadata={"description": "only periods that ended before it are due"})
    computed_at = fields.AwareDateTime(required=True)
    bureau = fields.Nested(BureauScoreDocument, required=True, allow_none=True)


class ArrivedDocument(Document):
    cycle = fields.String(required=True)
    version = fields.String(required=True, metadata={"description": "changes with every state that scoring takes"})
    counts = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.Integer()),
        required=True,
        metadata={"description": "kind -> status -> states"},
    )


class Composing(Command):
    cycle = key("whose model gives the weights", load_default=None, allow_none=True)
    layer = word(LAYERS, load_default="person")
    line = key(load_default=None, allow_none=True)
    categories = fields.Dict(keys=word(CATEGORIES), values=Exact(validate=_SCORE, allow_none=True), required=True)
    components = fields.Dict(
        keys=word(COMPONENTS),
        values=Exact(validate=_SCORE, allow_none=True),
        load_default=dict,
        metadata={"description": "unit, bureau"},
    )
    weights = fields.Dict(keys=word(CATEGORIES), values=Exact(validate=_WEIGHT), load_default=dict)
    composite = fields.Dict(keys=word(COMPONENTS), values=Exact(validate=_WEIGHT), load_default=dict)
    rounding = word(ROUNDINGS, load_default=None, allow_none=True)


class CompositionDocument(Document):
    layer_score = number()
    layer_formula = fields.String(required=True)
    final = number()
    final_formula = fields.String(required=True, allow_none=True)


standings = Family("scoring", "standings", "实时得分 scores by the facts of now")

list_standing = standings.get("/standings", "list_standing", StandingQuery, StandingDocument, may="sight")(
    "实时排名 the ranking by the facts of now; before publication one's own"
)
count_facts = standings.get("/standings/facts", "count_facts", OneCycle, ArrivedDocument, may="oversees")(
    "已到达的事实 what has arrived at scoring, by kind and status"
)
compose_score = standings.post(
    "/standings/compose", "compose_score", Composing, CompositionDocument, may="anyone", reads=True
)("试算 a layer score and a final score of given numbers; nothing is stored")
