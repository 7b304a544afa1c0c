"""Commands and queries on cycles and their library."""

from datetime import date
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from services.targets.domain.cycles import STATUSES
from services.targets.schemas.fields import Command, Quantity, code, text, year
from shared.vocabulary.cycles import ROUNDINGS
from shared.vocabulary.library import CATEGORIES


class _Model(Command):
    rounding = fields.String(validate=validate.OneOf(ROUNDINGS))
    quota_percent = fields.Integer(strict=True, validate=validate.Range(0, 100))
    tie_chain = fields.List(fields.String(validate=validate.OneOf(tuple(CATEGORIES))), validate=validate.Length(0, 4))
    calendar = fields.Dict(keys=fields.Date(), values=fields.Boolean(), validate=validate.Length(max=366))

    @post_load
    def tidy(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        if "tie_chain" in data:
            data["tie_chain"] = tuple(dict.fromkeys(data["tie_chain"]))
        if "calendar" in data:
            data["calendar"] = {day.isoformat(): worked for day, worked in sorted(data["calendar"].items())}
        return data


class CreateCycle(_Model):
    cycle = year()
    copy_from = fields.String(
        validate=validate.Regexp(r"^20[0-9]{2}\Z")
    )  # the year whose library and model it begins with
    starts = fields.Date()
    ends = fields.Date()

    @post_load
    def whole_year(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        of_year = int(data["cycle"])
        return {"starts": date(of_year, 1, 1), "ends": date(of_year, 12, 31), **data}

    @validates_schema
    def within_year(self, data: dict[str, Any], **_options: Any) -> None:
        of_year = int(data["cycle"])
        starts, ends = data.get("starts", date(of_year, 1, 1)), data.get("ends", date(of_year, 12, 31))
        if not date(of_year, 1, 1) <= starts <= ends <= date(of_year, 12, 31):
            raise ValidationError("a cycle lies within its year", "starts")


class ChangeCycle(_Model):
    cycle = year()
    revision = fields.Integer(load_default=None, allow_none=True)


class MoveCycle(Command):
    cycle = year()
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    revision = fields.Integer(load_default=None, allow_none=True)


class CycleKey(Command):
    cycle = year()


def _weights() -> fields.Dict:
    return fields.Dict(keys=text(40), values=Quantity(required=True), validate=validate.Length(1, 20))


class ReviseModel(_Model):
    """What is not named stays as it is."""

    cycle = year()
    revision = fields.Integer(load_default=None, allow_none=True)
    effective = fields.Date(load_default=None, allow_none=True)
    note = text(1000, load_default="")
    weights = fields.Dict(keys=text(20), values=fields.Dict(keys=text(40), values=_weights()))
    composite = fields.Dict(keys=text(20), values=_weights())
    grade_values = _weights()
    evaluations = fields.String(validate=validate.OneOf(("raw", "adjusted")))
    proposal = code(load_default=None, allow_none=True)


class ModelQuery(Command):
    cycle = year()
    model_revision = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 10_000))
    on = fields.Date(load_default=None, allow_none=True)
