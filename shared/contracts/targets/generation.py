"""Targets generated from past years (目标生成): forecast with the reason of every step, and taken over into the draft."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.shapes import Document, Exact, listing, paged, whole, word
from shared.contracts.targets.allocations import ShortageDocument
from shared.contracts.targets.fields import indicator_code
from shared.contracts.targets.keys import CyclePage, OneCycle, subject_or_bureau
from shared.vocabulary.generation import FORECASTS, GENERATION_STATES

_MOST = 100_000


class OneGeneration(OneCycle):
    generation = whole(1, _MOST, required=True)


class ForecastQuery(CyclePage):
    generation = whole(1, _MOST, required=True)
    indicator = indicator_code(load_default=None)
    subject = subject_or_bureau(load_default=None)


class GeneratedDocument(Document):
    generation = fields.Integer(required=True)
    indicators = fields.Integer(required=True)
    changed = fields.Integer(required=True, metadata={"description": "targets that would change"})
    units = fields.Integer(required=True, metadata={"description": "shares of units that were forecast"})
    shortages = listing(ShortageDocument)


class GenerationDocument(Document):
    generation = fields.Integer(required=True)
    status = word(GENERATION_STATES, required=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    applied_by = fields.String(required=True, allow_none=True)
    applied_at = fields.AwareDateTime(required=True, allow_none=True)


class ReasonDocument(Document):
    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class ForecastDocument(Document):
    generation = fields.Integer(required=True)
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    history = fields.Dict(
        keys=fields.String(), values=Exact(), required=True, metadata={"description": "year -> quantity"}
    )
    method = word(FORECASTS, required=True)
    forecast = Exact(required=True, allow_none=True)
    peer = Exact(required=True, allow_none=True, metadata={"description": "the median it is drawn to"})
    damped = Exact(required=True, allow_none=True)
    floor = Exact(required=True, allow_none=True)
    ceiling = Exact(required=True, allow_none=True)
    proposed = Exact(required=True, allow_none=True)
    reasons = listing(ReasonDocument)


class AppliedDocument(Document):
    generation = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    library_revision = fields.Integer(required=True, metadata={"description": "of the draft"})


generation = Family("targets", "generation", "目标生成 targets from history and the leaders' limits")

generate_targets = generation.post(
    "/cycles/<cycle>/generations", "generate_targets", OneCycle, GeneratedDocument, may="may_manage_cycle", status=201
)("生成目标 forecast next year's targets and the units' shares of them; changes nothing yet")
list_generations = generation.get(
    "/cycles/<cycle>/generations", "list_generations", OneCycle, paged(GenerationDocument), may="may_see_drafts"
)("生成记录 what was generated for the year, the newest first")
list_forecasts = generation.get(
    "/cycles/<cycle>/generations/<int:generation>/forecasts",
    "list_forecasts",
    ForecastQuery,
    paged(ForecastDocument),
    may="may_see_drafts",
)("预测与理由 forecasts with the reason of every step")
apply_generation = generation.post(
    "/cycles/<cycle>/generations/<int:generation>/apply",
    "apply_generation",
    OneGeneration,
    AppliedDocument,
    may="may_manage_cycle",
)("采用目标 the proposed targets go into the library's draft")
