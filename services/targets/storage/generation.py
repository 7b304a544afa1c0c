"""What targets are generated from: settings, past results, the leaders' bounds; and what was generated."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Text, any_, func, insert, literal, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from services.targets.domain.persons import OUTSIDE
from services.targets.domain.sharing import EligibilityRule, Member, SharingSettings
from services.targets.storage import generation_tables as tables
from services.targets.storage.lists import matching
from services.targets.storage.tables import assignments
from shared.clock import now
from shared.contracts.targets.commands.generation import ForecastQuery
from shared.contracts.targets.commands.generation_inputs import BoundQuery, PastResult
from shared.database import Row, upsert_newer
from shared.pages import keyset

Key = tuple[str, str]  # indicator, subject
_DECIMALS = ("smoothing", "ratchet", "trend", "lowest", "highest")


class Settings:
    def __init__(self, session: Session, bureau: str, cycle: str) -> None:
        self._session, self._key = session, {"bureau": bureau, "cycle": cycle}

    def get(self) -> tuple[SharingSettings, int]:
        """Return the settings and their revision; 0 where nothing was set."""
        statement = select(tables.generation_settings).filter_by(**self._key)
        row = self._session.execute(statement).mappings().first()
        return (settings_of(row["settings"]), row["revision"]) if row else (SharingSettings(), 0)

    def save(self, settings: SharingSettings, revision: int, by: str) -> bool:
        row = {**self._key, "revision": revision, "settings": settings_document(settings), "by": by}
        return bool(upsert_newer(self._session, tables.generation_settings, [row], ("bureau", "cycle")))


def settings_document(settings: SharingSettings) -> Row:
    return {
        **{name: str(getattr(settings, name)) for name in _DECIMALS},
        "years": settings.years,
        "positions": {code: str(share) for code, share in settings.positions.items()},
        "persons": {code: str(share) for code, share in settings.persons.items()},
        "eligibility": [{**vars(rule)} for rule in settings.eligibility],
    }


def settings_of(document: Mapping[str, Any]) -> SharingSettings:
    rules = (
        EligibilityRule(rule["prefix"], *(tuple(rule[name]) for name in ("unit_kinds", "positions", "not_positions")))
        for rule in document["eligibility"]
    )
    said = {name: document.get(name, getattr(SharingSettings, name)) for name in (*_DECIMALS, "years")}
    return SharingSettings(
        **{name: Decimal(said[name]) for name in _DECIMALS},
        years=said["years"],
        positions={code: Decimal(share) for code, share in document["positions"].items()},
        persons={code: Decimal(share) for code, share in document["persons"].items()},
        eligibility=tuple(rules),
    )


class Results:
    """Past results of units and persons, by year."""

    def __init__(self, session: Session, bureau: str) -> None:
        self._session, self._bureau = session, bureau

    def save(self, rows: Sequence[PastResult], by: str) -> None:
        statement = upsert(tables.results)
        keys = ["bureau", "indicator", "subject", "year"]
        statement = statement.on_conflict_do_update(
            index_elements=keys, set_={"quantity": statement.excluded.quantity, "by": statement.excluded.by}
        )
        self._session.execute(statement, [{"bureau": self._bureau, "by": by, **row} for row in rows])

    def some(self, keys: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str, str], Decimal]:
        table = tables.results
        key = (table.c.indicator, table.c.subject, table.c.year)
        statement = select(*key, table.c.quantity).where(table.c.bureau == self._bureau, tuple_(*key).in_(list(keys)))
        return {(row[0], row[1], row[2]): row[3] for row in self._session.execute(statement)}

    def before(self, year: str) -> dict[str, dict[str, dict[str, Decimal]]]:
        """Return indicator -> subject -> year -> quantity, of the years before ``year``."""
        table = tables.results
        statement = select(table).where(table.c.bureau == self._bureau, table.c.year < year).order_by(table.c.year)
        found: dict[str, dict[str, dict[str, Decimal]]] = {}
        for row in self._session.execute(statement).mappings():
            found.setdefault(row["indicator"], {}).setdefault(row["subject"], {})[row["year"]] = row["quantity"]
        return found


@dataclass(frozen=True)
class Bound:
    """The leaders' floor and ceiling for one subject; neither: the limit is lifted."""

    indicator: str
    subject: str
    revision: int
    floor: Decimal | None
    ceiling: Decimal | None
    reason: str
    by: str
    at: datetime

    @property
    def said(self) -> Row:
        return {"floor": self.floor, "ceiling": self.ceiling, "reason": self.reason}


class Bounds:
    def __init__(self, session: Session, bureau: str, cycle: str) -> None:
        self._session, self._key = session, {"bureau": bureau, "cycle": cycle}

    def all(self) -> dict[Key, Bound]:
        columns = (column for column in tables.bounds.c if column.name not in self._key)
        rows = self._session.execute(select(*columns).filter_by(**self._key)).mappings()
        return {(row["indicator"], row["subject"]): Bound(**row) for row in rows}

    def save(self, bounds: Sequence[Bound]) -> bool:
        key = ("bureau", "cycle", "indicator", "subject")
        rows = [{**self._key, **vars(one)} for one in bounds]
        written = upsert_newer(self._session, tables.bounds, rows, key)
        return len(written) == len(rows)

    def page(self, query: BoundQuery) -> Row:
        table = tables.bounds
        statement = select(*(column for column in table.c if column.name not in self._key)).filter_by(**self._key)
        statement = statement.where(*matching(table, indicator=query["indicator"], subject=query["subject"]))
        order = [table.c.indicator, table.c.subject]
        return keyset(self._session, statement, order=order, after=query["after"], limit=query["limit"])


