"""Pages by key, not by offset: a page costs the same wherever it lies, and rows that arrive meanwhile shift nothing."""

import base64
import binascii
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Label, Select, func, or_, select, tuple_
from sqlalchemy.orm import Session

from shared.errors import Invalid
from shared.jsontext import dumps, loads

LARGEST_PAGE = 500
COUNTED = 10_000  # beyond it a total is told as "more than"
Ordered = Column[Any] | Label[Any]


def keyset(
    session: Session,
    statement: Select[Any],
    *,
    order: Sequence[Ordered],
    after: str | None,
    limit: int = 100,
    skip: int = 0,
    total: bool = False,
    descending: bool = False,
) -> dict[str, Any]:
    """Return one page of ``statement`` in the order of ``order``'s columns,
    which it must select and which must be unique.

    ``{"items": [row dicts], "next": cursor or None}``, with ``total`` also ``total`` (exact up to
    ``COUNTED``) and ``total_capped``: whether there are more. ``skip``: places to pass over, for a scrollbar;
    a page after a cursor costs the same wherever it lies, a skipped one costs what it skips. Raises
    ``Invalid`` for a cursor that was not given out here.
    """
    _check_limit(limit)
    counted = _count(session, statement) if total else {}
    if after:
        place, key = tuple_(*_decode(after, [one.type.python_type for one in order])), tuple_(*order)
        statement = statement.where(key < place if descending else key > place)
    ordered = statement.order_by(*(one.desc() for one in order) if descending else order)
    rows = [dict(row) for row in session.execute(ordered.offset(skip or None).limit(limit + 1)).mappings()]
    more = len(rows) > limit
    items = rows[:limit]
    return {
        "items": items,
        "next": _encode([items[-1][column.name] for column in order]) if more else None,
        **counted,
    }


def sorting(choice: str | None, columns: Mapping[str, Ordered], key: Sequence[Ordered]) -> dict[str, Any]:
    """Return ``order`` and ``descending`` for ``keyset``: ``choice`` is a name of
    ``columns``, "-" before it turns it around.

    ``key``: what makes the order unique; alone the order where nothing is chosen. A column that may be
    null goes in as a labelled ``coalesce``.
    """
    name = (choice or "").removeprefix("-")
    first = [columns[name]] if name else []
    return {"order": [*first, *(one for one in key if one not in first)], "descending": (choice or "").startswith("-")}


def mentioning(q: str | None, *columns: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """Return the condition that one of ``columns`` holds the text ``q``, in any
    case; none where nothing is looked for."""
    return [or_(*(column.icontains(q, autoescape=True) for column in columns))] if q else []


def asked(query: Mapping[str, Any], columns: Mapping[str, Ordered], key: Sequence[Ordered]) -> dict[str, Any]:
    """Return what a ``SearchQuery`` asks of ``keyset`` beside its text: order, place, size,
    total. ``columns``, ``key``: see ``sorting``."""
    return {
        **sorting(query["sort"], columns, key),
        **{name: query[name] for name in ("after", "limit", "skip", "total")},
    }


def _count(session: Session, statement: Select[Any]) -> dict[str, Any]:
    found = session.scalar(select(func.count()).select_from(statement.limit(COUNTED + 1).subquery())) or 0
    return {"total": min(found, COUNTED), "total_capped": found > COUNTED}


def listed(
    count: int, key: Callable[[int], Sequence[Any]], kinds: Sequence[type], *, after: str | None, limit: int = 100
) -> tuple[range, str | None]:
    """Return the same for a list in memory: the places of one page in ``range(count)`` and the cursor of the next.

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
