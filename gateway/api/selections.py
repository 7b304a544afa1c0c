"""From ranking to list: the steps that were taken, and how sure each seat is."""

from typing import Any
from uuid import UUID

from marshmallow import fields
from marshmallow.validate import OneOf, Range

from gateway.api.core import Command, Document, blueprint
from gateway.api.score_documents import LAYERS, QuotaDocument, number
from gateway.rpc import call

selections = blueprint("selections", "先进推荐 from ranking to list, step by step")
COMPUTING = 300.0  # seconds


class LayerQuery(Command):
    layer = fields.String(load_default="person", validate=OneOf(LAYERS))


class SeatsQuery(LayerQuery):
    draws = fields.Integer(load_default=1000, validate=Range(100, 10_000))
    concentration = fields.Integer(
        load_default=100,
        validate=Range(4, 100_000),
        metadata={"description": "how close the drawn weights stay to the model's; 100: ± 0.05 around 0.5"},
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
    step = fields.String(required=True, validate=OneOf(("nominated", "struck", "tied", "chosen", "final")))
    entries = fields.List(fields.Nested(StepEntry), required=True)


class SelectionDocument(Document):
    run = fields.String(required=True)
    layer = fields.String(required=True)
    status = fields.String(required=True)
    quota = fields.Nested(QuotaDocument, required=True)
    steps = fields.List(fields.Nested(SelectionStep), required=True)


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
    seat = fields.String(required=True, validate=OneOf(("robust", "contestable", "outside", "struck")))
    nominated = fields.Boolean(required=True)
    struck = fields.Boolean(required=True)
    tied = fields.Boolean(required=True)


class SeatsDocument(Document):
    run = fields.String(required=True)
    layer = fields.String(required=True)
    quota = fields.Nested(QuotaDocument, required=True)
    draws = fields.Integer(required=True)
    concentration = fields.Integer(required=True)
    lines = fields.Dict(keys=fields.String(), values=fields.Nested(LineScale), required=True)
    items = fields.List(fields.Nested(SeatDocument), required=True)


@selections.route("/runs/<uuid:run>/selection")
@selections.arguments(LayerQuery, location="query")
@selections.response(200, SelectionDocument)
def list_selection(query: dict[str, Any], run: UUID) -> dict[str, Any]:
    """推荐过程 nominated within the quota, struck and why, tied, chosen by the panel, final order"""
    return call("scoring", "list_selection", {**query, "run": str(run)}, read=True)


@selections.route("/runs/<uuid:run>/seats")
@selections.arguments(SeatsQuery, location="query")
@selections.response(200, SeatsDocument)
def assess_seats(query: dict[str, Any], run: UUID) -> dict[str, Any]:
    """名额稳健性 T-scores beside the raw ones, and how sure each seat is if the weights were somewhat different"""
    return call("scoring", "assess_seats", {**query, "run": str(run)}, read=True, timeout=COMPUTING)
