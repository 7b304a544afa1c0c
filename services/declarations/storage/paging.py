"""One page of a list of items: filtered, searched by names and numbers, sorted, counted."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, or_, select, union_all
from sqlalchemy.orm import Session

from services.declarations.storage import tables
from shared.database import Row
from shared.pages import keyset, sorting

Query = Mapping[str, Any]


def page_of(
    session: Session,
    statement: Select[Any],
    query: Query,
    *,
    key: Column[Any],
    sorts: Iterable[str],
    filters: Iterable[str] = (),
    due: Column[Any] | None = None,
) -> Row:
    """Return one page of ``statement`` (of ``key``'s table): ``filters`` are columns that the query may name, ``sorts``
    those it may be sorted by, ``due`` its day."""
    c = key.table.c
    statement = statement.where(*(c[name] == query[name] for name in filters if name in query))
    statement = statement.where(*_mentioning(query.get("q"), c, key))
    if due is not None and "due_from" in query:
        statement = statement.where(due >= query["due_from"])
    if due is not None and "due_to" in query:
        statement = statement.where(due <= query["due_to"])
    return keyset(
        session,
        statement,
        after=query.get("after"),
        limit=query["limit"],
        skip=query.get("skip", 0),
        total=query.get("total", False),
        **sorting(query.get("sort"), {name: c[name] for name in sorts}, [key]),
    )


def _mentioning(q: str | None, c: Any, key: Column[Any]) -> Sequence[ColumnElement[bool]]:
    """Rows whose number, title, subject or indicator holds ``q``: the codes, and the names of people, units and items."""
    if not q:
        return []
    codes = [c[name] for name in ("title", "subject", "indicator") if name in c]
    told = [column.icontains(q, autoescape=True) for column in (key, *codes)]
    if "subject" in c:
        p, u = tables.person.c, tables.unit.c
        called = union_all(
            select(p.person).where(p.bureau == c.bureau, p.name.icontains(q, autoescape=True)).correlate(key.table),
            select(u.unit).where(u.bureau == c.bureau, u.name.icontains(q, autoescape=True)).correlate(key.table),
        )
        told.append(c.subject.in_(called))
    if "indicator" in c:
        i = tables.indicator.c
        named = select(i.indicator).where(
            i.bureau == c.bureau, i.cycle == c.cycle, i.name.icontains(q, autoescape=True)
        )
        told.append(c.indicator.in_(named.correlate(key.table)))
    return [or_(*told)]
