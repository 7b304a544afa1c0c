"""Finding the header: under a title or not, in one row or in two with merged groups above, in English or Chinese."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.targets.domain.headers import tidy

DEEPEST = 12  # rows of title above the header, at most


@dataclass(frozen=True)
class Header:
    """``columns``: what each position is, its own heading where that is not known; rows below ``last`` hold the data."""

    first: int  # places among the rows looked at
    last: int
    columns: tuple[str, ...]
    known: int


def find_header(rows: Sequence[Sequence[str]], names: Mapping[str, str]) -> Header:
    """Return the one or two rows that name the most columns; the first row where none names any."""
    candidates = [_single(rows, place, names) for place in range(len(rows))]
    pairs = [_pair(rows, place, names) for place in range(len(rows) - 1)]
    best = max(candidates, key=lambda one: (one.known, -one.first))
    two = max(pairs, key=lambda one: (one.known, -one.first), default=best)
    return two if two.known > best.known else best


def _single(rows: Sequence[Sequence[str]], place: int, names: Mapping[str, str]) -> Header:
    headings = without_empty_end(rows[place])
    return _header(place, place, [_resolved((heading,), names) for heading in headings], names)


def _pair(rows: Sequence[Sequence[str]], place: int, names: Mapping[str, str]) -> Header:
    """A group's heading stands over its first column only: merged cells keep their text in the first."""
    upper, lower = without_empty_end(rows[place]), without_empty_end(rows[place + 1])
    group, columns = "", []
    for position in range(max(len(upper), len(lower))):
        above = upper[position] if position < len(upper) else ""
        below = lower[position] if position < len(lower) else ""
        group = above or group
        columns.append(_resolved((group + below, below) if below else (above,), names))
    return _header(place, place + 1, columns, names)


def _header(first: int, last: int, columns: Sequence[str], names: Mapping[str, str]) -> Header:
    return Header(first, last, tuple(columns), len(set(columns) & set(names.values())))


def _resolved(headings: Sequence[str], names: Mapping[str, str]) -> str:
    """The column that one of the headings names; the last heading as it is where none does."""
    return next((names[tidy(one)] for one in headings if tidy(one) in names), headings[-1].strip())


def without_empty_end(cells: Sequence[str]) -> list[str]:
    values = list(cells)
    while values and not values[-1].strip():
        values.pop()
    return values
