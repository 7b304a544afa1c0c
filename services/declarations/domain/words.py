"""The words that several rules share."""

from collections.abc import Mapping
from decimal import Decimal

Counts = dict[str, Decimal]

DIVISION, STATION, PERSON = "division", "station", "person"
LAYER_OF_KIND: Mapping[str, str] = {
    "division": DIVISION,
    "centre": DIVISION,
    "association": DIVISION,
    "station": STATION,
}  # a bureau and a body are not appraised (data/reference/README.md §4)
BODY = "body"
ALL_LINES = "all"
SYSTEM = "system"  # the account of what happens by itself
PANEL = "panel"  # stands in the place of an assessing section's code
DECLARED_TOOLS = ("review", "electronic")
OPEN_CYCLES = ("open", "closing")
ZERO = Decimal(0)
