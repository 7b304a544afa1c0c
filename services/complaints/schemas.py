"""What complaints takes in. Meaning is checked by the use cases; here only form."""

from datetime import date
from decimal import Decimal
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields
from marshmallow.validate import Length, OneOf, Range, Regexp

from services.complaints.domain.cases import (
    AGREEMENT,
    ASSOCIATION,
    BASICALLY,
    BUREAU,
    COMPLAINT,
    DISSATISFIED,
    FILED,
    NOT_FILED,
    REPORT,
    SATISFIED,
    SETTLED,
    TERMINATED,
)
from services.complaints.domain.steps import STEPS
from shared.clock import SHANGHAI

LARGEST_BATCH = 500
_MOST = Decimal(999_999_999)  # yuan
_KINDS = OneOf((COMPLAINT, REPORT))
_MONTH = Regexp(r"\A20\d{2}-(0[1-9]|1[0-2])\Z")


_YEARS = range(1990, 2100)


def _possible(given: date) -> None:
    """A day or a moment that the bureau can mean; past these no calendar counts and no zone converts."""
    if given.year not in _YEARS:
        raise ValidationError(f"between {_YEARS.start} and {_YEARS.stop - 1}")


class Command(Schema):
    class Meta:
        unknown = RAISE


def _code(**options: Any) -> fields.String:
    return fields.String(validate=Length(1, 20), **options)


def _optional(field: type[fields.Field[Any]], default: Any = None, **options: Any) -> fields.Field[Any]:
    return field(load_default=default, allow_none=default is None, **options)


def _whole_cents(yuan: Decimal) -> None:
    if yuan != round(yuan, 2):
        raise ValidationError("yuan and cents, nothing finer")


def _instant() -> fields.AwareDateTime:
    return fields.AwareDateTime(load_default=None, allow_none=True, default_timezone=SHANGHAI, validate=_possible)


class NewCase(Command):
    kind = fields.String(required=True, validate=_KINDS)
    number = _optional(fields.String, validate=Length(1, 50))
    intake_unit = _code(required=True)
    received_at = _instant()
    at = _instant()
    summary = fields.String(required=True, validate=Length(1, 2000))
    trader = _optional(fields.String, "", validate=Length(max=200))
    consumer = _optional(fields.String, "", validate=Length(max=100))


class NewCases(Command):
    cases = fields.List(fields.Nested(NewCase), required=True, validate=Length(1, LARGEST_BATCH))


class Step(Command):
    """One step of one case; what a step does not ask for stays at its default."""

    case = fields.UUID(required=True)
    step = fields.String(required=True, validate=OneOf((*STEPS, "mark_repeat")))
    at = _instant()
    unit = _optional(fields.String, validate=Length(1, 20))
    handler = _optional(fields.String, validate=Length(1, 20))
    entrusted = _optional(fields.Boolean, default=False)
    ground = _optional(fields.String, validate=Length(1, 10))
    outcome = _optional(fields.String, validate=OneOf((AGREEMENT, SETTLED, TERMINATED, FILED, NOT_FILED)))
    termination_ground = _optional(fields.String, validate=Length(1, 10))
    recovered = _optional(
        fields.Decimal, Decimal(0), allow_nan=False, validate=[Range(Decimal(0), _MOST), _whole_cents]
    )
    voucher = _optional(fields.Boolean, default=False)
    perform_by = _optional(fields.Date, validate=_possible)
    performed_on = _optional(fields.Date, validate=_possible)
    must_tell = _optional(fields.Boolean, default=False)
    answered = _optional(fields.Boolean, default=False)
    satisfaction = _optional(fields.String, validate=OneOf((SATISFIED, BASICALLY, DISSATISFIED)))
    original = fields.UUID(load_default=None, allow_none=True)


class Steps(Command):
    steps = fields.List(fields.Nested(Step), required=True, validate=Length(1, LARGEST_BATCH))

    def rows(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        """The steps of ``body``, ids as text; raises ``ValidationError``."""
        steps = self.load(body)["steps"]
        return [
            {**one, "case": str(one["case"]), "original": str(one["original"]) if one["original"] else None}
            for one in steps
        ]


class Query(Command):
    after = _optional(fields.String)
    limit = fields.Integer(load_default=100)
    kind = _optional(fields.String, validate=_KINDS)
    status = _optional(fields.String, validate=Length(1, 20))
    organisation = _optional(fields.String, validate=OneOf((BUREAU, ASSOCIATION)))
    unit = _optional(fields.String, validate=Length(1, 20))
    handler = _optional(fields.String, validate=Length(1, 20))
    layer = _optional(fields.String, validate=Length(1, 20))
    subject = _optional(fields.String, validate=Length(1, 20))
    month = _optional(fields.String, validate=_MONTH)


class OneCase(Command):
    case = fields.UUID(required=True)


class OneMonth(Command):
    month = fields.String(required=True, validate=_MONTH)
