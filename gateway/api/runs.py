"""Runs: a cycle scored, frozen with its inputs, approved and published."""

from typing import Any
from uuid import UUID

from marshmallow import fields
from marshmallow.validate import OneOf

from gateway.api.core import Command, Document, PageQuery, blueprint, etag, paged, text
from gateway.api.score_documents import LAYERS, BureauScoreDocument, ExplanationDocument, QuotaDocument, ScoreDocument
from gateway.rpc import call

runs = blueprint("runs", "核算 frozen runs, their scores and rankings")


class NewRun(Command):
    cycle = text(64, required=True)


class RunsQuery(PageQuery):
    cycle = text(64)


class ScoresQuery(PageQuery):
    layer = fields.String(validate=OneOf(LAYERS))


class RankingQuery(PageQuery):
    layer = fields.String(load_default="person", validate=OneOf(LAYERS))


class RunDocument(Document):
    run = fields.UUID(required=True)
    bureau = fields.String(required=True)
    cycle = fields.String(required=True)
    revision = fields.Integer(required=True)
    status = fields.String(required=True, validate=OneOf(("frozen", "approved", "published")))
    input_hash = fields.String(required=True, metadata={"description": "SHA-256 of all that the scores depend on"})
    result_hash = fields.String(required=True, metadata={"description": "SHA-256 of all that was found"})
    library_revision = fields.Integer(required=True)
    model_revision = fields.Integer(required=True)
    subjects = fields.Integer(required=True)
    summary = fields.Nested(BureauScoreDocument, required=True)
    frozen_by = fields.String(required=True)
    frozen_at = fields.AwareDateTime(required=True)
    approved_by = fields.String(required=True, allow_none=True)
    approved_at = fields.AwareDateTime(required=True, allow_none=True)
    published_by = fields.String(required=True, allow_none=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)


class RankingDocument(paged(ScoreDocument)):  # type: ignore[misc]  # made at run time
    quota = fields.Nested(QuotaDocument, required=True)


class HashesDocument(Document):
    input_hash = fields.String(required=True)
    result_hash = fields.String(required=True)


class VerdictDocument(Document):
    run = fields.UUID(required=True)
    frozen = fields.Nested(HashesDocument, required=True)
    recomputed = fields.Nested(HashesDocument, required=True)
    same = fields.Boolean(required=True)


@runs.route("/runs", methods=["POST"])
@runs.arguments(NewRun)
@runs.response(201, RunDocument)
def freeze_run(command: dict[str, Any]) -> Any:
    """冻结核算 score a closed cycle and keep its inputs"""
    return etag(call("scoring", "freeze_run", command, timeout=300), 201)


@runs.route("/runs")
@runs.arguments(RunsQuery, location="query")
@runs.response(200, paged(RunDocument))
def list_runs(query: dict[str, Any]) -> dict[str, Any]:
    """核算列表 runs; before publication for those who make and watch them"""
    return call("scoring", "list_runs", query, read=True)


@runs.route("/runs/<uuid:run>")
@runs.response(200, RunDocument)
def read_run(run: UUID) -> Any:
    """一次核算 one run with its hashes"""
    return etag(call("scoring", "read_run", {"run": str(run)}, read=True))


@runs.route("/runs/<uuid:run>/approve", methods=["POST"])
@runs.response(200, RunDocument)
def approve_run(run: UUID) -> Any:
    """审定 approve, by the panel"""
    return etag(call("scoring", "approve_run", {"run": str(run)}))


@runs.route("/runs/<uuid:run>/publish", methods=["POST"])
@runs.response(200, RunDocument)
def publish_run(run: UUID) -> Any:
    """公布 publish, by the office or a leader"""
    return etag(call("scoring", "publish_run", {"run": str(run)}))


@runs.route("/runs/<uuid:run>/recompute", methods=["POST"])
@runs.response(200, VerdictDocument)
def recompute_run(run: UUID) -> dict[str, Any]:
    """复算 score the stored inputs again and compare the hashes"""
    return call("scoring", "recompute_run", {"run": str(run)}, read=True, timeout=300)


@runs.route("/runs/<uuid:run>/scores")
@runs.arguments(ScoresQuery, location="query")
@runs.response(200, paged(ScoreDocument))
def list_scores(query: dict[str, Any], run: UUID) -> dict[str, Any]:
    """得分 scores by subject"""
    return call("scoring", "list_scores", {**query, "run": str(run)}, read=True)


@runs.route("/runs/<uuid:run>/ranking")
@runs.arguments(RankingQuery, location="query")
@runs.response(200, RankingDocument)
def list_ranking(query: dict[str, Any], run: UUID) -> dict[str, Any]:
    """排名与先进 the ranking, who is nominated and who was struck"""
    return call("scoring", "list_ranking", {**query, "run": str(run)}, read=True)


@runs.route("/runs/<uuid:run>/explanations/<string:subject>")
@runs.response(200, ExplanationDocument)
def explain_score(run: UUID, subject: str) -> dict[str, Any]:
    """得分的由来 from the final score down to the facts and who stands behind them"""
    return call("scoring", "explain_score", {"run": str(run), "subject": subject}, read=True)
