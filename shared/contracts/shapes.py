"""What requests and answers are made of. Everything that comes in has a limit; unknown members are refused."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields
from marshmallow.validate import ContainsNoneOf, Length, OneOf, Range, Regexp

from shared.vocabulary.zones import SHANGHAI

LIMIT = 500  # entries of a page or a batch
_YEARS = range(1990, 2100)
_NO_NUL = ContainsNoneOf("\0")


class Command(Schema):
    """What comes in. Unknown members are refused."""

    class Meta:
        unknown = RAISE


class Empty(Command):
    """Nothing has to be said."""


class Document(Schema):
    """What goes out. It documents the answer; services already speak JSON, so nothing is converted twice."""

    def dump(self, obj: Any, *, many: bool | None = None) -> Any:  # noqa: ARG002  # marshmallow's signature
        return obj


class StepRefusal(Document):
    """Why the reader may not take a step now."""

    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


def described(description: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return field ``options`` with ``description`` for the API page, where there is one."""
    return {**options, "metadata": {"description": description}} if description else dict(options)


def text(limit: int = 200, description: str = "", **options: Any) -> fields.String:
    """Return the field for a string of 1..``limit`` characters."""
    return fields.String(validate=[Length(1, limit), _NO_NUL], **described(description, options))


def note(limit: int = 4000, description: str = "", **options: Any) -> fields.String:
    """Return the field for a string that may be empty."""
    return fields.String(validate=[Length(max=limit), _NO_NUL], **described(description, options))


def needed_text(limit: int = 4000, description: str = "") -> fields.String:
    """Return the field for a string that says something: more than blanks."""
    says = Regexp(r"(?s).*\S", error="must not be empty")
    return fields.String(required=True, validate=[Length(1, limit), _NO_NUL, says], **described(description, {}))


def code(description: str = "", **options: Any) -> fields.String:
    """Return the field for a code or an id: 1..100 characters."""
    return text(100, description, **options)


def word(words: Iterable[str], description: str = "", **options: Any) -> fields.String:
    """Return the field for one of a closed list of words, which the API page shows."""
    return fields.String(validate=OneOf(tuple(words)), **described(description, options))


def line_code(description: str = "", **options: Any) -> fields.String:
    """Return the field for a line's code, or ``all``; which lines there are is the bureau's to say."""
    return fields.String(validate=Regexp(r"^[a-z][a-z0-9_]{0,39}\Z"), **described(description, options))


def whole(low: int = 0, high: int = 2**31 - 1, description: str = "", **options: Any) -> fields.Integer:
    """Return the field for a whole number of ``low``..``high``; 1.0 and "1" are
    none (a query's digits are read before)."""
    return fields.Integer(strict=True, validate=Range(low, high), **described(description, options))


def revision(description: str = "refused where it has changed meanwhile", **options: Any) -> fields.Integer:
    """Return the field for the revision that the caller has read."""
    return whole(1, description=description, **options)


def flag(description: str = "", **options: Any) -> fields.Boolean:
    return fields.Boolean(**described(description, options))


def day(description: str = "", **options: Any) -> fields.Date:
    """Return the field for a day of the bureau, of a year that its calendar can mean."""
    return fields.Date(validate=_possible, **described(description, options))


def instant(description: str = "", **options: Any) -> fields.AwareDateTime:
    """Return the field for a moment; without a zone it is Shanghai's."""
    return fields.AwareDateTime(default_timezone=SHANGHAI, validate=_possible, **described(description, options))


def year(**options: Any) -> fields.String:
    return fields.String(validate=Regexp(r"\A20[0-9]{2}\Z"), **options)


def month(**options: Any) -> fields.String:
    return fields.String(validate=Regexp(r"\A20[0-9]{2}-(0[1-9]|1[0-2])\Z"), **options)


def cycle_of(**options: Any) -> fields.String:
    """Return the filter by a cycle, which goes by its year."""
    return year(**options)


def period_of(**options: Any) -> fields.String:
    """Return the filter by a period: 2026-M03, 2026-Q1, 2026-H1, 2026-Y."""
    return fields.String(validate=Regexp(r"\A20[0-9]{2}-(M(0[1-9]|1[0-2])|Q[1-4]|H[12]|Y)\Z"), **options)


