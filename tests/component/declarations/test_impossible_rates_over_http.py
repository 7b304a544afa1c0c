"""130 of 120: a rate of a part to its whole that cannot be is refused wherever somebody gives it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from services.declarations.service import DeclarationsService
from services.declarations.storage import projections
from tests.component.declarations.bureau import Bureau, settle_in
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
