"""130 of 120: a rate of a part to its whole that cannot be is refused wherever somebody gives it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from services.declarations.service import DeclarationsService
from services.declarations.storage import projections
from tests.component.declarations.bureau import Bureau, settle_in
from tests.component.declarations.checking import drawn, inspections
from tests.component.declarations.states import CYCLE, TIER, B, indicator
from tests.support.databases import Databases
from tests.support.over_http import World, world_of

SHARE = "09-09-09"


@pytest.fixture
def http(database: Databases, on: Callable[[str], None]) -> Iterator[World]:
    on("2026-02-01")
    with world_of(database, DeclarationsService(), B) as made:
        bureau = Bureau(made.service)
        settle_in(bureau)
        bureau.handle(projections.keep_indicators, replace(indicator(SHARE, "tier", TIER), measure_unit="%"))
        yield made


@pytest.mark.parametrize("draft", [True, False])
def test_an_impossible_rate_is_refused_and_changes_nothing(http: World, *, draft: bool) -> None:
    staff = http.log_in("PS", "staff", person="PS")

    def declare(numerator: str) -> Any:
        entry = {
            "indicator": SHARE,
            "counts": {"numerator": numerator, "denominator": "120"},
            "remark": "",
            "evidence": [],
        }
        body = {"cycle": CYCLE, "period": "2026-M01", "entries": [entry], "draft": draft}
        return staff.post("/api/v1/declarations", json=body)

    refused = declare("130")
    assert refused.status_code == 422
    assert [one["code"] for one in refused.json["errors"]] == ["counts.rate"]
    assert refused.json["errors"][0]["zh"]
    assert staff.get(f"/api/v1/declarations?cycle={CYCLE}").json["items"] == []
    assert declare("120").status_code == 201


def test_an_impossible_rate_is_no_finding_of_a_check(http: World) -> None:
    bureau = Bureau(http.service)
    (declared,) = bureau.declare("PS", {"indicator": SHARE, "counts": {"numerator": "120", "denominator": "120"}})
    bureau.decide("verify", "HS", [declared["declaration"]])
    bureau.decide("assess", "P10", [declared["declaration"]])
    _, (one,) = drawn(bureau)
    inspector = http.log_in("inspector", "staff", person=one["inspector"])

    def found(numerator: str) -> Any:
        finding = {"inspection": one["inspection"], "verdict": "corrected", "text": "按台账核对"}
        counts = {"numerator": numerator, "denominator": "120"}
        body = {"cycle": CYCLE, "findings": [{**finding, "counts": counts}]}
        return inspector.post("/api/v1/inspections/findings", json=body)

    refused = found("130")
    assert (refused.status_code, refused.json["errors"][0]["code"]) == (422, "counts.rate")
    assert [each["status"] for each in inspections(bureau)] == [one["status"]]
    assert found("115").json["inspections"][0]["points_after"] == "2.50"  # 0.9583: half of 5
