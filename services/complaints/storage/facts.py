"""The dated facts that each case gives to the figures."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, text
from sqlalchemy.orm import Session

from services.complaints.domain.calendars import month_of
from services.complaints.domain.cases import Case
from services.complaints.domain.figures import Fact
from services.complaints.domain.indicators import Sum
from services.complaints.storage.cases import cycle_of
from services.complaints.storage.tables import case_facts
from shared.database import Row
from shared.jsontext import dumps
from shared.pages import keyset
from shared.tables import inserting

_TOLD = [column for column in case_facts.c if column.name not in ("bureau", "cycle")]


class Facts:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def of_cases(self, codes: Iterable[str]) -> dict[str, list[Fact]]:
        if not (asked := list(codes)):
            return {}
        chosen = select(case_facts).where(case_facts.c.bureau == self._bureau, case_facts.c.code.in_(asked))
        found: dict[str, list[Fact]] = {}
        for row in self._session.execute(chosen.order_by(case_facts.c.code, case_facts.c.number)):
            found.setdefault(row.code, []).append(_fact(row))
        return found

    def replace(self, facts: Iterable[tuple[Case, Sequence[Fact]]], stored: Collection[str]) -> None:
        """Replace the facts of each case by those given, where the partitions are (``Cases.save`` makes them)."""
        codes = {case.code: (cycle_of(case), given) for case, given in facts}
        if stored:
            old = delete(case_facts).where(case_facts.c.bureau == self._bureau)
            self._session.execute(old.where(case_facts.c.code.in_(list(stored))))
        rows = [
            {**asdict(fact), "bureau": self._bureau, "cycle": cycle, "code": code, "number": number}
            | {"month": month_of(fact.day)}
            for code, (cycle, given) in codes.items()
            for number, fact in enumerate(given)
        ]
        if rows:
            self._session.execute(text(inserting(case_facts, rows[0])), {"rows": dumps(rows)})

    def of_month(self, month: str) -> list[Fact]:
        chosen = select(case_facts).where(case_facts.c.bureau == self._bureau, case_facts.c.month == month)
        return [_fact(row) for row in self._session.execute(chosen)]

    def sums(self, since: date, until: date, unit: str | None, handler: str | None) -> list[Sum]:
        """Return what the facts of these days come to, of one unit or handler where one is named."""
        c = case_facts.c
        late = func.count().filter(c.backdated)
        summed = select(c.figure, func.sum(c.numerator), func.sum(c.denominator), late)
        chosen = summed.where(*self._within(since, until, unit, handler)).group_by(c.figure)
        return [
            Sum(figure, numerator.normalize(), denominator.normalize(), late)
            for figure, numerator, denominator, late in self._session.execute(chosen)
        ]

    def page_between(
        self,
        since: date,
        until: date,
        unit: str | None,
        handler: str | None,
        figure: str | None,
        after: str | None,
        limit: int,
    ) -> Row:
        """Return a page of the facts of these days, each with its case, of one figure where one is named."""
        statement = select(*_TOLD).where(*self._within(since, until, unit, handler))
        if figure is not None:
            statement = statement.where(case_facts.c.figure == figure)
        return keyset(
            self._session, statement, order=[case_facts.c.code, case_facts.c.number], after=after, limit=limit
        )

    def _within(self, since: date, until: date, unit: str | None, handler: str | None) -> list[ColumnElement[bool]]:
        c = case_facts.c
        within = [c.bureau == self._bureau, c.day.between(since, until)]
        within.append(c.month.between(month_of(since), month_of(until)))
        return within + [column == one for column, one in ((c.unit, unit), (c.person, handler)) if one is not None]

    def page(self, month: str, subject: str, after: str | None, limit: int) -> Row:
        """Return the facts behind a subject's month, each with its case (law 6)."""
        statement = select(*_TOLD).where(
            case_facts.c.bureau == self._bureau,
            case_facts.c.month == month,
            (case_facts.c.unit == subject) | (case_facts.c.person == subject),
        )
        return keyset(
            self._session, statement, order=[case_facts.c.code, case_facts.c.number], after=after, limit=limit
        )


def _fact(row: Any) -> Fact:
    numbers = row.numerator.normalize(), row.denominator.normalize()
    return Fact(row.figure, row.day, row.unit, row.person, *numbers, row.backdated)
