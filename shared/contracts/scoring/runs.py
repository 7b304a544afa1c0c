"""Runs: a cycle scored, frozen with its inputs, approved and published; jobs that make them."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.scoring.scores import (
    BureauScoreDocument,
    OneCycle,
    OneRun,
    QuotaDocument,
    RunPage,
    ScoreDocument,
    key,
)
from shared.contracts.shapes import Command, Document, PageQuery, cycle_of, note, paged, word
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.scoring import GRADING_STATES, RUN_STATES

LONG = 600  # seconds that a run of a large bureau may take


class TallyEntry(Command):
    states = key(required=True)
    digest = key(required=True)


class NewRun(OneCycle):
    """``expected``: the owners' tallies; the gateway takes them, nobody else is asked for them."""

    expected = fields.Dict(keys=key(), values=fields.Nested(TallyEntry), load_default=None, allow_none=True)


class Approval(OneRun):
    chosen = fields.Dict(
        keys=word(LAYERS),
        values=fields.Dict(keys=key(), values=note(2000)),
        load_default=dict,
        metadata={"description": "layer -> subject -> reason, of those tied at the quota's edge"},
    )


class RunsQuery(PageQuery):
    cycle = cycle_of(load_default=None, allow_none=True)


class ScoresQuery(RunPage):
    layer = word(LAYERS, load_default=None, allow_none=True)


class RankingQuery(RunPage):
    layer = word(LAYERS, load_default="person")
    unit = key("only those of this unit; ranks stay those among all", load_default=None, allow_none=True)


class RunItem(Document):
    run = fields.UUID(required=True)
    bureau = fields.String(required=True)
    cycle = fields.String(required=True)
    revision = fields.Integer(required=True)
    status = word(RUN_STATES, required=True)
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


class RunDocument(RunItem):
    previous = fields.String(
        required=True, allow_none=True, metadata={"description": "the cycle's newest run before this one"}
    )
    facts_checked = fields.Boolean(
        required=True, metadata={"description": "the owners' counts proved that all facts had arrived"}
    )
    newer_states = fields.Boolean(
        required=True, metadata={"description": "states have arrived since that a new run would take in"}
    )
    grading = word(
        GRADING_STATES,
        "how far the grades of the yearly appraisal have come; null: none are proposed",
        required=True,
        allow_none=True,
    )


class RankingDocument(paged(ScoreDocument)):  # type: ignore[misc]  # made at run time
    quota = fields.Nested(QuotaDocument, required=True)


class HashesDocument(Document):
    input_hash = fields.String(required=True)
    result_hash = fields.String(required=True)


class FirstDifference(Document):
    at = fields.String(required=True, metadata={"description": "inputs, items, rows or bureau / subject / ..."})
    frozen = fields.String(required=True, allow_none=True)
    recomputed = fields.String(required=True, allow_none=True)


class VerdictDocument(Document):
    run = fields.UUID(required=True)
    frozen = fields.Nested(HashesDocument, required=True)
    recomputed = fields.Nested(HashesDocument, required=True)
    same = fields.Boolean(required=True)
    difference = fields.Nested(
        FirstDifference, required=True, allow_none=True, metadata={"description": "null: identical"}
    )


runs = Family("scoring", "runs", "核算 frozen runs, their scores and rankings")

freeze_run = runs.post(
    "/runs",
    "freeze_run",
    NewRun,
    RunDocument,
    may="may_freeze",
    status=201,
    filled=("expected",),
    etag=True,
    seconds=LONG,
    mounted=False,
)("冻结核算 score a closed cycle and keep its inputs; answers when it is done")
list_runs = runs.get("/runs", "list_runs", RunsQuery, paged(RunItem), may="may_read_run")(
    "核算列表 runs; before publication for those who make and watch them"
)
read_run = runs.get("/runs/<uuid:run>", "read_run", OneRun, RunDocument, may="may_read_run", etag=True)(
    "一次核算 one run with its hashes"
)
approve_run = runs.post("/runs/<uuid:run>/approve", "approve_run", Approval, RunItem, may="may_approve", etag=True)(
    "审定 approve, by the panel, choosing among those tied at the quota's edge"
)
recompute_run = runs.post(
    "/runs/<uuid:run>/recompute", "recompute_run", OneRun, VerdictDocument, may="oversees", reads=True, seconds=LONG
)("复算 score the stored inputs again and compare the hashes")
list_scores = runs.get("/runs/<uuid:run>/scores", "list_scores", ScoresQuery, paged(ScoreDocument), may="sight")(
    "得分 scores by subject"
)
list_ranking = runs.get("/runs/<uuid:run>/ranking", "list_ranking", RankingQuery, RankingDocument, may="sight")(
    "排名与先进 the ranking, who is nominated and who was struck"
)
replay_state = runs.internal("replay_state", may="may_replay")
