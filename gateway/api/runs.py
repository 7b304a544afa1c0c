"""Runs: a cycle scored, frozen with its inputs, approved and published."""

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields
from marshmallow.validate import OneOf

from gateway.api.core import Command, Document, PageQuery, blueprint, etag, paged, text
from gateway.api.score_documents import (
    LAYERS,
    PAPER,
    BureauScoreDocument,
    ExplanationDocument,
    ExplanationQuery,
    QuotaDocument,
    ScoreDocument,
    pdf,
)
from gateway.evidence import with_evidence
from gateway.paper.printing import printed
from gateway.rpc import call

LONG = 600.0  # seconds that a run of a large bureau may take
COUNTING = 120.0
runs = blueprint("runs", "核算 frozen runs, their scores and rankings")


class NewRun(Command):
    cycle = text(64, required=True)


class Approval(Command):
    chosen = fields.Dict(
        keys=fields.String(validate=OneOf(LAYERS)),
        values=fields.Dict(keys=text(64), values=text(2000)),
        metadata={"description": "layer -> subject -> reason, of those tied at the quota's edge"},
    )


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
    previous = fields.String(allow_none=True, metadata={"description": "the cycle's newest run before this one"})
    facts_checked = fields.Boolean(metadata={"description": "the owners' counts proved that all facts had arrived"})
    newer_states = fields.Boolean(metadata={"description": "states have arrived since that a new run would take in"})


class RankingDocument(paged(ScoreDocument)):  # type: ignore[misc]  # made at run time
    quota = fields.Nested(QuotaDocument, required=True)


class HashesDocument(Document):
    input_hash = fields.String(required=True)
    result_hash = fields.String(required=True)


class ComparisonQuery(PageQuery):
    against = text(64, metadata={"description": "an earlier run of the cycle; by default the one before"})


class BeforeAfter(Document):
    before = fields.Raw(required=True, allow_none=True)
    after = fields.Raw(required=True, allow_none=True)


class ItemChange(BeforeAfter):
    indicator = fields.String(required=True)


class SubjectChange(Document):
    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    layer = fields.String(required=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True)
    changes = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(BeforeAfter),
        required=True,
        metadata={"description": "final, layer_score, rank, nominated, struck, commended, tied: those that changed"},
    )
    items = fields.List(fields.Nested(ItemChange), required=True, metadata={"description": "points of items"})
    entered = fields.Boolean(required=True)
    left = fields.Boolean(required=True)


class ComparisonDocument(paged(SubjectChange)):  # type: ignore[misc]  # made at run time
    run = fields.String(required=True)
    against = fields.String(required=True)
    same_inputs = fields.Boolean(required=True)
    bureau_score = fields.Nested(BeforeAfter, required=True)
    changed = fields.Integer(required=True)


class FirstDifference(Document):
    at = fields.String(required=True, metadata={"description": "inputs, items, rows or bureau / subject / ..."})
    frozen = fields.String(required=True, allow_none=True)
    recomputed = fields.String(required=True, allow_none=True)


class VerdictDocument(Document):
    run = fields.UUID(required=True)
    frozen = fields.Nested(HashesDocument, required=True)
    recomputed = fields.Nested(HashesDocument, required=True)
    same = fields.Boolean(required=True)
    difference = fields.Nested(FirstDifference, allow_none=True, metadata={"description": "null: identical"})


def counted(command: dict[str, Any]) -> dict[str, Any]:
    """With the owners' counts of their states, taken now: scoring freezes when it holds exactly these."""
    tallies: dict[str, Any] = {}
    for owner in ("targets", "declarations"):
        tallies |= call(owner, "tally_states", {"cycle": command["cycle"]}, read=True, timeout=COUNTING)
    return {**command, "expected": tallies}


@runs.route("/runs", methods=["POST"])
@runs.arguments(NewRun)
@runs.response(201, RunDocument)
def freeze_run(command: dict[str, Any]) -> Any:
    """冻结核算 score a closed cycle and keep its inputs; answers when it is done"""
    return etag(call("scoring", "freeze_run", counted(command), timeout=LONG), 201)


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
@runs.arguments(Approval)
@runs.response(200, RunDocument)
def approve_run(command: dict[str, Any], run: UUID) -> Any:
    """审定 approve, by the panel, choosing among those tied at the quota's edge"""
    return etag(call("scoring", "approve_run", {**command, "run": str(run)}))


@runs.route("/runs/<uuid:run>/recompute", methods=["POST"])
@runs.response(200, VerdictDocument)
def recompute_run(run: UUID) -> dict[str, Any]:
    """复算 score the stored inputs again and compare the hashes"""
    return call("scoring", "recompute_run", {"run": str(run)}, read=True, timeout=LONG)


@runs.route("/runs/<uuid:run>/differences")
@runs.arguments(ComparisonQuery, location="query")
@runs.response(200, ComparisonDocument)
def compare_runs(query: dict[str, Any], run: UUID) -> dict[str, Any]:
    """与前次核算的差异 what this run changed for each subject, against the one before"""
    return call("scoring", "compare_runs", {**query, "run": str(run)}, read=True)


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
@runs.arguments(ExplanationQuery, location="query")
@runs.response(200, ExplanationDocument)
def explain_score(query: dict[str, Any], run: UUID, subject: str) -> dict[str, Any]:
    """得分的由来 from the final score down to the facts and who stands behind them"""
    tree = call("scoring", "explain_score", {"run": str(run), "subject": subject}, read=True)
    return with_evidence(tree) if query["evidence"] else tree


@runs.route("/runs/<uuid:run>/explanations/<string:subject>/paper")
@runs.response(200, PAPER, content_type="application/pdf")
def print_score(run: UUID, subject: str) -> Response:
    """得分说明书 the same on paper (PDF), for the person's file"""
    tree = call("scoring", "explain_score", {"run": str(run), "subject": subject}, read=True)
    return pdf(printed(with_evidence(tree)), f"{tree['cycle']}-{subject}")
