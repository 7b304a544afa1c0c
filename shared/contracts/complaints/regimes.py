"""What the law says of deadlines and grounds."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.shapes import Document, Empty, listing, word


class TermDocument(Document):
    days = fields.Integer(required=True)
    unit = word(("working", "calendar"), required=True)
    article = fields.String(required=True)
    extension = fields.Integer(required=True, metadata={"description": "further days that may be approved"})


class GroundDocument(Document):
    article = fields.String(required=True)
    zh = fields.String(required=True)


class ReadingsDocument(Document):
    """How the regime is read where the law is open."""

    weekend_moves = fields.Boolean(required=True)
    statutory_only = fields.Boolean(required=True)
    pause_both_ends = fields.Boolean(required=True)
    transfer_restarts = fields.Boolean(required=True)
    by_receipt = fields.Boolean(required=True)
    supplement_pauses = fields.Boolean(required=True)
    recusal_pauses = fields.Boolean(required=True)


class RegimeDocument(Document):
    code = fields.String(required=True)
    starts = fields.Date(required=True)
    terms = fields.Dict(keys=fields.String(), values=fields.Nested(TermDocument), required=True)
    refusal = fields.Dict(keys=fields.String(), values=fields.Nested(GroundDocument), required=True)
    termination = fields.Dict(keys=fields.String(), values=fields.Nested(GroundDocument), required=True)
    beside = fields.Dict(keys=fields.String(), values=fields.Nested(TermDocument), required=True)
    readings = fields.Nested(ReadingsDocument, required=True)


class RegimesDocument(Document):
    regimes = listing(RegimeDocument)


regimes = Family("complaints", "regimes", "时限与依据 deadlines and grounds of the law")

list_regimes = regimes.get("/cases/regimes", "list_regimes", Empty, RegimesDocument, may="anyone", asked_again=True)(
    "时限与依据 each regime's deadlines and grounds with their articles"
)
