"""What stands hidden beside a row: what the row is about, and the revision that its sheet shows."""

from dataclasses import dataclass
from typing import Any, Self

_DIGITS = 10  # of a revision


@dataclass(frozen=True)
class Key:
    """Written ``about@revision``; without a revision where there was nothing yet, so that nothing newer is overwritten unseen."""

    about: str
    revision: int | None = None

    @classmethod
    def read(cls, text: str) -> Self:
        about, _, seen = text.partition("@")
        return cls(about, int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < _DIGITS else None)

    def __str__(self) -> str:
        return self.about if self.revision is None else f"{self.about}@{self.revision}"

    @property
    def seen(self) -> dict[str, Any]:
        """Return the revision as a member of a row; none of what there was not."""
        return {} if self.revision is None else {"revision": self.revision}


def of_quantity(indicator: str, quantity: str) -> str:
    """Return what a line of the 核评表 is about."""
    return f"{indicator}|{quantity}"
