"""Fields that the targets service's requests share: codes as the sheets have them, quantities without a sign."""

import re
from datetime import date
from typing import Any

from marshmallow import ValidationError, fields
from marshmallow.validate import Length, Range, Regexp

from shared.contracts.shapes import Exact, described

_PRINTABLE = Regexp(re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f]*\Z"))  # what a worksheet's cell can hold
_YEARS = range(1949, 2100)  # staff were taken on long before the first appraisal
_PLAIN = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")


def code(description: str = "", **options: Any) -> fields.String:
    """Return the field for a code as the sheets have them: letters, digits, hyphens."""
    return fields.String(validate=Regexp(r"^[A-Za-z0-9][A-Za-z0-9-]{0,19}\Z"), **described(description, options))


def cycle_code(description: str = "", **options: Any) -> fields.String:
    """Return the field for the year of a cycle, required unless said otherwise."""
    return fields.String(validate=Regexp(r"^20[0-9]{2}\Z"), **described(description, {"required": True, **options}))


def indicator_code(description: str = "", **options: Any) -> fields.String:
    return fields.String(validate=Regexp(r"^[0-9]{2}-[0-9]{2}-[0-9]{2}\Z"), **described(description, options))


def text(limit: int = 200, description: str = "", **options: Any) -> fields.String:
    """Return the field for a string of 1..``limit`` characters that a worksheet can hold."""
    return fields.String(validate=[Length(1, limit), _PRINTABLE], **described(description, options))


def note(limit: int = 1000, description: str = "", **options: Any) -> fields.String:
    """Return the field for a string that may be empty, and that a worksheet can hold."""
    return fields.String(validate=[Length(max=limit), _PRINTABLE], **described(description, options))


def day(description: str = "", **options: Any) -> fields.Date:
    """Return the field for a day on which somebody may have been somewhere."""
    return fields.Date(validate=_possible, **described(description, options))


def edition(description: str = "", **options: Any) -> fields.Integer:
    """Return the field for the number of a revision of a library or a model; None where none is named."""
    given = {"load_default": None, "allow_none": True, **options}
    return fields.Integer(strict=True, validate=Range(1, 10_000), **described(description, given))


def cell(description: str = "", **options: Any) -> fields.Raw:
    """Return the field for what a cell of a sheet holds: a text, a list, a
    rule's parameters, nothing; numbers as texts."""
    kinds = {"type": ["string", "integer", "boolean", "array", "object"], "description": description}
    return fields.Raw(allow_none=True, metadata=kinds, **options)


class Quantity(Exact):
    """0 or more, below a thousand billion, at most six decimals; without needless zeros: 752, not 752.0 or 7.52E+2."""

    def _validated(self, value: Any) -> Any:
        if isinstance(value, str) and not _PLAIN.fullmatch(value):
            raise self.make_error("invalid")
        number = super()._validated(value)
        if number < 0:
            raise self.make_error("invalid")
        return number.quantize(1) if number == number.to_integral_value() else number.normalize()


def quantity(description: str = "", **options: Any) -> Quantity:
    return Quantity(**described(description, options))


def _possible(given: date) -> None:
    if given.year not in _YEARS:
        raise ValidationError(f"between {_YEARS.start} and {_YEARS.stop - 1}")
