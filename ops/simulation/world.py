"""What the simulation knows of the bureau: read through the API like any client would."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from ops.client import Api
from rules import RULES
from shared.clock import today
from shared.working_days import WorkingDays

SCORED_KINDS = {"division": "division", "centre": "division", "association": "division", "station": "station"}


@dataclass(frozen=True)
class Indicator:
    code: str
    name: str
    tool: str
    line: str
    layers: tuple[str, ...]
    rule: str
    params: Mapping[str, Any]
    frequency: str
    assessor: str  # unit code
    source: str
    measure_unit: str
    full_points: Decimal
    document: Mapping[str, Any] = field(repr=False, compare=False, default_factory=dict)


@dataclass(frozen=True)
class Period:
    code: str
    frequency: str
    starts: date
    ends: date

    @property
    def month(self) -> int:
        """Return the month at whose end its declarations are due."""
        return self.ends.month


@dataclass(frozen=True)
class Subject:
    """Somebody appraised by items: a person, or a unit whose ``unit`` is its own code."""

    code: str
    layer: str
    line: str
    unit: str
    head: bool = False

    @property
    def is_person(self) -> bool:
        return self.layer == "person"


@dataclass(frozen=True)
class Unit:
    code: str
    name: str
    kind: str
    line: str


@dataclass
class World:
    bureau: str
    cycle: str
    starts: date
    ends: date
    periods: list[Period]
    indicators: list[Indicator]
    units: dict[str, Unit]
    persons: dict[str, Subject]
    names: dict[str, str]
    leaders: dict[str, str]  # position -> person
    positions: dict[str, str]  # position -> the first person who holds it
    holders: Mapping[tuple[str, str | None], list[str]]  # (role, unit or line) -> persons
    calendar: WorkingDays = field(default_factory=WorkingDays)

    @cached_property
    def heads(self) -> dict[str, str]:
        """Return unit -> its head"""
        return {one.unit: one.code for one in self.persons.values() if one.head}

    @cached_property
    def members(self) -> dict[str, list[Subject]]:
        by_unit: dict[str, list[Subject]] = {}
        for one in self.persons.values():
            by_unit.setdefault(one.unit, []).append(one)
        return by_unit

    @cached_property
    def scored_units(self) -> list[Subject]:
        scored = [one for one in self.units.values() if one.kind in SCORED_KINDS]
        return [Subject(one.code, SCORED_KINDS[one.kind], one.line, one.code) for one in scored]

    @cached_property
    def subjects(self) -> list[Subject]:
        """Return everyone who is appraised: units first, then persons."""
        return [*self.scored_units, *self.persons.values()]

    def label(self, subject: Subject) -> str:
        return self.names[subject.code] if subject.is_person else self.units[subject.code].name

    def items(self, subject: Subject, *tools: str) -> list[Indicator]:
        """Return the indicators of ``subject`` that are worked with one of ``tools``; vetoes are no items."""
        key = (subject.layer, "all" if subject.layer == "station" else subject.line, tools)
        if key not in self._items:
            self._items[key] = [one for one in self.indicators if self._suits(one, subject) and one.tool in tools]
        return self._items[key]

    def desk(self, indicator: Indicator) -> str | None:
        """Return the unit that keeps the machine behind an indicator: the 12315 centre, or the
        section that assesses most of attendance."""
        return self._desks.get(indicator.source)

    @cached_property
    def _desks(self) -> dict[str, str]:
        sections = Counter(sorted(one.assessor for one in self.indicators if one.source == "attendance"))
        centres = sorted(one.code for one in self.units.values() if one.kind == "centre")
        kept = {"attendance": [code for code, _ in sections.most_common(1)], "complaints": centres}
        return {source: codes[0] for source, codes in kept.items() if codes}

    @cached_property
    def working_days(self) -> list[date]:
        days = (self.starts + timedelta(days=number) for number in range((self.ends - self.starts).days + 1))
        return [day for day in days if self.calendar.is_working(day)]

    def periods_of(self, frequency: str) -> list[Period]:
        return [period for period in self.periods if period.frequency == frequency]

    @cached_property
    def _items(self) -> dict[Any, list[Indicator]]:
        return {}

    def _suits(self, indicator: Indicator, subject: Subject) -> bool:
        if subject.layer not in indicator.layers or RULES[indicator.rule].strikes:
            return False
        return subject.layer == "station" or indicator.line in ("all", subject.line)


def read_world(api: Api, bureau: str, cycle: str) -> World:
    document = api.get(f"cycles/{cycle}")
    units = {one["unit"]: Unit(one["unit"], one["name"], one["kind"], one["line"]) for one in api.pages("units")}
    everyone = [one for one in api.pages("persons") if one["active"]]
    scored = [one for one in everyone if units[one["unit"]].kind in SCORED_KINDS]
    return World(
        bureau=bureau,
        cycle=cycle,
        starts=date.fromisoformat(document["starts"]),
        ends=date.fromisoformat(document["ends"]),
        periods=[
            one for one in map(_period, document["periods"]) if one.starts <= today()
        ],  # the others are still to come
        indicators=[_indicator(one) for one in api.pages("indicators", cycle=cycle) if one["active"]],
        units=units,
        persons={one["person"]: _person(one) for one in scored},
        names={one["person"]: one["name"] for one in everyone},
        leaders={one["position"]: one["person"] for one in everyone if units[one["unit"]].kind == "bureau"},
        positions={one["position"]: one["person"] for one in reversed(everyone)},
        holders=_holders(api.pages("accounts", bureau=bureau)),
        calendar=WorkingDays({date.fromisoformat(day): works for day, works in document["calendar"].items()}),
    )


def _holders(accounts: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str | None], list[str]]:
    found: dict[tuple[str, str | None], list[str]] = {}
    for one in accounts:
        for grant in one["grants"] if one["person"] and one["active"] else ():
            found.setdefault((grant["role"], grant.get("target")), []).append(one["person"])
    return found


def _period(one: Mapping[str, Any]) -> Period:
    return Period(one["code"], one["frequency"], date.fromisoformat(one["starts"]), date.fromisoformat(one["ends"]))


def _person(one: Mapping[str, Any]) -> Subject:
    return Subject(one["person"], "person", one["line"], one["unit"], one["head"])


def _indicator(one: Mapping[str, Any]) -> Indicator:
    return Indicator(
        code=one["indicator"],
        name=one["name"],
        tool=one["tool"],
        line=one["line"],
        layers=tuple(one["layers"]),
        rule=one["rule"],
        params=one["rule_params"],
        frequency=one["frequency"],
        assessor=one["assessor"],
        source=one["source"],
        measure_unit=one["measure_unit"],
        full_points=Decimal(one["full_points"]),
        document=one,
    )
