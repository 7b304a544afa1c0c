"""What every step of a case says: when it happened, why, for whom, and which state of the case was seen."""

from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields
from marshmallow.validate import Range

from shared.contracts.shapes import Command, Exact, instant, needed_text, note, revision, text

_MOST = Decimal(999_999_999)  # yuan


def whole_cents(yuan: Decimal) -> None:
    if yuan != round(yuan, 2):
        raise ValidationError("yuan and cents, nothing finer")


def money(description: str, **options: Any) -> Exact:
    """Return the field for yuan, in whole cents."""
    return Exact(
        validate=[Range(Decimal(0), _MOST), whole_cents], metadata={"description": f"yuan, {description}"}, **options
    )


class TimedCase(Command):
    case = fields.UUID(required=True)
    at = instant("when it happened; now where absent, never later", load_default=None)
    why = note(500, "the reason, for the history", load_default="")
    on_behalf_of = text(50, "for whom it is recorded", load_default=None)
    revision = revision("the case's as it was seen; 409 where it has changed meanwhile", load_default=None)


class ReasonedCase(TimedCase):
    why = needed_text(500, "the reason")
