"""What a year's counts come to in the measure of the next year's target."""

from decimal import Decimal

import pytest

from services.targets.domain.results import Reached, bureau_counts, quantity_of


def counts(**values: str) -> dict[str, Decimal]:
    return {key: Decimal(value) for key, value in values.items()}


@pytest.mark.parametrize(
    ("rule", "counted", "quantity"),
    [
        ("ratio", counts(done="34"), "34"),
        ("tier", counts(numerator="116", denominator="120"), "0.966667"),
        ("tier", counts(numerator="5", denominator="0"), None),
        ("deduct", counts(late="3", early="1"), "4"),
        ("accumulate", counts(count="2"), "2"),
        ("veto", counts(count="0"), "0"),
        ("grade", {"优": Decimal(2), "好": Decimal(3)}, None),
        ("checklist", counts(done="3"), None),
        ("ratio", {}, None),
        ("deduct", {}, None),
    ],
)
def test_a_years_counts_are_one_quantity_where_the_item_has_one(rule, counted, quantity):
    assert quantity_of(rule, counted) == (None if quantity is None else Decimal(quantity))


def test_the_bureaus_is_its_peoples_where_they_are_scored_and_else_its_units():
    reached = [
        Reached("D01", "division", "04-01-01", "ratio", counts(done="90")),
        Reached("P1", "person", "04-01-01", "ratio", counts(done="50")),
        Reached("P2", "person", "04-01-01", "ratio", counts(done="30")),
        Reached("D01", "division", "01-01-02", "tier", counts(numerator="9", denominator="10")),
        Reached("S01", "station", "01-01-02", "tier", counts(numerator="2", denominator="10")),
        Reached("P1", "person", "02-01-01", "deduct", {}),
    ]
    whole = {code: quantity_of(*found) for code, found in bureau_counts(reached).items()}
    assert whole == {"04-01-01": Decimal(80), "01-01-02": Decimal("0.55"), "02-01-01": None}