def indicator_of(**options: Any) -> fields.String:
    """Return the filter by an indicator: 02-01-01."""
    return fields.String(validate=Regexp(r"\A[0-9]{2}-[0-9]{2}-[0-9]{2}\Z"), **options)


def batch(item: type[Schema] | fields.Field[Any], *, limit: int = LIMIT, **options: Any) -> fields.List[Any]:
    """Return the field for a list of 1..``limit`` entries: schemas or plain fields."""
    inner = fields.Nested(item) if isinstance(item, type) else item
    return fields.List(inner, required=True, validate=Length(1, limit), **options)


def listing(item: type[Schema] | fields.Field[Any], description: str = "", **options: Any) -> fields.List[Any]:
    """Return the field for a list in an answer."""
    inner = fields.Nested(item) if isinstance(item, type) else item
    return fields.List(inner, **described(description, {"required": True, **options}))


class Exact(fields.Decimal):
    """A finite decimal of at most 12 digits before and 6 after the point, as a string or a number; never a float's digits."""

    def __init__(self, **options: Any) -> None:
        super().__init__(as_string=True, allow_nan=False, **options)

    def _validated(self, value: Any) -> Any:
        if isinstance(value, (bool, float)) or (isinstance(value, str) and len(value) > 30):
            raise self.make_error("invalid")
        number: Decimal = super()._validated(value)
        if not isinstance(exponent := number.as_tuple().exponent, int) or exponent < -6 or number.adjusted() > 11:
            raise self.make_error("invalid")
        return number


class Either(fields.Field[Any]):
    """One of several shapes, schemas or fields, of which the API page shows all. What comes in is left as it is."""

    def __init__(self, *shapes: type[Schema] | fields.Field[Any], **options: Any) -> None:
        super().__init__(**options)
        self.shapes = tuple(fields.Nested(one) if isinstance(one, type) else one for one in shapes)


def counts(description: str = "", **options: Any) -> fields.Dict:
    """Return the field for the quantities of a rule by name, e.g. {"done": "3"} or
    {"numerator": "9", "denominator": "10"}."""
    return fields.Dict(keys=code(), values=Exact(), validate=Length(max=50), **described(description, options))


class PageQuery(Command):
    """One page of a list."""

    limit = fields.Integer(load_default=100, validate=Range(1, LIMIT), metadata={"description": "entries per page"})
    after = fields.String(
        load_default=None,
        allow_none=True,
        validate=Length(1, 2000),
        metadata={"description": "`next` of the page before"},
    )


class SearchQuery(PageQuery):
    """One page of a list that can be searched, counted and scrolled; the family adds its ``sort``."""

    q = text(100, "a part of a name, a code or a number", load_default=None)
    total = flag("tell how many there are, exactly up to 10,000", load_default=False)
    skip = whole(0, 1_000_000, "places to pass over, from `after` or from the beginning", load_default=0)


def sort(*names: str, **options: Any) -> fields.String:
    """Return the field for what a list may be sorted by; "-" before a name turns the order around."""
    both = [choice for name in names for choice in (name, f"-{name}")]
    return word(both, "`-` before a name: descending", **{"load_default": None, **options})


@cache
def paged(item: type[Schema]) -> type[Document]:
    """Return the document of one page of ``item``: {"items": [...], "next":
    cursor or null}, on request with its total."""
    members: dict[str, Any] = {
        "total": fields.Integer(metadata={"description": "with ?total=true; at most 10,000"}),
        "total_capped": fields.Boolean(metadata={"description": "there are more than `total`"}),
        "items": fields.List(fields.Nested(item), required=True),
        "next": fields.String(required=True, allow_none=True),
        "__module__": item.__module__,
    }
    return type(f"{item.__name__.removesuffix('Document')}Page", (Document,), members)


def _possible(given: date) -> None:
    """Refuse a day or a moment that the bureau cannot mean; past these no calendar counts and no zone converts."""
    if given.year not in _YEARS:
        raise ValidationError(f"between {_YEARS.start} and {_YEARS.stop - 1}")
