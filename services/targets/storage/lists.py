"""Lists of a cycle's targets: with names beside codes, searched, sorted and counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Label, Select, Table, and_, func, select
from sqlalchemy.orm import Session

from services.targets.storage import tables
from shared.database import Row
from shared.pages import keyset, mentioning, sorting

T = TypeVar("T")
_ITEM = tables.indicators.alias("item")
_HIDDEN = "by_"  # what a list is sorted by where that is no member of it


@dataclass(frozen=True)
class ListPage(Generic[T]):
    """One page of a list: its entries, and what an answer tells around them: ``next``, and ``total`` where it was asked."""

    items: list[T]
    around: Row

    @classmethod
    def read(cls, page: Row, entry: Callable[[Row], T]) -> "ListPage[T]":
        """Return what ``keyset`` found, each of its rows read by ``entry``."""
        return cls([entry(row) for row in page["items"]], {name: page[name] for name in page if name != "items"})

    def told(self, tell: Callable[[T], Row]) -> Row:
        """Return the page as an answer has it."""
        return {**self.around, "items": [tell(one) for one in self.items]}


def matching(table: Table, **members: str | int | None) -> list[ColumnElement[bool]]:
    """Return the conditions of a list narrowed to ``members``; one that is not said narrows nothing."""
    return [table.c[name] == value for name, value in members.items() if value]


def named(table: Table, key: Mapping[str, str], library_revision: int | None = None, **people: str) -> Select[Any]:
    """Return ``table``'s rows of a cycle with what persons and units are
    called, and their item in ``library_revision``.

    ``people``: the column that holds a person or a unit, by the name of the member that tells what they are called.
    """
    joined: Any = table
    columns: list[Any] = [column for column in table.c if column.name not in key]
    if library_revision is not None:
        same = (_ITEM.c[name] == table.c[name] for name in ("bureau", "cycle", "indicator"))
        joined = joined.outerjoin(_ITEM, and_(*same, _ITEM.c.library_revision == library_revision))
        columns += [_ITEM.c.name.label("indicator_name"), _ITEM.c.measure_unit.label("measure_unit")]
    for member, column in people.items():
        joined, name = _called(joined, table, column, member)
        columns.append(name)
    return select(*columns).select_from(joined).where(*(table.c[name] == value for name, value in key.items()))


def page_of(
    session: Session,
    statement: Select[Any],
    query: Mapping[str, Any],
    *,
    key: Sequence[str],
    sorts: Sequence[str],
    looked_in: Sequence[str],
) -> Row:
    """Return one page; ``key``, ``sorts`` and ``looked_in`` are members of ``statement``, by name."""
    members: Row = {column.name: column for column in statement.selected_columns}
    sorted_by = {name: _never_null(members[name], f"{_HIDDEN}{name}") for name in sorts}
    if query["sort"]:
        statement = statement.add_columns(sorted_by[query["sort"].removeprefix("-")])
    page = keyset(
        session,
        statement.where(*mentioning(query["q"], *(_plain(members[name]) for name in looked_in))),
        after=query["after"],
        limit=query["limit"],
        skip=query["skip"],
        total=query["total"],
        **sorting(query["sort"], sorted_by, [members[name] for name in key]),
    )
    items = [{name: one for name, one in row.items() if not name.startswith(_HIDDEN)} for row in page["items"]]
    return {**page, "items": items}


def _called(joined: Any, table: Table, column: str, member: str) -> tuple[Any, Label[Any]]:
    person, unit = tables.persons.alias(f"{column}_person"), tables.units.alias(f"{column}_unit")
    joined = joined.outerjoin(person, and_(person.c.bureau == table.c.bureau, person.c.person == table.c[column]))
    joined = joined.outerjoin(unit, and_(unit.c.bureau == table.c.bureau, unit.c.unit == table.c[column]))
    return joined, func.coalesce(person.c.name, unit.c.name).label(member)


def _never_null(column: Any, name: str) -> Label[Any]:
    """Of texts and numbers; instants are never null here."""
    empty = {str: "", Decimal: 0}.get(column.type.python_type)
    plain = _plain(column)
    return (plain if empty is None else func.coalesce(plain, empty)).label(name)


def _plain(column: Any) -> ColumnElement[Any]:
    return column.element if isinstance(column, Label) else column
