"""Looking for a text by pairs of neighbouring signs, which an index holds (docs/decisions/1610)."""

from typing import Any

from sqlalchemy import ColumnElement, Text, func, literal
from sqlalchemy.dialects.postgresql import ARRAY


def pairs(word: str) -> list[str]:
    """Return the pairs of a word as the index has them; of a single sign that sign."""
    told = word.lower()
    return [told] if len(told) == 1 else sorted({told[at : at + 2] for at in range(len(told) - 1)})


def holding(q: str, indexed: ColumnElement[Any], searched: ColumnElement[str]) -> list[ColumnElement[bool]]:
    """Return the conditions that every word of ``q`` stands in ``searched``, of which ``indexed`` are the bigrams."""
    found: list[ColumnElement[bool]] = []
    plain = plain_of(searched)
    for word in q.split():
        found.append(indexed.op("@>", is_comparison=True)(overlapping(pairs(word))))
        if len(word) > 2:  # two signs stand together where their pair does
            found.append(func.strpos(plain, word.lower()) > 0)
    return found


def plain_of(searched: ColumnElement[str]) -> ColumnElement[str]:
    return func.lower(func.regexp_replace(searched, r"[[:space:]]+", "", "g"))


def overlapping(signs: list[str]) -> ColumnElement[Any]:
    return literal(signs, ARRAY(Text))
