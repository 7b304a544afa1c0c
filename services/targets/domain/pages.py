"""A worksheet as people see it, before it is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Heading:
    label: str
    width: int = 12
    words: tuple[str, ...] = ()  # to choose from


@dataclass(frozen=True)
class Shown:
    """``level`` 0 heads a group, rows of higher levels below it fold away; ``percents``: cells shown with a %."""

    cells: Sequence[str | Decimal | None]
    level: int = 0
    heading: bool = False
    percents: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Page:
    title: str
    headings: Sequence[Heading]
    rows: Iterable[Shown]
    frozen: int = 1  # columns that stay in sight
