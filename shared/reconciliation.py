"""Tallies: do I hold exactly the states that their owner holds? Compared by number and digest, without listing them.

The digest of a set of states is Σ of the first 60 bits of MD5(``key@revision``). Sums do not depend on order, so both sides compute
it where their rows lie; equal digests mean the same keys at the same revisions. It guards against lateness, not against forgery.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, Numeric, Text, cast, func, literal_column, select
from sqlalchemy.dialects.postgresql import BIT
from sqlalchemy.orm import Session

Tally = dict[str, str]  # {"states": how many, "digest": decimal text}


def tally(
    session: Session, key: Sequence[Column[Any]], revision: Column[Any], *conditions: ColumnElement[bool]
) -> Tally:
    """Return the tally of a table's rows; ``key`` names a state within its
    bureau and cycle, its parts joined by ``/``."""
    ((number, total),) = session.execute(select(*_counted(key, revision)).where(*conditions))
    return _as_tally(number, total)


def tallies_by(
    session: Session,
    kind: Column[Any],
    key: Sequence[Column[Any]],
    revision: Column[Any],
    *conditions: ColumnElement[bool],
) -> dict[str, Tally]:
    """Return one tally for each value of ``kind``."""
    chosen = select(kind, *_counted(key, revision)).where(*conditions).group_by(kind)
    return {name: _as_tally(number, total) for name, number, total in session.execute(chosen)}


def tally_of(states: Iterable[tuple[str, int]]) -> Tally:
    """Return the tally of ``(key, revision)`` pairs that lie in no table of their own."""
    digests = [_first_60_bits(f"{key}@{revision}") for key, revision in states]
    return _as_tally(len(digests), sum(digests))


def _counted(key: Sequence[Column[Any]], revision: Column[Any]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    name = func.concat_ws(literal_column("'/'"), *key)
    text = func.md5(func.concat(name, literal_column("'@'"), cast(revision, Text)))
    bits = cast(cast(func.concat(literal_column("'x'"), func.substr(text, 1, 15)), BIT(60)), BigInteger)
    return func.count(), func.coalesce(func.sum(cast(bits, Numeric)), 0)


def _first_60_bits(text: str) -> int:
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:15], 16)


def _as_tally(number: int, total: Any) -> Tally:
    return {"states": str(number), "digest": str(int(total))}