class Generations:
    def __init__(self, session: Session, bureau: str, cycle: str) -> None:
        self._session, self._key = session, {"bureau": bureau, "cycle": cycle}

    def add(self, settings: SharingSettings, by: str, rows: Sequence[Mapping[str, Any]]) -> int:
        """Add a new generation with its forecasts; the cycle's row must be held."""
        last = select(func.max(tables.generations.c.generation)).filter_by(**self._key)
        number = (self._session.execute(last).scalar() or 0) + 1
        head = {"generation": number, "status": "proposed", "settings": settings_document(settings)}
        self._session.execute(insert(tables.generations), [{**self._key, **head, "by": by, "at": now()}])
        self._session.execute(insert(tables.forecasts), [{**self._key, "generation": number, **row} for row in rows])
        return number

    def all(self) -> list[Row]:
        table = tables.generations
        names = ("generation", "status", "by", "at", "applied_by", "applied_at")
        statement = select(*(table.c[name] for name in names)).filter_by(**self._key)
        return [dict(row) for row in self._session.execute(statement.order_by(table.c.generation.desc())).mappings()]

    def status(self, generation: int) -> str | None:
        """Return proposed or applied; None where there is no such generation."""
        return self._session.scalar(select(tables.generations.c.status).filter_by(**self._key, generation=generation))

    def mark_applied(self, generation: int, by: str, at: datetime) -> None:
        statement = update(tables.generations).filter_by(**self._key, generation=generation)
        self._session.execute(statement.values(status="applied", applied_by=by, applied_at=at))

    def proposed(self, generation: int, subject: str) -> dict[str, Decimal | None]:
        """Return indicator -> what was proposed for ``subject``."""
        table = tables.forecasts
        statement = select(table.c.indicator, table.c.proposed)
        rows = self._session.execute(statement.filter_by(**self._key, generation=generation, subject=subject))
        return {row[0]: row[1] for row in rows}

    def page(self, query: ForecastQuery) -> Row:
        table = tables.forecasts
        statement = select(*(column for column in table.c if column.name not in self._key)).filter_by(**self._key)
        statement = statement.where(
            *matching(table, generation=query["generation"], indicator=query["indicator"], subject=query["subject"])
        )
        order = [table.c.indicator, table.c.subject]
        return keyset(self._session, statement, order=order, after=query["after"], limit=query["limit"])


def _counted(starts: date, ends: date) -> tuple[ColumnElement[bool], ...]:
    """Places within these days; time outside the bureau is none."""
    place = assignments.c
    return place.starts <= ends, or_(place.ends.is_(None), place.ends >= starts), place.kind != OUTSIDE


class Places:
    """What positions people hold, and for which part of a cycle."""

    def __init__(self, session: Session, bureau: str) -> None:
        self._session, self._bureau = session, bureau

    def days_of(self, persons: Iterable[str], starts: date, ends: date) -> dict[str, int]:
        """Return person -> days from ``starts`` to ``ends`` on which they hold a place
        anywhere in the bureau; places do not overlap."""
        place = assignments.c
        held = func.least(func.coalesce(place.ends, ends), ends) - func.greatest(place.starts, starts) + 1
        wanted = place.person == any_(literal(list(persons), ARRAY(Text)))
        chosen = select(place.person, func.sum(held)).where(place.bureau == self._bureau, wanted)
        rows = self._session.execute(chosen.where(*_counted(starts, ends)).group_by(place.person))
        return {person: int(days) for person, days in rows}

    def detailed(
        self, members: Sequence[Member], kinds: Mapping[str, str], day: date, starts: date, ends: date
    ) -> list[Member]:
        """Return the members with position, unit kind, and the days within the cycle
        on which they hold a place in their unit."""
        place = assignments
        statement = select(place.c.person, place.c.unit, place.c.position, place.c.starts, place.c.ends).where(
            place.c.bureau == self._bureau, *_counted(starts, ends)
        )
        days: dict[Key, int] = {}
        positions: dict[Key, str] = {}
        for person, unit, position, begins, last in self._session.execute(statement.order_by(place.c.starts)):
            held = (min(last or ends, ends) - max(begins, starts)).days + 1
            days[person, unit] = days.get((person, unit), 0) + held
            if begins <= day or (person, unit) not in positions:
                positions[person, unit] = position
        whole = (ends - starts).days + 1
        return [
            Member(
                one.person,
                one.unit,
                one.line,
                positions.get((one.person, one.unit), ""),
                kinds[one.unit],
                min(Fraction(days.get((one.person, one.unit), whole), whole), Fraction(1)),
            )
            for one in members
        ]
