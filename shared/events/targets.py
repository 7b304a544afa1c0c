"""What targets tells the others: organisation, cycles, the library and the claims on it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shared.events.declaring import event

_ALL = ("declarations", "attendance", "complaints", "scoring")


@event(owner="targets", consumers=_ALL, key=("bureau", "unit"))
class UnitChanged:
    bureau: str
    unit: str  # code, e.g. D01
    revision: int
    name: str
    kind: str  # bureau, division, station, centre, association, body
    line: str  # one of the lines, or "all"
    parent: str | None
    active: bool
    by: str


@dataclass(frozen=True)
class Assignment:
    unit: str
    line: str
    position: str
    head: bool  # of the unit
    starts: date
    ends: date | None  # inclusive; None while it lasts


@event(owner="targets", consumers=_ALL, key=("bureau", "person"))
class PersonChanged:
    bureau: str
    person: str  # code, e.g. P0001
    revision: int
    name: str
    unit: str  # today's assignment
    line: str
    position: str
    head: bool
    assignments: list[Assignment]
    active: bool
    by: str


@dataclass(frozen=True)
class Period:
    code: str  # 2026-M01, 2026-Q1, 2026-H1, 2026-Y
    frequency: str  # monthly, quarterly, half_yearly, yearly
    starts: date
    ends: date


@event(owner="targets", consumers=_ALL, key=("bureau", "cycle"))
class CycleChanged:
    bureau: str
    cycle: str  # e.g. 2026
    revision: int
    status: str  # draft, open, closing, closed, published, archived, discarded
    starts: date
    ends: date
    periods: list[Period]
    library_revision: int  # 0 until published
    model_revision: int
    weights: dict[str, dict[str, dict[str, Decimal]]]  # layer -> line -> category -> weight
    composite: dict[str, dict[str, Decimal]]  # target -> component -> weight
    rounding: str  # half_up, half_even
    quota_percent: int  # of the ranked persons, floored
    tie_chain: list[str]  # categories compared in turn where the published scores are equal
    calendar: dict[str, bool]  # ISO date -> worked; overrides on top of the national calendar
    by: str


@event(owner="targets", consumers=("scoring",), key=("bureau", "cycle"))
class ModelChanged:
    """What the model in force says beside what the cycle carries. Its revision is the model's."""

    bureau: str
    cycle: str
    revision: int
    evaluations: str  # which count: raw (as cast), adjusted (for the severity of their raters)
    by: str


@event(owner="targets", consumers=("declarations", "scoring"), key=("bureau", "cycle", "indicator"))
class IndicatorChanged:
    bureau: str
    cycle: str
    indicator: str  # code, e.g. 03-02-01
    revision: int
    library_revision: int
    level1: str
    level2: str
    name: str
    category: str
    nature: str
    tool: str
    line: str
    layers: list[str]
    measure_unit: str
    full_points: Decimal
    rule: str
    rule_params: dict[str, Any]  # as in the sheet; numbers as strings
    frequency: str
    assessor: str  # unit code of the assessing section
    evidence: str
    standard: str
    source: str  # declared, attendance, complaints
    figure: str | None  # which machine figure prefills it, e.g. late_early
    target: Decimal | None
    active: bool
    by: str


_CLAIM = ("bureau", "cycle", "indicator", "subject")


@event(owner="targets", consumers=("declarations", "scoring"), key=_CLAIM, version=2)
class ClaimChanged:
    bureau: str
    cycle: str
    indicator: str
    subject: str  # unit or person code
    layer: str  # division, station, person
    revision: int
    status: str  # claimed, released
    target: Decimal | None  # the quantity taken on; None where the item has none
    days: int | None  # of the cycle that it is meant for; None: all of it
    by: str


@event(owner="targets", consumers=("declarations", "scoring"), key=_CLAIM, name="ClaimChanged")  # no longer sent
class ClaimChangedV1:
    bureau: str
    cycle: str
    indicator: str
    subject: str  # unit or person code
    layer: str  # division, station, person
    revision: int
    status: str  # claimed, released
    target: Decimal | None  # the quantity taken on; None where the item has none
    by: str
