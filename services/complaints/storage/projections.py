"""What complaints keeps of others' events: units, persons, and the calendar overrides of cycles."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, insert, select, text
from sqlalchemy.orm import Session

from services.complaints.domain.calendars import Almanac
from services.complaints.storage.settings import StoredSettings
from services.complaints.storage.tables import calendars, cycles, months, persons, units
from shared.working_days import WorkingDays

T = TypeVar("T")


class Unit(NamedTuple):
    code: str
    name: str
    kind: str
    line: str
    active: bool


class Person(NamedTuple):
    code: str
    name: str
    unit: str
    line: str
    active: bool


class Persons(Mapping[str, Person]):
    """A bureau's people; of those that are asked for by their codes only these are read."""

    def __init__(self, session: Session, bureau: str) -> None:
        c = persons.c
        self._session = session
        self._chosen = select(c.person, c.name, c.unit, c.line, c.active).where(c.bureau == bureau)
        self._known: dict[str, Person | None] = {}
        self._whole = False

    def __getitem__(self, code: str) -> Person:
        self.read([code])
        if (found := self._known.get(code)) is None:
            raise KeyError(code)
        return found

    def __iter__(self) -> Iterator[str]:
        if not self._whole:
            self._read(self._chosen)
            self._whole = True
        return (code for code, one in self._known.items() if one is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def read(self, codes: Iterable[str]) -> "Persons":
        """Read those of ``codes`` that are not known yet, all of them at once."""
        asked = [] if self._whole else sorted({one for one in codes if one} - self._known.keys())
        if asked:
            self._known |= dict.fromkeys(asked)
            self._read(self._chosen.where(persons.c.person.in_(asked)))
        return self

    def _read(self, chosen: Select[Any]) -> None:
        self._known |= {row[0]: Person(*row) for row in self._session.execute(chosen)}


class Copies:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    @staticmethod
    def bureaus(session: Session) -> list[str]:
        return sorted(session.scalars(select(units.c.bureau).distinct()))

    def units(self) -> dict[str, Unit]:
        return self._once("units", self._units)

    def persons(self) -> Persons:
        return self._once("persons", lambda: Persons(self._session, self._bureau))

    def _once(self, what: str, read: Callable[[], T]) -> T:
        """Return what one transaction has read before, or what it reads now."""
        known: dict[tuple[str, str], Any] = self._session.info.setdefault("copies", {})
        key = (self._bureau, what)
        if key not in known:
            known[key] = read()
        return known[key]  # type: ignore[no-any-return]

    def _units(self) -> dict[str, Unit]:
        c = units.c
        own = select(c.unit, c.name, c.kind, c.line, c.active).where(c.bureau == self._bureau)
        return {row[0]: Unit(*row) for row in self._session.execute(own)}

    def overrides(self) -> dict[date, bool]:
        """Return what the bureau's cycles say of single days, the later cycle's on top."""
        own = select(cycles.c.calendar).where(cycles.c.bureau == self._bureau)
        rows = self._session.scalars(own.order_by(cycles.c.cycle))
        return {date.fromisoformat(day): worked for row in rows for day, worked in row.items()}

    def calendar(self) -> Almanac:
        """Return the national calendar under the bureau's overrides, with what was known of it before."""
        return self._once("calendar", self._almanac)

    def _almanac(self) -> Almanac:
        versions = _known(self._versions()) or self._first()
        closed = select(months.c.month, months.c.closed_at).where(months.c.bureau == self._bureau)
        closings = {row.month: row.closed_at for row in self._session.execute(closed)}
        return Almanac(versions, StoredSettings(self._session, self._bureau).dated(), closings)

    def calendar_version(self) -> int:
        """Return the version of the calendar: from 1; 0 stands for cases that the release before reckoned."""
        return max((one.version for one in self._versions()), default=1)

    def hold_calendar(self) -> None:
        """Let nobody else change it until this transaction ends; what is read from now on is what the last one left."""
        name = {"name": f"complaints calendar {self._bureau}"}
        self._session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), name)
        self._session.info.pop("copies", None)

    def add_calendar(self, before: dict[date, bool], at: datetime) -> None:
        """Keep what is known from ``at`` on; what was known until then holds for what was decided then.

        The caller holds the calendar since before it read ``before``, the overrides before the change.
        """
        known = self._versions()
        first = [] if known else [(1, _BEFORE, before)]
        number = known[-1].version + 1 if known else 2
        rows = [*first, (number, at, self.overrides())]
        self._session.execute(insert(calendars), [self._version(*row) for row in rows])
        self._session.info.pop("copies", None)

    def _version(self, version: int, known_at: datetime, overrides: dict[date, bool]) -> dict[str, Any]:
        told = {day.isoformat(): worked for day, worked in overrides.items()}
        return {"bureau": self._bureau, "version": version, "known_at": known_at, "overrides": told}

    def _versions(self) -> Sequence[Any]:
        return self._once("versions", self._read_versions)

    def _read_versions(self) -> Sequence[Any]:
        own = select(calendars).where(calendars.c.bureau == self._bureau)
        return self._session.execute(own.order_by(calendars.c.version)).all()

    def _first(self) -> list[tuple[datetime, WorkingDays]]:
        return [(_BEFORE, WorkingDays(self.overrides()))]


_BEFORE = datetime(1990, 1, 1, tzinfo=UTC)


def _known(versions: Sequence[Any]) -> list[tuple[datetime, WorkingDays]]:
    """Since when which calendar is known; a version that came with new settings alone has the calendar of the one before."""
    found: list[tuple[datetime, WorkingDays]] = []
    said = None
    for one in versions:
        if one.overrides != said:
            found.append((one.known_at, WorkingDays(_read(one.overrides))))
            said = one.overrides
    return found


def _read(overrides: dict[str, bool]) -> dict[date, bool]:
    return {date.fromisoformat(day): worked for day, worked in overrides.items()}
