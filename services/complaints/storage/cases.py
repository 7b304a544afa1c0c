"""Cases, and the dated facts that each of them gives to the figures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.complaints.domain.cases import Case, day_of
from services.complaints.domain.deadlines import Deadline
from services.complaints.domain.figures import Fact
from services.complaints.storage.tables import case_facts, cases
from shared.database import Row, ensure_partition
from shared.pages import keyset

_FIELDS = [one.name for one in fields(Case)]
_KEY = ("cycle", "bureau", "code")
# A list names nobody who complained; the single case does, to those who handle it.
_SHOWN = [column for column in cases.c if column.name not in ("bureau", "cycle")]
_LISTED = [column for column in _SHOWN if column.name != "consumer"]

_TOLD = [column for column in case_facts.c if column.name not in ("bureau", "cycle")]


class Cases:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def get(self, codes: Iterable[str], *, lock: bool = False) -> dict[str, Case]:
        """Those of ``codes`` that the bureau has; locked in the order of their codes."""
        statement = self._own().where(cases.c.code.in_(list(codes))).order_by(cases.c.code)
        rows = self._session.execute(statement.with_for_update() if lock else statement).mappings()
        return {row["code"]: _case(row) for row in rows}

    def numbers_taken(self, numbers: Iterable[str]) -> set[str]:
        chosen = select(cases.c.number).where(cases.c.bureau == self._bureau, cases.c.number.in_(list(numbers)))
        return set(self._session.scalars(chosen))

    def save(self, changed: Sequence[tuple[Case, Sequence[Deadline]]]) -> None:
        """Insert or replace, in bulk."""
        rows = [self._row(case, due) for case, due in changed]
        for cycle in sorted({row["cycle"] for row in rows}):
            ensure_partition(self._session, cases, cycle)
        statement = insert(cases)
        kept = {name: statement.excluded[name] for name in rows[0] if name not in _KEY} if rows else {}
        if rows:
            self._session.execute(statement.on_conflict_do_update(index_elements=list(_KEY), set_=kept), rows)

    def all(self, size: int) -> Iterator[list[Case]]:
        """Every case of the bureau, locked, ``size`` at a time, in the order of their codes."""
        after, ordered = "", self._own().order_by(cases.c.code).limit(size).with_for_update()
        while rows := self._session.execute(ordered.where(cases.c.code > after)).mappings().all():
            after = rows[-1]["code"]
            yield [_case(row) for row in rows]

    def page(self, filters: Mapping[str, Any], mine: Mapping[str, Any] | None, after: str | None, limit: int) -> Row:
        """``filters``: column -> value; ``mine``: {"units": [...], "person": ...} restricts to what an actor may see."""
        statement = select(*_LISTED).where(cases.c.bureau == self._bureau)
        for name, value in filters.items():
            if value is not None:
                statement = statement.where(cases.c[name] == value)
        if mine is not None:
            own = cases.c.unit.in_(mine["units"]) | cases.c.intake_unit.in_(mine["units"])
            statement = statement.where(own | (cases.c.handler == mine["person"]))
        return keyset(self._session, statement, order=[cases.c.code], after=after, limit=limit)

    def show(self, code: str) -> Row | None:
        statement = select(*_SHOWN).where(cases.c.bureau == self._bureau, cases.c.code == code)
        row = self._session.execute(statement).mappings().first()
        return dict(row) if row else None

    def _own(self) -> Select[Any]:
        return select(cases).where(cases.c.bureau == self._bureau)

    def _row(self, case: Case, due: Sequence[Deadline]) -> Row:
        pauses = [[began.isoformat(), ended.isoformat() if ended else None] for began, ended in case.pauses]
        told = [{**asdict(one), "due": _iso(one.due), "done": _iso(one.done)} for one in due]
        own = {name: getattr(case, name) for name in _FIELDS}
        key = {"bureau": self._bureau, "cycle": cycle_of(case), "status": case.status}
        return {**own, **key, "pauses": pauses, "deadlines": told}


class Facts:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def of_cases(self, codes: Iterable[str]) -> dict[str, list[Fact]]:
        chosen = select(case_facts).where(case_facts.c.bureau == self._bureau, case_facts.c.code.in_(list(codes)))
        found: dict[str, list[Fact]] = {}
        for row in self._session.execute(chosen.order_by(case_facts.c.code, case_facts.c.number)):
            found.setdefault(row.code, []).append(_fact(row))
        return found

    def replace(self, facts: Mapping[Case, Sequence[Fact]]) -> None:
        """The facts of each case become those given."""
        old = delete(case_facts).where(case_facts.c.bureau == self._bureau)
        self._session.execute(old.where(case_facts.c.code.in_([case.code for case in facts])))
        rows = [
            {**asdict(fact), "bureau": self._bureau, "cycle": cycle_of(case), "code": case.code, "number": number}
            | {"month": month_of(fact.day)}
            for case, given in facts.items()
            for number, fact in enumerate(given)
        ]
        for cycle in sorted({row["cycle"] for row in rows}):
            ensure_partition(self._session, case_facts, cycle)
        if rows:
            self._session.execute(insert(case_facts), rows)

    def of_month(self, month: str) -> list[Fact]:
        chosen = select(case_facts).where(case_facts.c.bureau == self._bureau, case_facts.c.month == month)
        return [_fact(row) for row in self._session.execute(chosen)]

    def page(self, month: str, subject: str, after: str | None, limit: int) -> Row:
        """The facts behind a subject's month, each with its case (law 6)."""
        statement = select(*_TOLD).where(
            case_facts.c.bureau == self._bureau,
            case_facts.c.month == month,
            (case_facts.c.unit == subject) | (case_facts.c.person == subject),
        )
        return keyset(
            self._session, statement, order=[case_facts.c.code, case_facts.c.number], after=after, limit=limit
        )


def cycle_of(case: Case) -> str:
    return str(day_of(case.received_at).year)


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def _case(row: Any) -> Case:
    pauses = tuple(
        (date.fromisoformat(began), date.fromisoformat(ended) if ended else None) for began, ended in row["pauses"]
    )
    return Case(**{**{name: row[name] for name in _FIELDS}, "pauses": pauses})


def _fact(row: Any) -> Fact:
    return Fact(row.figure, row.day, row.unit, row.person, row.numerator.normalize(), row.denominator.normalize())


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
