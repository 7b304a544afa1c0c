"""The model of a cycle by revision: 考核模型."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import OneOf

from gateway.api.core import Command, Document, Exact, blueprint, if_match, paged, text, whole
from gateway.rpc import call

models = blueprint("models", "考核模型 weights, composition, rounding, quota, tie chain and grade values, by revision")


def _table(depth: int, **options: Any) -> fields.Dict:
    """``depth`` levels of names above an exact number."""
    values = Exact() if depth == 1 else _table(depth - 1)
    return fields.Dict(keys=text(40), values=values, **options)


class ModelBody(Command):
    effective = fields.Date(
        metadata={"description": "from when it holds; today where absent, a later day schedules it"}
    )
    note = text(1000)
    weights = _table(3, metadata={"description": "layer -> line -> category -> weight"})
    composite = _table(2, metadata={"description": "target -> component -> weight"})
    rounding = text(20)
    quota_percent = whole(0, 100)
    tie_chain = fields.List(text(20))
    grade_values = _table(1, metadata={"description": "优, 好, 一般, 可以, 差 -> share"})
    evaluations = fields.String(
        validate=OneOf(("raw", "adjusted")),
        metadata={"description": "which count: as cast, or adjusted for their raters' severity"},
    )
    proposal = text(40, metadata={"description": "takes the weights of this proposal from judgement"})


class ModelQuery(Command):
    on = fields.Date(metadata={"description": "the model that was in force on this day; today where absent"})


class ChangeDocument(Document):
    path = fields.String(required=True, metadata={"description": "weights.person.access.common"})
    before = fields.Raw(required=True, allow_none=True)
    after = fields.Raw(required=True, allow_none=True)


class ModelDocument(Document):
    model_revision = fields.Integer(required=True)
    effective = fields.Date(required=True)
    status = fields.String(required=True, metadata={"description": "draft, scheduled, in_force, withdrawn"})
    weights = _table(3, required=True)
    composite = _table(2, required=True)
    rounding = fields.String(required=True)
    quota_percent = fields.Integer(required=True)
    tie_chain = fields.List(fields.String(), required=True)
    grade_values = _table(1, required=True)
    evaluations = fields.String(required=True)
    note = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.DateTime(required=True, allow_none=True)
    changes = fields.List(fields.Nested(ChangeDocument), metadata={"description": "against the revision before"})


@models.route("/cycles/<cycle>/models", methods=["POST"])
@models.arguments(ModelBody)
@models.response(201, ModelDocument)
def revise_model(command: dict[str, Any], cycle: str) -> dict[str, Any]:
    """修订模型 a new revision of the model; what is not named stays; If-Match with the cycle's ETag guards it"""
    body = {**command, "cycle": cycle, "revision": if_match(required=False)}
    return call("targets", "revise_model", body)


@models.route("/cycles/<cycle>/models/withdraw", methods=["POST"])
@models.response(200, ModelDocument)
def withdraw_model(cycle: str) -> dict[str, Any]:
    """撤回模型 the scheduled revision is not to come into force"""
    return call("targets", "withdraw_model", {"cycle": cycle})


@models.route("/cycles/<cycle>/models")
@models.response(200, paged(ModelDocument))
def list_models(cycle: str) -> dict[str, Any]:
    """模型版本 every revision of the model, oldest first"""
    return call("targets", "list_models", {"cycle": cycle}, read=True)


@models.route("/cycles/<cycle>/models/<int:model_revision>")
@models.response(200, ModelDocument)
def get_model(cycle: str, model_revision: int) -> dict[str, Any]:
    """模型 one revision, with what it changed"""
    return call("targets", "get_model", {"cycle": cycle, "model_revision": model_revision}, read=True)


@models.route("/cycles/<cycle>/model")
@models.arguments(ModelQuery, location="query")
@models.response(200, ModelDocument)
def get_model_on(query: dict[str, Any], cycle: str) -> dict[str, Any]:
    """某日的模型 the model that was in force on a day"""
    return call("targets", "get_model", {**query, "cycle": cycle}, read=True)
