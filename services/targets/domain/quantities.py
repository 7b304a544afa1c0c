"""Quantities as people write them."""

from decimal import Decimal


def plain(value: Decimal) -> Decimal:
    """Return the same number without needless zeros: 752, not 752.0 or 7.52E+2."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
