"""One form for each value, whoever sent it: 3, 3.0 and 3.00 must not give three different hashes."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any


def shortest(number: Decimal) -> str:
    """Return a decimal without trailing zeros or exponent: ``3``, ``0.5``."""
    return f"{number.normalize() + 0:f}" if number else "0"


def plain(value: Any) -> Any:
    """Return ``value`` with every decimal and date inside it as text."""
    if isinstance(value, Decimal):
        return shortest(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return value
