"""Pages by key, not by offset: a page costs the same wherever it lies, and rows that arrive meanwhile shift nothing."""

import base64
import binascii
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Column, Select, tuple_
from sqlalchemy.orm import Session

from shared.errors import Invalid
from shared.jsontext import dumps, loads

LARGEST_PAGE = 500


def keyset(
    session: Session, statement: Select[Any], *, order: Sequence[Column[Any]], after: str | None, limit: int = 100
) -> dict[str, Any]:
    """One page of ``statement`` in the ascending order of ``order``'s columns, which it must select and which must be unique.

    Returns ``{"items": [row dicts], "next": cursor or None}``; raises ``Invalid`` for a cursor that was not given out here.
    """
    _check_limit(limit)
    if after:
        statement = statement.where(tuple_(*order) > tuple_(*_decode(after, [one.type.python_type for one in order])))
    rows = [dict(row) for row in session.execute(statement.order_by(*order).limit(limit + 1)).mappings()]
    more = len(rows) > limit
    items = rows[:limit]
    return {"items": items, "next": _encode([items[-1][column.name] for column in order]) if more else None}


def listed(
    count: int, key: Callable[[int], Sequence[Any]], kinds: Sequence[type], *, after: str | None, limit: int = 100
) -> tuple[range, str | None]:
    """The same for a list in memory: the places of one page in ``range(count)`` and the cursor of the next.

    ``key``: of a place, ascending and unique, its parts of the types ``kinds``; only some of them are asked for.
    """
    _check_limit(limit)
    start = bisect_right(range(count), _decode(after, kinds), key=lambda place: [*key(place)]) if after else 0
    stop = min(start + limit, count)
    return range(start, stop), _encode([*key(stop - 1)]) if stop < count else None


def _check_limit(limit: int) -> None:
    if not 1 <= limit <= LARGEST_PAGE:
        raise Invalid(
            "page.limit", zh=f"每页条数应在 1 至 {LARGEST_PAGE} 之间", en=f"limit must be 1 to {LARGEST_PAGE}"
        )


def _encode(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(dumps(values).encode()).decode().rstrip("=")


def _decode(cursor: str, kinds: Sequence[type]) -> list[Any]:
    try:
        values = loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as error:
        raise _bad_cursor() from error
    if not isinstance(values, list) or len(values) != len(kinds):
        raise _bad_cursor()
    if not all(_fits(value, kind) for value, kind in zip(values, kinds, strict=True)):
        raise _bad_cursor()
    return values


def _fits(value: Any, kind: type) -> bool:
    if issubclass(kind, int):
        return isinstance(value, int) and abs(value) < 1 << 63
    return isinstance(value, str) and not any(one == "\0" or "\ud800" <= one <= "\udfff" for one in value)


def _bad_cursor() -> Invalid:
    return Invalid("page.cursor", zh="翻页标记无效", en="the cursor is not one that was given out here")
