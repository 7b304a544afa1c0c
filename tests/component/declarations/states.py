"""States of others' aggregates that the small bureau is made of: its units, people, library and cycle."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from shared.actor import Actor, Grant
from shared.events import (
    Assignment,
    AttendanceMonthChanged,
    CaseFiguresChanged,
    ClaimChanged,
    CycleChanged,
    IndicatorChanged,
    Period,
    PersonChanged,
    UnitChanged,
)

B = "B00"
CYCLE = "2026"
GRADES = {"values": {"优": "1.0", "好": "0.85", "一般": "0.7", "可以": "0.6", "差": "0.4"}}
TIER = {"direction": "higher", "steps": [["0.99", "1.0"], ["0.97", "0.8"], ["0.93", "0.5"]]}


def periods() -> list[Period]:
    months = [
        Period(f"2026-M{m:02d}", "monthly", date(2026, m, 1), date(2026, m, 28 if m == 2 else 30)) for m in range(1, 13)
    ]
    quarters = [Period(f"2026-Q{q}", "quarterly", date(2026, 3 * q - 2, 1), date(2026, 3 * q, 30)) for q in range(1, 5)]
    halves = [
        Period("2026-H1", "half_yearly", date(2026, 1, 1), date(2026, 6, 30)),
        Period("2026-H2", "half_yearly", date(2026, 7, 1), date(2026, 12, 31)),
    ]
    return [*months, *quarters, *halves, Period("2026-Y", "yearly", date(2026, 1, 1), date(2026, 12, 31))]


def cycle(status: str = "open", revision: int = 1, code: str = CYCLE) -> CycleChanged:
    return CycleChanged(
        bureau=B,
        cycle=code,
        revision=revision,
        status=status,
        starts=date(2026, 1, 1),
        ends=date(2026, 12, 31),
        periods=periods(),
        library_revision=1,
        model_revision=1,
        weights={},
        composite={},
        rounding="half_up",
        quota_percent=20,
        tie_chain=[],
        calendar={},
        by="test",
    )


def unit(code: str, kind: str, line: str, *, active: bool = True) -> UnitChanged:
    parent = None if kind == "bureau" else "B00"
    return UnitChanged(
        bureau=B, unit=code, revision=1, name=code, kind=kind, line=line, parent=parent, active=active, by="test"
    )


def person(
    code: str,
    at: str,
    line: str,
    *,
    head: bool = False,
    active: bool = True,
    revision: int = 1,
    places: Sequence[tuple[str, str | None]] = (),
) -> PersonChanged:
    days = [(date.fromisoformat(first), date.fromisoformat(last) if last else None) for first, last in places]
    return PersonChanged(
        bureau=B,
        person=code,
        revision=revision,
        name=code,
        unit=at,
        line=line,
        position="X",
        head=head,
        assignments=[Assignment(at, line, "X", head, first, last) for first, last in days],
        active=active,
        by="test",
    )


def indicator(
    code: str,
    rule: str,
    params: dict[str, Any],
    *,
    tool: str = "review",
    layers: Sequence[str] = ("division", "station", "person"),
    full: str = "5",
    frequency: str = "monthly",
    assessor: str = "D10",
    line: str = "all",
    source: str = "declared",
    figure: str | None = None,
    active: bool = True,
    revision: int = 1,
    measure_unit: str = "次",
) -> IndicatorChanged:
    return IndicatorChanged(
        bureau=B,
        cycle=CYCLE,
        indicator=code,
        revision=revision,
        library_revision=1,
        level1="一",
        level2="二",
        name=f"指标{code}",
        category="common",
        nature="routine",
        tool=tool,
        line=line,
        layers=list(layers),
        measure_unit=measure_unit,
        full_points=Decimal(full),
        rule=rule,
        rule_params=params,
        frequency=frequency,
        assessor=assessor,
        evidence="材料",
        standard="标准",
        source=source,
        figure=figure,
        target=None,
        active=active,
        by="test",
    )


def claim(subject: str, code: str, target: str, layer: str = "person", revision: int = 1) -> ClaimChanged:
    return ClaimChanged(
        bureau=B,
        cycle=CYCLE,
        indicator=code,
        subject=subject,
        layer=layer,
        revision=revision,
        status="claimed",
        target=Decimal(target),
        days=None,
        by="test",
    )


def attendance(
    subject: str, month: str, figures: dict[str, dict[str, str]], revision: int = 1
) -> AttendanceMonthChanged:
    return AttendanceMonthChanged(
        bureau=B, subject=subject, layer="person", month=month, revision=revision, figures=_exact(figures), by="test"
    )


def cases(subject: str, month: str, figures: dict[str, dict[str, str]], revision: int = 1) -> CaseFiguresChanged:
    return CaseFiguresChanged(
        bureau=B, subject=subject, layer="person", month=month, revision=revision, figures=_exact(figures), by="test"
    )


def _exact(figures: dict[str, dict[str, str]]) -> dict[str, dict[str, Decimal]]:
    return {name: {key: Decimal(value) for key, value in counts.items()} for name, counts in figures.items()}


LIBRARY = [
    indicator("01-01-01", "ratio", {"cap": "1.0"}),
    indicator("01-01-02", "checklist", {"items": ["一", "二", "三", "四"]}, frequency="quarterly", full="9"),
    indicator("02-01-01", "deduct", {"per": {"late": "0.5", "early": "0.5"}}, tool="electronic", layers=["person"],
              source="attendance", figure="late_early", full="8"),
    indicator("08-01-01", "tier", TIER, source="complaints", figure="accepted_in_time", assessor="D09", full="4"),
    indicator("08-09-09", "tier", TIER, line="special_supervision", assessor="D09"),
    indicator("03-01-01", "tier", TIER, tool="accountability", assessor="D09"),
    indicator("11-01-03", "accumulate", {"cap": "10", "per": {"national": "5", "provincial": "3", "district": "1"}},
              tool="contribution", frequency="half_yearly", assessor="K01", full="10"),
    indicator("11-01-05", "accumulate", {"cap": "5", "per": "1"}, tool="contribution", frequency="half_yearly", assessor="K01"),
    indicator("11-04-06", "grade", GRADES, tool="subjective", layers=["person"], frequency="half_yearly", full="15"),
    indicator("11-04-03", "grade", GRADES, tool="subjective", layers=["station"], frequency="half_yearly", assessor="K01"),
    indicator("01-03-05", "veto", {}, tool="accountability", frequency="yearly", assessor="K01", full="0"),
    indicator("06-06-06", "ratio", {"cap": "1.0"}, assessor="K01", measure_unit="小时"),
]  # fmt: skip

UNITS = [
    unit("B00", "bureau", "all"),
    unit("D09", "division", "enforcement_support"),
    unit("D10", "division", "enforcement_support"),
    unit("D08", "division", "special_supervision"),
    unit("S01", "station", "all"),
    unit("K01", "body", "all"),
]
PERSONS = [
    person("L1", "B00", "all", head=True),
    person("L2", "B00", "all"),
    person("H9", "D09", "enforcement_support", head=True),
    person("P9", "D09", "enforcement_support"),
    person("H10", "D10", "enforcement_support", head=True),
    person("P10", "D10", "enforcement_support"),
    person("Q10", "D10", "enforcement_support"),
    person("R1", "D10", "enforcement_support"),
    person("P8", "D08", "special_supervision"),  # D08 has no head
    person("HS", "S01", "all", head=True),
    person("PS", "S01", "routine_supervision"),
    person("QS", "S01", "special_supervision"),
]


def actor(name: str, *grants: Grant, bureau: str = B) -> Actor:
    return Actor(account=f"a-{name}", name=name, bureau=bureau, person=name, grants=(Grant("staff", "own"), *grants))


ACTORS = {
    "L1": actor("L1", Grant("leader", "bureau"), Grant("unit_head", "unit", "B00")),
    "L2": actor("L2", Grant("leader", "line", "special_supervision")),
    "H9": actor("H9", Grant("unit_head", "unit", "D09"), Grant("assessor", "unit", "D09")),
    "P9": actor("P9", Grant("assessor", "unit", "D09")),
    "H10": actor("H10", Grant("unit_head", "unit", "D10"), Grant("assessor", "unit", "D10"), Grant("panel", "bureau")),
    "P10": actor("P10", Grant("assessor", "unit", "D10")),
    "Q10": actor("Q10"),
    "R1": actor("R1", Grant("hr", "bureau"), Grant("assessor", "unit", "D10")),
    "P8": actor("P8"),
    "HS": actor("HS", Grant("unit_head", "unit", "S01")),
    "PS": actor("PS"),
    "QS": actor("QS"),
    "K1": actor("K1", Grant("panel", "bureau")),
    "K2": actor("K2", Grant("panel", "bureau")),
    "K3": actor("K3", Grant("panel", "bureau")),
    "office": actor("office", Grant("office", "bureau")),
    "auditor": actor("auditor", Grant("auditor", "bureau")),
    "admin": actor("admin", Grant("admin", "installation")),
    "stranger": actor("stranger", Grant("panel", "bureau"), bureau="B99"),
}
