"""Who a notice to a duty that the organisation tells leaves to."""

import pytest

from services.declarations.domain.organisation import with_those_above
from services.declarations.storage import notices
from tests.unit.declarations.examples import BUREAU, DIVISION, HEADLESS, STATION

UNITS = with_those_above({one.unit: one for one in (BUREAU, DIVISION, HEADLESS, STATION)})


@pytest.mark.parametrize(
    ("address", "holders"),
    [
        ("person:P1", ["P1"]),
        ("head:S01", ["HS"]),
        ("head:D08", []),
        ("above:S01", ["L1"]),
        ("above:D08", ["L1"]),
        ("head:B00", ["L1"]),
        ("above:B00", []),  # nobody is above: not the very head who let it wait
        ("above:X99", []),
        ("desk:hr", []),  # a role's
    ],
)
def test_heads_are_named_and_of_the_uppermost_unit_nobody_above(address, holders):
    assert notices.holders(address, UNITS) == holders
