"""Lists of cases: what may be seen, searched, sorted and counted by the state of the nearest deadline."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import BigInteger, Column, ColumnElement, Label, and_, case, false, func, literal_column, or_, select
from sqlalchemy.orm import Session

from services.complaints.storage.indexed import RECEIVED
from services.complaints.storage.queues import queues
from services.complaints.storage.tables import cases
from shared.contracts.complaints.commands.cases import CaseFilter, CaseQuery, PublishedQuery
from shared.database import Row
from shared.pages import keyset, mentioning, sorting

_HIDDEN = (
    "bureau",
    "cycle",
    "consumer",
    "contact",
    "person_keys",
    "calendar",
    "paused",
    "due_number",
    "next_look",
    "address_key",
    "sealed_by",
)
_SHOWN = [column for column in cases.c if column.name not in _HIDDEN]
_PUBLISHED = (
    "code",
    "number",
    "trader",
    "trader_address",
    "goods",
    "outcome",
    "concluded_at",
    "published_at",
    "objected_at",
)
# Cursors hold text and whole numbers: moments and days as numbers. An index has the same expression (storage/tables.py).
_SORTED_BY: dict[str, Column[Any] | Label[Any]] = {
    "received_at": literal_column(RECEIVED, BigInteger).label("received_number"),
    "due": cases.c.due_number,
}
_STANDING = {"published": "published_at", "objected": "objected_at", "withheld": "withheld_at"}
# What is the same member of the query and column of the table.
_PAGING: tuple[Literal["after", "limit", "skip", "total"], ...] = ("after", "limit", "skip", "total")
_EQUAL: tuple[Literal["kind", "status", "unit", "handler", "organisation", "channel"], ...]
_EQUAL = ("kind", "status", "unit", "handler", "organisation", "channel")


@dataclass(frozen=True)
class Seeing:
    """What an actor may see: the cases of units they head, those nobody of their own unit has yet, those they handle or
    registered; and what was entrusted to their association."""

    headed: Collection[str]
    unit: str
    person: str
    account: str

    def condition(self) -> ColumnElement[bool]:
        free = cases.c.handler.is_(None)
        return or_(  # of each an index leads to the cases, so that nobody's list reads a whole bureau's
            cases.c.unit.in_(self.headed),
            cases.c.intake_unit.in_(self.headed),
            cases.c.entrusted_to.in_(self.headed),
            and_(cases.c.unit == self.unit, free),
            and_(cases.c.intake_unit == self.unit, cases.c.unit.is_(None), free),
            cases.c.handler == self.person,  # who is nobody has an empty code, which no case holds
            cases.c.mediator == self.person,
            cases.c.registered_by == self.account,
        )


@dataclass(frozen=True)
class Days:
    """Today, and the day up to which a deadline is near."""

    today: date
    soon: date

    def colour(self) -> ColumnElement[str]:
        return case(
            (cases.c.due < self.today, "overdue"),
            (cases.c.due <= self.soon, "soon"),
            (cases.c.due.is_not(None), "running"),
            (cases.c.paused, "paused"),
            else_="none",
        )


def numbers_of(session: Session, bureau: str, codes: Collection[str]) -> dict[str, str]:
    """Return what cases are called, by their codes."""
    chosen = select(cases.c.code, cases.c.number).where(cases.c.bureau == bureau, cases.c.code.in_(codes))
    return {row.code: row.number for row in session.execute(chosen)}


class Lists:
    def __init__(
        self, session: Session, bureau: str, seeing: Seeing | None, days: Days, own: ColumnElement[bool] | None = None
    ) -> None:
        """``own``: which cases are the reader's own to handle; needed where queues are asked for."""
        self._session = session
        self._days = days
        self._queues = queues(days.today, days.soon, false() if own is None else own)
        self._own = [cases.c.bureau == bureau, *([seeing.condition()] if seeing else [])]

    def page(self, query: CaseQuery) -> Row:
        sorted_by = _SORTED_BY.values()
        statement = select(*_SHOWN, self._days.colour().label("colour"), *sorted_by).where(
            *self._own, *self._asked(query, query["q"])
        )
        chosen = sorting(query["sort"], {**_SORTED_BY, "number": cases.c.number}, [cases.c.code])
        wanted: Mapping[str, Any] = {name: query[name] for name in _PAGING}
        page = keyset(self._session, statement, **chosen, **wanted)
        extra = {one.name for one in sorted_by}
        page["items"] = [{name: value for name, value in row.items() if name not in extra} for row in page["items"]]
        return page

    def published(self, query: PublishedQuery) -> Row:
        """Return one page of what is published, the latest first."""
        moment = func.to_char(cases.c.published_at, "YYYY-MM-DD HH24:MI:SS.US").label("published_text")
        statement = select(*(cases.c[name] for name in _PUBLISHED), moment).where(
            *self._own, cases.c.published_at.is_not(None), *mentioning(query["trader"], cases.c.trader)
        )
        order: list[Column[Any] | Label[Any]] = [moment, cases.c.code]
        return keyset(
            self._session, statement, order=order, after=query["after"], limit=query["limit"], descending=True
        )

    def colours(self, query: CaseFilter) -> dict[str, int]:
        colour = self._days.colour().label("colour")
        statement = select(colour, func.count()).where(*self._own, *self._asked(query)).group_by("colour")
        return {row[0]: row[1] for row in self._session.execute(statement)}

    def in_queues(self, query: CaseFilter) -> dict[str, int]:
        """Count what waits in each queue, all in one reading."""
        counted = (func.count().filter(condition).label(name) for name, condition in self._queues.items())
        statement = select(*counted).select_from(cases).where(*self._own, *self._asked(query))
        return dict(self._session.execute(statement).mappings().one())

    def one(self, code: str) -> Row:
        statement = select(*_SHOWN, self._days.colour().label("colour")).where(self._own[0], cases.c.code == code)
        return dict(self._session.execute(statement).mappings().one())

    def told(self, codes: Collection[str]) -> list[Row]:
        """Return how cases are called and how they stand, in the order in which they were received."""
        named = cases.c.code.label("case"), cases.c.number, cases.c.kind, cases.c.status
        chosen = select(*named).where(self._own[0], cases.c.code.in_(codes))
        ordered = chosen.order_by(cases.c.received_at, cases.c.code)
        return [dict(row) for row in self._session.execute(ordered).mappings()]

    def _asked(self, query: CaseQuery | CaseFilter, q: str | None = None) -> Sequence[ColumnElement[bool]]:
        found = [cases.c[name] == query[name] for name in _EQUAL if query[name] is not None]
        found += mentioning(q, cases.c.number, cases.c.platform_number, cases.c.summary, cases.c.trader)
        found += mentioning(query["trader"], cases.c.trader)
        if query["due_before"] is not None:
            found.append(cases.c.due <= query["due_before"])
        if query["overdue"] is not None:
            over = func.coalesce(cases.c.due < self._days.today, False)
            found.append(over == query["overdue"])
        if query["supervised"] is not None:
            found.append((cases.c.supervisions > 0) == query["supervised"])
        if query["publication"] is not None:
            found.append(cases.c[_STANDING[query["publication"]]].is_not(None))
        if query["queue"] is not None:
            found.append(self._queues[query["queue"]])
        if query["colour"] is not None:
            found.append(self._days.colour() == query["colour"])
        return found
