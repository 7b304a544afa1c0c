"""What a scoring says, as JSON: the rows that are stored, listed and hashed. Decimals are strings."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rules import rounded
from services.scoring.domain.stages import Value

Row = dict[str, Any]
MEAN_DIGITS = 4  # how a mean is shown; it is used unrounded


@dataclass(frozen=True)
class Scoring:
    """``bureau``: its score, its components and the quota of each layer; ``rows``: one for each subject."""

    bureau: Row
    rows: list[Row]


def shown(value: Value | None) -> str | None:
    """Show a published Decimal as it is; an exact mean with four decimals."""
    if value is None:
        return None
    return f"{value if isinstance(value, Decimal) else rounded(value, MEAN_DIGITS):f}"
