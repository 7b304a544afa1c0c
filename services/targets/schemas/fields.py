"""Fields that the commands share. Everything that comes in has a limit."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from services.targets.domain.quantities import plain
from services.targets.domain.sheet import PLAIN_NUMBER
from shared.errors import Invalid

LARGEST_BATCH = 500
_PRINTABLE = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f]*")


class Command(Schema):
    """What comes in: unknown fields are refused."""

    class Meta:
        unknown = RAISE


def load(schema: type[Schema], body: Mapping[str, Any]) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = schema().load(body)
    except ValidationError as error:
        raise Invalid.from_marshmallow(error) from error
    return loaded


def code(**options: Any) -> fields.String:
    """A code as the sheets have them: letters, digits, hyphens."""
    return fields.String(validate=validate.Regexp(r"^[A-Za-z0-9][A-Za-z0-9-]{0,19}\Z"), **options)


def line_code(**options: Any) -> fields.String:
    """A line's code, or ``all``; which lines there are is the bureau's to say."""
    return fields.String(validate=validate.Regexp(r"^[a-z][a-z0-9_]{0,39}\Z"), **options)


def year(**options: Any) -> fields.String:
    return fields.String(required=True, validate=validate.Regexp(r"^20[0-9]{2}\Z"), **options)


def text(longest: int = 200, **options: Any) -> fields.String:
    checks = [validate.Length(1, longest), validate.Regexp(re.compile(_PRINTABLE.pattern + r"\Z"))]
    return fields.String(validate=checks, **options)


class Quantity(fields.Decimal):
    """0 or more, below a thousand billion, at most six decimals."""

    def _validated(self, value: Any) -> Any:
        if isinstance(value, bool) or (isinstance(value, str) and not PLAIN_NUMBER.fullmatch(value)):
            raise self.make_error("invalid")
        number: Any = super()._validated(value)
        if not 0 <= number < 10**12 or number != round(number, 6):
            raise self.make_error("invalid")
        return plain(number)


class IndicatorCode(fields.String):
    def __init__(self, **options: Any) -> None:
        super().__init__(validate=validate.Regexp(r"^[0-9]{2}-[0-9]{2}-[0-9]{2}\Z"), **options)


class Page(Command):
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 500))
    after = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=2000))


def batch(item: type[Schema], **options: Any) -> fields.List[Any]:
    limit = validate.Length(1, LARGEST_BATCH)
    return fields.List(fields.Nested(item), validate=limit, **options)
