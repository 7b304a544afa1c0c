"""People, units and states for the pure tests."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from services.declarations.domain.contributions import Contribution
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.indicators import Indicator
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.organisation import Unit
from shared.actor import Actor, Grant

BUREAU = Unit("B00", "bureau", "all", None, active=True, heads=frozenset({"L1"}))
DIVISION = Unit("D10", "division", "enforcement_support", "B00", active=True, heads=frozenset({"H10"}))
HEADLESS = Unit("D08", "division", "special_supervision", "B00", active=True)
STATION = Unit("S01", "station", "all", "B00", active=True, heads=frozenset({"HS"}))


def somebody(person: str | None, *grants: Grant, account: str | None = None) -> Actor:
    return Actor(account=account or f"a-{person}", name="某人", bureau="B00", person=person, grants=grants)


def declaration(**changes: Any) -> Declaration:
    plain = Declaration(
        bureau="B00",
        cycle="2026",
        declaration="d-1",
        revision=1,
        indicator="01-01-01",
        subject="P10",
        layer="person",
        period="2026-M01",
        unit="D10",
        assessor="D09",
        status="declared",
        not_applicable=False,
        differs=False,
        counts={"done": Decimal(1)},
        machine=None,
        target=Decimal(10),
        self_points=Decimal(1),
        points=Decimal(1),
        remark="",
        evidence=[],
        reason="",
        declared_by="P10",
        verified_by=None,
        assessed_by=None,
    )
    return replace(plain, **changes)


def indicator(rule: str, params: dict[str, Any], **changes: Any) -> Indicator:
    plain = Indicator(
        indicator="01-01-01",
        name="指标",
        category="common",
        tool="review",
        line="all",
        layers=("division", "station", "person"),
        measure_unit="次",
        full_points=Decimal(5),
        rule=rule,
        rule_params=params,
        frequency="monthly",
        assessor="D10",
        standard="",
        evidence="",
        source="declared",
        figure=None,
        active=True,
    )
    return replace(plain, **changes)


def order(**changes: Any) -> TaskOrder:
    plain = TaskOrder(
        bureau="B00",
        cycle="2026",
        order="o-1",
        revision=1,
        indicator="03-01-01",
        subject="P10",
        layer="person",
        period="2026-M01",
        unit="D10",
        assessor="D09",
        status="issued",
        title="督办",
        standard="按期",
        points=None,
        issued_on=date(2026, 1, 1),
        deadline=date(2026, 1, 31),
        deadlines=[],
        percent=0,
        reported_on=None,
        notes=[],
        completed_on=None,
        counts={},
        origin="ordered",
        issued_by="H9",
        judged_by=None,
    )
    return replace(plain, **changes)


def contribution(**changes: Any) -> Contribution:
    plain = Contribution(
        bureau="B00",
        cycle="2026",
        contribution="c-1",
        revision=1,
        indicator="11-01-03",
        subject="P10",
        layer="person",
        period="2026-H1",
        unit="D10",
        status="screened",
        title="经验",
        title_key="经验",
        effect="推广",
        proof="文件",
        evidence=[],
        shares=[],
        part_of=None,
        claimed={"district": Decimal(1)},
        counts={},
        reason="",
        declared_by="P10",
        screened_by="H10",
        settled_by=None,
    )
    return replace(plain, **changes)
