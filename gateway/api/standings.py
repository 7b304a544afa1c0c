"""The live standing: scores by the facts of now, always provisional."""

from typing import Any

from flask import Response
from marshmallow import fields
from marshmallow.validate import OneOf

from gateway.api.core import Command, Document, Exact, PageQuery, blueprint, paged, text
from gateway.api.score_documents import (
    CATEGORIES,
    LAYERS,
    PAPER,
    BureauScoreDocument,
    ExplanationDocument,
    ExplanationQuery,
    ScoreDocument,
    number,
    pdf,
)
from gateway.evidence import with_evidence
from gateway.paper.printing import printed
from gateway.rpc import call

standings = blueprint("standings", "实时得分 scores by the facts of now")


class StandingCycleQuery(Command):
    cycle = text(64, required=True)


class StandingExplanationQuery(ExplanationQuery, StandingCycleQuery):
    """Of one subject, by the facts of now."""


class StandingQuery(PageQuery):
    cycle = text(64, required=True)
    layer = fields.String(load_default="person", validate=OneOf(LAYERS))


class StandingDocument(paged(ScoreDocument)):  # type: ignore[misc]  # made at run time
    cycle = fields.String(required=True)
    provisional = fields.Boolean(required=True)
    computed_at = fields.AwareDateTime(required=True)
    bureau = fields.Nested(BureauScoreDocument, required=True, allow_none=True)


class ArrivedDocument(Document):
    cycle = fields.String(required=True)
    version = fields.String(required=True, metadata={"description": "changes with every state that scoring takes"})
    counts = fields.Dict(
        keys=fields.String(), values=fields.Dict(keys=fields.String(), values=fields.Integer()), required=True
    )


class NewComposition(Command):
    cycle = text(64, metadata={"description": "whose model gives the weights"})
    layer = fields.String(validate=OneOf(LAYERS))
    line = text(64)
    categories = fields.Dict(
        keys=fields.String(validate=OneOf(CATEGORIES)), values=Exact(allow_none=True), required=True
    )
    components = fields.Dict(keys=text(64), values=Exact(allow_none=True), metadata={"description": "unit, bureau"})
    weights = fields.Dict(keys=fields.String(validate=OneOf(CATEGORIES)), values=Exact())
    composite = fields.Dict(keys=text(64), values=Exact())
    rounding = fields.String(validate=OneOf(("half_up", "half_even")))


class CompositionDocument(Document):
    layer_score = number()
    layer_formula = fields.String(required=True)
    final = number()
    final_formula = fields.String(required=True, allow_none=True)


@standings.route("/standings")
@standings.arguments(StandingQuery, location="query")
@standings.response(200, StandingDocument)
def list_standing(query: dict[str, Any]) -> dict[str, Any]:
    """实时排名 the ranking by the facts of now; before publication one's own"""
    return call("scoring", "list_standing", query, read=True)


@standings.route("/standings/explanations/<string:subject>")
@standings.arguments(StandingExplanationQuery, location="query")
@standings.response(200, ExplanationDocument)
def explain_standing(query: dict[str, Any], subject: str) -> dict[str, Any]:
    """实时得分的由来 from the provisional score down to the facts"""
    tree = call("scoring", "explain_standing", {"cycle": query["cycle"], "subject": subject}, read=True)
    return with_evidence(tree) if query["evidence"] else tree


@standings.route("/standings/explanations/<string:subject>/paper")
@standings.arguments(StandingCycleQuery, location="query")
@standings.response(200, PAPER, content_type="application/pdf")
def print_standing(query: dict[str, Any], subject: str) -> Response:
    """实时得分说明书 the provisional score on paper (PDF)"""
    tree = call("scoring", "explain_standing", {**query, "subject": subject}, read=True)
    return pdf(printed(with_evidence(tree)), f"{query['cycle']}-{subject}")


@standings.route("/standings/facts")
@standings.arguments(StandingCycleQuery, location="query")
@standings.response(200, ArrivedDocument)
def count_facts(query: dict[str, Any]) -> dict[str, Any]:
    """已到达的事实 what has arrived at scoring, by kind and status"""
    return call("scoring", "count_facts", query, read=True)


@standings.route("/standings/compose", methods=["POST"])
@standings.arguments(NewComposition)
@standings.response(200, CompositionDocument)
def compose_score(command: dict[str, Any]) -> dict[str, Any]:
    """试算 a layer score and a final score of given numbers; nothing is stored"""
    return call("scoring", "compose_score", command, read=True)
