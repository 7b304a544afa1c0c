"""From ranking to list: the steps that were taken, and how sure each seat is."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.scoring.scores import OneRun, QuotaDocument, number
from shared.contracts.shapes import Document, listing, whole, word
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.scoring import RUN_STATES, SEATS, SELECTION_STEPS

COMPUTING = 300  # seconds


class SelectionQuery(OneRun):
    layer = word(LAYERS, load_default="person")


class SeatsQuery(SelectionQuery):
    draws = whole(100, 10_000, load_default=1000)
    concentration = whole(
        4, 100_000, "how close the drawn weights stay to the model's; 100: ± 0.05 around 0.5", load_default=100
    )


class StepEntry(Document):
    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    place = fields.Integer(
        required=True, metadata={"description": "the rank; in the final order the place in the list"}
    )
    reason = fields.String(required=True, metadata={"description": "why it was nominated, struck or chosen"})
    by = fields.String(required=True)


class SelectionStep(Document):
    step = word(SELECTION_STEPS, required=True)
    entries = listing(StepEntry)


class SelectionDocument(Document):
    run = fields.String(required=True)
    layer = word(LAYERS, required=True)
    status = word(RUN_STATES, required=True)
    quota = fields.Nested(QuotaDocument, required=True)
    steps = listing(SelectionStep)


class LineScale(Document):
    members = fields.Integer(required=True)
    mean = number("by which the line is measured")
    deviation = number()
    own_share = number("1 from 30 members on; below, the rest is the bureau's")


class SeatDocument(Document):
    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True)
    line = fields.String(required=True)
    rank = fields.Integer(required=True)
    final = number("raw")
    layer_score = number("raw, the subject's own layer")
    t_score = number("T = 50 + 10 (layer score − μ) ÷ σ of its line; for comparison, never for the rank")
    seat_share = number("share of drawn weights with which the subject is within the quota")
    probability = number(
        "of a seat, weights, votes and what spot checks found carried through all stages; the layer's add up to its places at most"
    )
    margin = number(
        "by how much the final may fall (+), or has to rise (−), until the seat changes hands or, where places are free,"
        " the floor is reached; null: there are no places"
    )
    seat = word(SEATS, required=True)
    nominated = fields.Boolean(required=True)
    struck = fields.Boolean(required=True)
    tied = fields.Boolean(required=True)


class LeagueUnit(Document):
    unit = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True)
    members = fields.Integer(required=True)
    mean = number("of their own scores")
    shrunken = number(
        "drawn towards the bureau's by how much of the spread is chance; for comparison, never for a score"
    )
    own_share = number("how much of it is the unit's own mean")


class SeatChecks(Document):
    drawn = fields.Integer(required=True, metadata={"description": "by chance, in closed checks of the cycle"})
    wrong = fields.Integer(required=True, metadata={"description": "of these: corrected or false"})
    unseen = fields.Integer(
        required=True,
        metadata={"description": "facts of the run that were listed for a draw, and that nobody looked at"},
    )


class SeatsDocument(Document):
    run = fields.String(required=True)
    layer = word(LAYERS, required=True)
    quota = fields.Nested(QuotaDocument, required=True)
    draws = fields.Integer(required=True)
    concentration = fields.Integer(required=True)
    lines = fields.Dict(keys=fields.String(), values=fields.Nested(LineScale), required=True)
    units = listing(LeagueUnit, "of the people; by the shrunken mean")
    checks = fields.Nested(
        SeatChecks, required=True, metadata={"description": "what of spot checks is in the probabilities"}
    )
    items = listing(SeatDocument)


selections = Family("scoring", "selections", "先进推荐 from ranking to list, step by step")

list_selection = selections.get(
    "/runs/<uuid:run>/selection", "list_selection", SelectionQuery, SelectionDocument, may="sight"
)("推荐过程 nominated within the quota, struck and why, tied, chosen by the panel, final order")
assess_seats = selections.get(
    "/runs/<uuid:run>/seats", "assess_seats", SeatsQuery, SeatsDocument, may="oversees", seconds=COMPUTING
)("名额稳健性 T-scores beside the raw ones, and how sure each seat is if the weights were somewhat different")
