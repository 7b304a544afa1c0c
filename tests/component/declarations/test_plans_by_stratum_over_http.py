"""A lot in strata by GB/T 2828.1: each stratum has the verdict of its own plan, the whole that of the whole."""

from collections.abc import Iterator
from typing import Any

import pytest

from services.declarations.domain.sampling.strata import LOW, MIDDLE
from services.declarations.service import DeclarationsService
from services.declarations.storage import projections
from tests.component.declarations.bureau import Bureau, settle_in
from tests.component.declarations.checking import announce, draw, find, inspections
from tests.component.declarations.states import CYCLE, B, indicator
from tests.support.databases import Databases
from tests.support.over_http import World, world_of

CODES = ("07-07-01", "07-07-02", "07-07-03")
PEOPLE = ("PS", "QS")
PLAN = {"name": "gbt2828", "level": "S-1", "aql": "10", "strata": True}  # of six: n = 5, Ac = 1


@pytest.fixture
def world(database: Databases) -> Iterator[World]:
    """Six are assessed; of the first item both were assessed two below what was declared, so they are the riskier stratum."""
    with world_of(database, DeclarationsService(), B) as made:
        bureau = Bureau(made.service)
        settle_in(bureau)
        items = {"items": ["一", "二", "三", "四"]}
        bureau.handle(projections.keep_indicators, *(indicator(code, "checklist", items) for code in CODES))
        for person in PEOPLE:
            declared = bureau.declare(person, *({"indicator": code, "counts": {"done": "4"}} for code in CODES))
            ids = [one["declaration"] for one in declared]
            bureau.decide("verify", "HS", ids)
            lowered = {"declaration": ids[0], "counts": {"done": "2"}, "reason": "缺两项"}
            bureau.ask("assess_declarations", "P10", {"cycle": CYCLE, "declarations": [lowered]})
            bureau.decide("assess", "P10", ids[1:])
        yield made


def figures(world: World, wrong: dict[str, int]) -> dict[str, Any]:
    """What anybody reads of a closed check in which so many of each stratum were found wrong."""
    bureau, office = Bureau(world.service), world.log_in("office", "office")
    announced = announce(bureau, method=PLAN)
    check = announced["spot_check"]
    assert announced["strata"] == {LOW: {"population": 4, "sample": 3}, MIDDLE: {"population": 2, "sample": 2}}
    draw(bureau, check)
    left = dict(wrong)
    for one in inspections(bureau, spot_check=check):
        stratum = one["stratum"]
        is_wrong = left.get(stratum, 0) > 0
        left[stratum] = left.get(stratum, 0) - is_wrong
        find(bureau, one, "corrected" if is_wrong else "confirmed")
    closed = office.post(f"/api/v1/spot-checks/{check}/close", json={"cycle": CYCLE})
    assert closed.status_code == 200, closed.text
    staff = world.log_in("ps", "staff", person="PS")
    (public,) = staff.get("/api/v1/spot-checks", query_string={"cycle": CYCLE}).json["items"]
    assert public["figures"] == closed.json["figures"]
    found: dict[str, Any] = public["figures"]
    return found


@pytest.mark.parametrize(
    ("wrong", "whole", "low", "middle"),
    [
        # Three of four were seen, their plan wants all four: they cannot pass, but fail from the second on.
        ({}, True, None, True),
        ({MIDDLE: 1}, True, None, True),
        ({LOW: 1}, False, None, True),  # stands for 4/3 of six; in five 1.1 > 1
        ({LOW: 2}, False, False, True),
        ({MIDDLE: 2}, False, None, False),
    ],
)
def test_each_stratum_is_judged_by_the_plan_of_its_own_lot(
    world: World, wrong: dict[str, int], *, whole: bool, low: bool | None, middle: bool
) -> None:
    found = figures(world, wrong)
    assert found["accepted"] is whole
    assert found["accepted_by_stratum"] == {LOW: low, MIDDLE: middle}
    assert found["corrected"] == sum(wrong.values())
