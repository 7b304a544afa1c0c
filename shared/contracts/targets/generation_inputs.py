"""What targets are generated from: settings, past results, the leaders' limits."""

from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import Length, Range, Regexp

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, Exact, PageQuery, batch, listing, paged, whole, word
from shared.contracts.targets.fields import code, cycle_code, indicator_code, quantity, text
from shared.contracts.targets.keys import CyclePage, OneCycle, subject_or_bureau
from shared.vocabulary.generation import RESULT_ORIGINS
from shared.vocabulary.organisation import UNIT_KINDS

_MOST_RULES = 200
_MOST_PERSONS = 5000


def _share(description: str = "", **options: Any) -> fields.Decimal:
    return quantity(description, validate=Range(0, 1), **options)


def _shares(description: str, most: int) -> fields.Dict:
    return fields.Dict(
        keys=code(),
        values=_share(),
        load_default=dict,
        validate=Length(max=most),
        metadata={"description": description},
    )


class EligibilityRule(Command):
    prefix = fields.String(
        required=True,
        validate=Regexp(r"\A[0-9]{2}(-[0-9]{2}){0,2}\Z"),
        metadata={"description": "items whose code begins so: 04, 04-01, 04-01-02"},
    )
    unit_kinds = fields.List(word(UNIT_KINDS), load_default=list, metadata={"description": "none: every kind"})
    positions = fields.List(
        code(),
        load_default=list,
        validate=Length(max=_MOST_RULES),
        metadata={"description": "none: every position"},
    )
    not_positions = fields.List(code(), load_default=list, validate=Length(max=_MOST_RULES))


class SetGenerationSettings(OneCycle):
    """The whole document: what is not said counts in full again."""

    revision = whole(load_default=None)
    smoothing = _share("α: the weight of the last year", load_default=Decimal("0.5"))
    ratchet = _share("λ: how far a forecast is drawn to the median", load_default=Decimal("0.3"))
    trend = _share("φ: how much of a trend goes on", load_default=Decimal("0.8"))
    years = whole(2, 10, "of the past that a trend and a median are taken of", load_default=3)
    lowest = _share("of last year's result, below which no target falls", load_default=Decimal("0.9"))
    highest = quantity(
        "of last year's result, above which no target rises",
        validate=Range(1, 10),
        load_default=Decimal("1.2"),
    )
    positions = _shares("position -> part of a load", _MOST_RULES)
    persons = _shares("person -> part of a load", _MOST_PERSONS)
    eligibility = fields.List(fields.Nested(EligibilityRule), load_default=list, validate=Length(max=_MOST_RULES))


class PastResult(Command):
    indicator = indicator_code(required=True)
    subject = subject_or_bureau(required=True)
    year = cycle_code()
    quantity = quantity(required=True)


class RecordResults(Command):
    results = batch(PastResult)

    @validates_schema
    def each_once(self, data: dict[str, Any], **_options: Any) -> None:
        keys = [(one["indicator"], one["subject"], one["year"]) for one in data["results"]]
        if len(set(keys)) != len(keys):
            raise ValidationError("a result is given twice", "results")


class ResultQuery(PageQuery):
    indicator = indicator_code(load_default=None)
    subject = subject_or_bureau(load_default=None)


class Bound(Command):
    indicator = indicator_code(required=True)
    subject = subject_or_bureau(required=True)
    floor = quantity(load_default=None)
    ceiling = quantity(load_default=None)
    reason = text(500, required=True)

    @validates_schema
    def in_order(self, data: dict[str, Any], **_options: Any) -> None:
        floor, ceiling = data["floor"], data["ceiling"]
        if floor is not None and ceiling is not None and floor > ceiling:
            raise ValidationError("the floor is above the ceiling", "floor")


class SetBounds(OneCycle):
    bounds = batch(Bound)

    @validates_schema
    def each_once(self, data: dict[str, Any], **_options: Any) -> None:
        keys = [(one["indicator"], one["subject"]) for one in data["bounds"]]
        if len(set(keys)) != len(keys):
            raise ValidationError("an indicator and subject are given twice", "bounds")


class BoundQuery(CyclePage):
    indicator = indicator_code(load_default=None)
    subject = subject_or_bureau(load_default=None)


class EligibilityRuleDocument(Document):
    prefix = fields.String(required=True)
    unit_kinds = listing(word(UNIT_KINDS))
    positions = listing(fields.String())
    not_positions = listing(fields.String())


class SettingsDocument(Document):
    cycle = fields.String(required=True)
    smoothing = Exact(required=True)
    ratchet = Exact(required=True)
    trend = Exact(required=True)
    years = fields.Integer(required=True)
    lowest = Exact(required=True)
    highest = Exact(required=True)
    positions = fields.Dict(keys=fields.String(), values=Exact(), required=True)
    persons = fields.Dict(keys=fields.String(), values=Exact(), required=True)
    eligibility = listing(EligibilityRuleDocument)
    revision = fields.Integer(required=True)


class RecordedDocument(Document):
    recorded = fields.Integer(required=True)


class ResultDocument(Document):
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    year = fields.String(required=True)
    quantity = Exact(required=True)
    origin = word(RESULT_ORIGINS, "published by scoring, or recorded by the office", required=True)


class BoundsSetDocument(Document):
    set = fields.Integer(required=True)


class BoundDocument(Document):
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    floor = Exact(required=True, allow_none=True)
    ceiling = Exact(required=True, allow_none=True)
    reason = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    revision = fields.Integer(required=True)


generation_inputs = Family(
    "targets", "generation_inputs", "目标生成依据 past results, settings and the leaders' limits"
)

get_generation_settings = generation_inputs.get(
    "/cycles/<cycle>/generation-settings",
    "get_generation_settings",
    OneCycle,
    SettingsDocument,
    may="may_see_drafts",
    etag=True,
)("生成设置 how targets are forecast and who counts how much")
set_generation_settings = generation_inputs.patch(
    "/cycles/<cycle>/generation-settings",
    "set_generation_settings",
    SetGenerationSettings,
    SettingsDocument,
    may="may_manage_cycle",
)("修改生成设置 the whole document; needs If-Match")
record_results = generation_inputs.post(
    "/results", "record_results", RecordResults, RecordedDocument, may="may_manage_cycle"
)("登记往年实绩 what units and persons reached in past years")
list_results = generation_inputs.get(
    "/results", "list_results", ResultQuery, paged(ResultDocument), may="may_see_drafts"
)("往年实绩 what targets are generated from: published by scoring, of earlier years recorded by the office")
set_bounds = generation_inputs.post(
    "/cycles/<cycle>/bounds", "set_bounds", SetBounds, BoundsSetDocument, may="may_set_bounds"
)("设定上下限 the leaders' floor and ceiling, with the reason")
list_bounds = generation_inputs.get(
    "/cycles/<cycle>/bounds", "list_bounds", BoundQuery, paged(BoundDocument), may="anyone"
)("上下限列表 floors and ceilings, who set them and why")
