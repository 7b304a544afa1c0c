"""The model of a cycle by revision: 考核模型."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, Exact, listing, paged, revision, whole, word
from shared.contracts.targets.cycles import CycleKey, tie_chain
from shared.contracts.targets.fields import cell, cycle_code, day, edition, note, quantity, text
from shared.contracts.targets.keys import WhyNotDocument
from shared.vocabulary.cycles import EVALUATIONS, MODEL_PARTS, MODEL_STATES, ROUNDINGS
from shared.vocabulary.library import CATEGORIES


def _weights(depth: int, description: str = "") -> fields.Dict:
    """``depth`` levels of names above a weight, as they come in."""
    values = quantity(required=True) if depth == 1 else _weights(depth - 1)
    longest = Length(1, 20) if depth == 1 else None
    return fields.Dict(keys=text(40), values=values, validate=longest, metadata={"description": description})


def _table(depth: int, description: str = "", **options: Any) -> fields.Dict:
    """``depth`` levels of names above an exact number, as they go out."""
    values = Exact() if depth == 1 else _table(depth - 1)
    return fields.Dict(keys=fields.String(), values=values, metadata={"description": description}, **options)


class NewModel(Command):
    """What is not named stays as it is."""

    cycle = cycle_code()
    revision = revision("of the cycle", load_default=None, allow_none=True)
    effective = day(
        "from when it holds; today where absent, a later day schedules it", load_default=None, allow_none=True
    )
    note = note(1000, load_default="")
    weights = _weights(3, "layer -> line -> category -> weight")
    composite = _weights(2, "target -> component -> weight")
    rounding = word(ROUNDINGS)
    quota_percent = whole(0, 100)
    tie_chain = tie_chain()
    grade_values = _weights(1, "优, 好, 一般, 可以, 差 -> share")
    evaluations = word(EVALUATIONS, "which count: as cast, or adjusted for their raters' severity")
    proposal = fields.String(
        load_default=None,
        allow_none=True,
        validate=Length(1, 40),
        metadata={"description": "takes the weights of this proposal from judgement"},
    )


class ModelQuery(Command):
    cycle = cycle_code()
    model_revision = edition()
    on = day("the model that was in force on this day; today where absent", load_default=None, allow_none=True)


class ModelTakeBack(Command):
    """All of a revision, or single parts of it, as the revision before had them."""

    cycle = cycle_code()
    model_revision = whole(1, 10_000)
    revision = revision("of the cycle", load_default=None, allow_none=True)
    parts = fields.List(
        word(MODEL_PARTS),
        load_default=None,
        allow_none=True,
        validate=Length(1, len(MODEL_PARTS)),
        metadata={"description": "all where absent"},
    )


class ModelChange(Document):
    path = fields.String(required=True, metadata={"description": "weights.person.access.common"})
    before = cell(required=True)
    after = cell(required=True)


class ModelItem(Document):
    model_revision = fields.Integer(required=True)
    effective = fields.Date(required=True)
    status = word(MODEL_STATES, required=True)
    weights = _table(3, "layer -> line -> category -> weight", required=True)
    composite = _table(2, "target -> component -> weight", required=True)
    rounding = word(ROUNDINGS, required=True)
    quota_percent = fields.Integer(required=True)
    tie_chain = listing(word(CATEGORIES))
    grade_values = _table(1, "grade -> share", required=True)
    evaluations = word(EVALUATIONS, required=True)
    note = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True, allow_none=True)


class ListedModel(ModelItem):
    may = listing(fields.String(), "take_back")
    why_not = listing(WhyNotDocument)


class ModelDocument(ModelItem):
    changes = listing(ModelChange, "against the revision before")


models = Family(
    "targets", "models", "考核模型 weights, composition, rounding, quota, tie chain and grade values, by revision"
)

revise_model = models.post(
    "/cycles/<cycle>/models",
    "revise_model",
    NewModel,
    ModelItem,
    may="may_manage_cycle",
    if_match="optional",
    status=201,
)("修订模型 a new revision of the model; what is not named stays; If-Match with the cycle's ETag guards it")
withdraw_model = models.post(
    "/cycles/<cycle>/models/withdraw", "withdraw_model", CycleKey, ModelItem, may="may_manage_cycle"
)("撤回模型 the scheduled revision is not to come into force")
take_back_model = models.post(
    "/cycles/<cycle>/models/<int:model_revision>/take-back",
    "take_back_model",
    ModelTakeBack,
    ModelItem,
    may="may_manage_cycle",
    if_match="optional",
)("撤回模型的修改 before its day has come, or before the year is opened: as the revision before had it")
list_models = models.get("/cycles/<cycle>/models", "list_models", CycleKey, paged(ListedModel), may="anyone")(
    "模型版本 every revision of the model, oldest first"
)
get_model = models.internal("get_model", ModelQuery, may="anyone", reads=True)
models.get(
    "/cycles/<cycle>/models/<int:model_revision>",
    "get_model",
    ModelQuery,
    ModelDocument,
    may="anyone",
    fixed={"on": None},
)("模型 one revision, with what it changed")
models.get(
    "/cycles/<cycle>/model",
    "get_model",
    ModelQuery,
    ModelDocument,
    may="anyone",
    name="get_model_on",
    fixed={"model_revision": None},
)("某日的模型 the model that was in force on a day")
