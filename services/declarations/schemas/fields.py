"""The fields that commands are made of. What goes out are plain documents, made by the use cases."""

from functools import cache
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from shared.errors import Invalid

LIMIT = 500
_CODE = validate.And(validate.Length(1, 100), validate.ContainsNoneOf("\0"))
_TEXT = validate.And(validate.Length(max=4000), validate.ContainsNoneOf("\0"))


class Command(Schema):
    class Meta:
        unknown = RAISE


def code(**options: Any) -> fields.String:
    return fields.String(validate=_CODE, **options)


def text(**options: Any) -> fields.String:
    return fields.String(validate=_TEXT, **options)


def needed_text() -> fields.String:
    return fields.String(
        required=True, validate=validate.And(_TEXT, validate.Regexp(r"(?s).*\S", error="must not be empty"))
    )


def revision() -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(1, 2**31 - 1))


def batch(item: type[Schema] | fields.Field[Any]) -> fields.List[Any]:
    inner = fields.Nested(item) if isinstance(item, type) else item
    return fields.List(inner, required=True, validate=validate.Length(1, LIMIT))


class Exact(fields.Decimal):
    """A decimal of at most 12 digits before and 6 after the point; never a float's digits."""

    def _validated(self, value: Any) -> Any:
        if isinstance(value, (bool, float)) or (isinstance(value, str) and len(value) > 30):
            raise self.make_error("invalid")
        number = super()._validated(value)
        if number is None:
            return None
        exponent = number.as_tuple().exponent
        if not isinstance(exponent, int) or exponent < -6 or abs(number) >= 10**12:
            raise self.make_error("invalid")
        return number


def counts(**options: Any) -> fields.Dict:
    return fields.Dict(keys=code(), values=Exact(), validate=validate.Length(max=50), **options)


def evidence() -> fields.List[Any]:
    """References to files or papers, in words."""
    return fields.List(text(), load_default=list, validate=validate.Length(max=50))


class PageQuery(Command):
    cycle = code(required=True)
    after = text()
    limit = fields.Integer(load_default=100, validate=validate.Range(1, LIMIT))


class OneCycle(Command):
    cycle = code(required=True)


class ListQuery(PageQuery):
    period = code()
    unit = code()
    status = code()
    assessor = code()
    subject = code()
    indicator = code()


@cache
def _built(schema: type[Schema]) -> Schema:
    return schema()


def loaded(schema: type[Schema], body: dict[str, Any]) -> dict[str, Any]:
    """``body`` as ``schema`` reads it; raises ``Invalid`` naming every field that does not fit."""
    try:
        command: dict[str, Any] = _built(schema).load(body)
    except ValidationError as error:
        raise Invalid.from_marshmallow(error) from error
    return command
