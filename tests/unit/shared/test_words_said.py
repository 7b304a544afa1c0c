"""The words that the API tells are words for whatever its documents say."""

from marshmallow import fields

from shared.contracts.attendance.days import DayDocument
from shared.vocabulary.words import WORDS


def test_whatever_half_a_day_may_be_has_its_word() -> None:
    halves = DayDocument().fields["halves"]
    assert isinstance(halves, fields.List)
    (allowed,) = halves.inner.validators
    assert set(allowed.choices) == set(WORDS["day_word"])  # type: ignore[attr-defined]
