"""Handing shares on: who draws on which line, and what a transfer may do. What one gives, another gets, to the last piece."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from services.targets.domain.indicators import Indicator
from services.targets.domain.quantities import plain
from services.targets.domain.units import Unit
from shared.vocabulary.organisation import ALL_LINES

Source = tuple[str, str]  # indicator, line


@dataclass(frozen=True)
class Movement:
    """A line of the ledger; ``quantity`` is None for items that have none."""

    kind: str  # draw, return, transfer, split, substitute
    indicator: str
    giver: str | None
    taker: str | None
    quantity: Decimal | None
    reason: str


def source_of(indicator: Indicator, unit: Unit, split: Iterable[Source]) -> Source:
    """Return the line on whose share a unit draws: the item's own; for common work the
    unit's, where that line has a share of its own."""
    if indicator.line != ALL_LINES:
        return indicator.indicator, indicator.line
    own = (indicator.indicator, unit.line)
    return own if own in split else (indicator.indicator, ALL_LINES)


def drawn_by_source(
    indicators: Mapping[str, Indicator],
    units: Mapping[str, Unit],
    split: Iterable[Source],
    drawn: Mapping[tuple[str, str], Decimal],
) -> dict[Source, Decimal]:
    """Return what the units have drawn of each line's share."""
    known = set(split)
    sums: dict[Source, Decimal] = {}
    for (code, unit), quantity in drawn.items():
        source = source_of(indicators[code], units[unit], known)
        sums[source] = sums.get(source, Decimal(0)) + quantity
    return sums


def kept_for(indicator: Indicator, target: Decimal, served: Fraction) -> Decimal:
    """Return the part of a claim that goes with the days served, in whole pieces, rounded
    down: nobody is left more than they did."""
    pieces = int(Fraction(target) * served / Fraction(indicator.quantum))
    return plain(pieces * indicator.quantum)


def room_of(indicator: Indicator, held: Decimal) -> Decimal | None:
    """Tell how much more of an item one person may take on; None: no limit."""
    return None if indicator.per_person_cap is None else max(indicator.per_person_cap - held, Decimal(0))
