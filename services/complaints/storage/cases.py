"""Cases as they are now: rows that follow from the histories, for lists and for what is asked often."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Select, bindparam, case, func, literal_column, or_, select, text, update
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Session

from services.complaints.domain.cases import REPORT, Case, day_of
from services.complaints.domain.deadlines import PAUSED, RUNNING, Deadline
from services.complaints.domain.events import Event
from services.complaints.domain.history import fold
from services.complaints.domain.inherited import inherited
from services.complaints.domain.masking import masked
from services.complaints.storage.events import Histories
from services.complaints.storage.indexed import PROVISIONAL
from services.complaints.storage.people import People
from services.complaints.storage.sealing import newest_key
from services.complaints.storage.tables import case_events, case_facts, cases
from shared.database import Row, ensure_partitions
from shared.jsontext import dumps
from shared.tables import inserting

_KEY = ("cycle", "bureau", "code")
_NEVER = 999_999  # a number past every day's
_KEPT = ("consumer", "address_key")  # written at the registration only
_PEOPLE = ("contact", "person_keys", "sealed_by")
_RECKONED = ("pauses", "deadlines", "due", "due_number", "paused", "calendar", "backdated", "next_look")
_OWN = {*_KEY, *_KEPT, *_PEOPLE, *_RECKONED}
_OF_DEADLINE = tuple(one.name for one in fields(Deadline) if one.name != "superseded")
_OF_CASE = tuple(column.name for column in cases.c if column.name not in _OWN)


@dataclass(frozen=True)
class CaseFile:
    """A case with its history. ``stored``: how many of its events are in the database.

    ``keys``: what tells the person who complained. ``sealed``: who that is, only where it is new.
    """

    case: Case
    history: tuple[Event, ...]
    stored: int = 0
    keys: tuple[str, ...] = ()
    sealed: bytes | None = None
    address_key: str | None = None

    def grown(self, history: Sequence[Event]) -> "CaseFile":
        """Return the file after its history has grown; its revision counts transactions, and its number was given once: both stay."""
        folded = replace(fold(self.case.code, history), revision=self.case.revision, number=self.case.number)
        return replace(self, case=folded, history=tuple(history))


# A file that is yet to be folded, which may fail; it asks the database nothing.
Unread = Callable[[], CaseFile]


class Cases:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def get(self, codes: Iterable[str], *, lock: bool = False) -> dict[str, CaseFile]:
        """Return the files of those of ``codes`` that the bureau has; locked in the order of their codes."""
        if not (chosen := list(codes)):
            return {}
        statement = self.own().where(cases.c.code.in_(chosen)).order_by(cases.c.code)
        return self._files(statement.with_for_update() if lock else statement)

    def to_recount(
        self, version: int, limit: int, but: Collection[str] = (), *, wait: bool = False
    ) -> dict[str, Unread]:
        """Lock some cases whose deadlines were reckoned by an older calendar and may still move, in the order of their
        codes; none of ``but``. Those that another works on are left out, or waited for."""
        old = self.own().where(_older(version), cases.c.code.not_in(list(but)))
        return self._unread(old.order_by(cases.c.code).limit(limit).with_for_update(skip_locked=not wait))

    def to_look_at(self, now: datetime, limit: int) -> dict[str, Unread]:
        """Lock some cases whose next look has come; none that another works on."""
        come = self.own().where(cases.c.next_look <= now).order_by(cases.c.next_look, cases.c.code)
        return self._unread(come.limit(limit).with_for_update(skip_locked=True))

    def set_looks(self, looks: Mapping[str, datetime | None]) -> None:
        """Note when each is to be looked at next; None: not before something happens."""
        statement = update(cases).where(cases.c.bureau == self._bureau, cases.c.code == bindparam("of_case"))
        rows = [{"of_case": code, "at": at} for code, at in looks.items()]
        if rows:
            self._session.connection().execute(statement.values(next_look=bindparam("at")), rows)

    def provisional(self) -> int:
        """Count the cases with a deadline beyond the known calendar."""
        own = select(func.count()).where(cases.c.bureau == self._bureau, _PROVISIONAL)
        return self._session.scalar(own) or 0

    def waiting(self, version: int) -> int:
        """Count those that ``to_recount`` has still to find."""
        return self._session.scalar(select(func.count()).where(cases.c.bureau == self._bureau, _older(version))) or 0

    def hold_numbers(self, cycles: Iterable[str]) -> None:
        """Let nobody else give numbers of these years until this transaction ends."""
        for cycle in sorted(set(cycles)):
            name = {"name": f"complaints numbers {self._bureau} {cycle}"}
            self._session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), name)

    def numbers_taken(self, numbers: Iterable[str]) -> set[tuple[str, str, str]]:
        """Return (year of receipt, organisation, number) of those that are given."""
        if not (asked := list(numbers)):
            return set()
        key = cases.c.cycle, cases.c.organisation, cases.c.number
        chosen = select(*key).where(cases.c.bureau == self._bureau, cases.c.number.in_(asked))
        return {(row.cycle, row.organisation, row.number) for row in self._session.execute(chosen)}

    def save(
        self,
        changed: Sequence[tuple[CaseFile, Sequence[Deadline]]],
        version: int,
        looks: Mapping[str, datetime | None],
    ) -> None:
        """Insert or replace, in bulk, and add what their histories have grown by. ``looks``: when each is looked at next."""
        if not changed:
            return
        rows = [self._row(one, due) | {"calendar": version, "next_look": looks[one.case.code]} for one, due in changed]
        ensure_partitions(self._session, [cases, case_events, case_facts], {row["cycle"] for row in rows})
        if all(not one.stored and not one.case.inherited for one, _ in changed):
            self._session.execute(text(inserting(cases, rows[0])), {"rows": dumps([_json(row) for row in rows])})
        else:
            self._session.execute(_upsert(tuple(rows[0])), rows)
        added = {one.case.code: (cycle_of(one.case), one.history[one.stored :]) for one, _ in changed}
        Histories(self._session, self._bureau).append(added)

    def row(self, code: str) -> Row | None:
        row = self._session.execute(self.own().where(cases.c.code == code)).mappings().first()
        return dict(row) if row else None

    def merged_into(self, codes: Iterable[str]) -> set[str]:
        """Return the cases into which those of ``codes`` are merged."""
        own = cases.c.bureau == self._bureau, cases.c.code.in_(list(codes)), cases.c.merged_into.is_not(None)
        return set(self._session.scalars(select(cases.c.merged_into).where(*own)))

    def belonging(self, case: Case) -> tuple[list[str], list[str]]:
        """Return the cases that are linked with ``case``, whichever of them says so, and those that were merged into it."""
        told = cases.c.code, cases.c.linked_to, cases.c.reported_as, cases.c.merged_into
        names_it = or_(*(column == case.code for column in told[1:]))
        chosen = select(*told).where(cases.c.bureau == self._bureau, names_it)
        rows = self._session.execute(chosen.order_by(cases.c.received_at, cases.c.code)).all()
        linked = [one for one in (case.linked_to, case.reported_as) if one]
        linked += [row.code for row in rows if case.code in (row.linked_to, row.reported_as)]
        return sorted(set(linked)), [row.code for row in rows if row.merged_into == case.code]

    def own(self) -> Select[Any]:
        return select(cases).where(cases.c.bureau == self._bureau)

    def _files(self, statement: Select[Any]) -> dict[str, CaseFile]:
        return {code: read() for code, read in self._unread(statement).items()}

    def _unread(self, statement: Select[Any]) -> dict[str, Unread]:
        rows = {row["code"]: row for row in self._session.execute(statement).mappings()}
        told = Histories(self._session, self._bureau).of(rows)
        return {code: partial(self._file, row, told.get(code, [])) for code, row in rows.items()}

    def _file(self, row: Any, told: Sequence[Event]) -> CaseFile:
        history = tuple(told or inherited(_as_domain(row)))
        case = replace(fold(row["code"], history), revision=row["revision"], number=row["number"])
        keys = row["person_keys"] or People(self._bureau).keys({"consumer": row["consumer"]})
        return CaseFile(case, history, stored=len(told), keys=() if case.kind == REPORT else tuple(keys))

    def _row(self, one: CaseFile, due: Sequence[Deadline]) -> Row:
        case, running = one.case, [each.due for each in due if each.state == RUNNING and each.due]
        return {
            **{name: getattr(case, name) for name in _OF_CASE},
            "bureau": self._bureau,
            "cycle": cycle_of(case),
            "code": case.code,
            "summary": masked(case.summary),
            "request": masked(case.request),
            "pauses": [[began.isoformat(), ended.isoformat() if ended else None] for began, ended in case.pauses],
            "deadlines": [_told(each) for each in due],
            "due": min(running, default=None),
            "due_number": min((one.toordinal() for one in running), default=_NEVER),
            "paused": any(each.state == PAUSED for each in due),
            "backdated": sorted(case.backdated),
            **_people(one),
        }


def _json(row: Row) -> Row:
    """Return a row as JSON has it: of bytes what PostgreSQL reads as such."""
    sealed = row["contact"]
    return {**row, "contact": None if sealed is None else "\\x" + sealed.hex()}


def _people(one: CaseFile) -> Row:
    """Who complained; of a report nobody, whatever it was before it was corrected."""
    known = one.case.kind != REPORT
    return {
        "consumer": "",
        "contact": one.sealed if known else None,
        "person_keys": list(one.keys) if known else [],
        "address_key": one.address_key if known else None,
        "sealed_by": newest_key(),
    }


@cache
def _upsert(given: tuple[str, ...]) -> Insert:
    """Return the statement that inserts or replaces; making it costs more than what it does."""
    statement = insert(cases)
    kept: dict[str, Any] = {name: statement.excluded[name] for name in given if name not in (*_KEY, *_KEPT)}
    report = statement.excluded.kind == REPORT
    kept["contact"] = case((report, None), else_=func.coalesce(statement.excluded.contact, cases.c.contact))
    kept["sealed_by"] = case(
        (statement.excluded.contact.is_(None), cases.c.sealed_by), else_=statement.excluded.sealed_by
    )
    for name in _KEPT:
        kept[name] = case((report, statement.excluded[name]), else_=cases.c[name])
    return statement.on_conflict_do_update(index_elements=list(_KEY), set_=kept)


_PROVISIONAL = literal_column(PROVISIONAL, Boolean)


def _older(version: int) -> ColumnElement[bool]:
    moving = or_(cases.c.due.is_not(None), cases.c.paused, _PROVISIONAL)
    return (cases.c.calendar == 0) | ((cases.c.calendar < version) & moving)


def cycle_of(case: Case) -> str:
    return str(day_of(case.received_at).year)


def _told(one: Deadline) -> Row:
    told = {name: getattr(one, name) for name in _OF_DEADLINE}
    others = [{"reading": each.reading, "due": _iso(each.due), "article": each.article} for each in one.others]
    days = {"start": _iso(one.start), "due": _iso(one.due), "done": _iso(one.done)}
    return {**told, **days, "others": others, "pauses": [[_iso(began), _iso(ended)] for began, ended in one.pauses]}


def _as_domain(row: Any) -> Row:
    pauses = [
        (date.fromisoformat(began), date.fromisoformat(ended) if ended else None) for began, ended in row["pauses"]
    ]
    return {**row, "pauses": pauses}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
