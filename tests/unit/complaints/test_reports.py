"""A report beside the year before: the same days, and shares of nothing are none."""

from datetime import date
from decimal import Decimal

import pytest

from services.complaints.domain.reports import Period, change, lines, month_period


@pytest.mark.parametrize(
    ("since", "until", "before"),
    [
        ("2026-01-01", "2026-12-31", ("2025-01-01", "2025-12-31")),
        ("2025-02-01", "2025-02-28", ("2024-02-01", "2024-02-29")),
        ("2024-02-01", "2024-02-29", ("2023-02-01", "2023-02-28")),
        ("2024-02-29", "2024-03-15", ("2023-02-28", "2023-03-15")),
    ],
)
def test_the_year_before_has_the_same_days(since: str, until: str, before: tuple[str, str]) -> None:
    found = Period(date.fromisoformat(since), date.fromisoformat(until)).year_before
    assert (found.since.isoformat(), found.until.isoformat()) == before


def test_changes_are_rounded_once_and_of_nothing_there_is_none() -> None:
    assert change(Decimal(9171), Decimal(8000)) == Decimal("14.6")
    assert change(Decimal(1), Decimal(3)) == Decimal("-66.7")
    assert change(Decimal(5), Decimal(0)) is None
    assert change(Decimal(5), None) is None


def test_what_was_connected_a_year_ago_is_not_told() -> None:
    told = {one.item: one for one in lines({"units_bureau": Decimal(36)}, {"units_bureau": Decimal(36)})}
    assert (told["units_bureau"].value, told["units_bureau"].before) == (Decimal(36), None)
    assert month_period("2026-02") == Period(date(2026, 2, 1), date(2026, 2, 28))
