"""The list of what keeps a run from being frozen tells until when each was to be decided and who was reminded: scoring and declarations behind one gateway."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from services.scoring.service import ScoringService
from services.scoring.usecases import projections
from shared.database import open_sessions
from shared.events import DeclarationChanged
from tests.component.declarations.bureau import Bureau, settle_in
from tests.component.declarations.states import CYCLE, LIBRARY, PERSONS, UNITS, B, cycle
from tests.component.scoring.conftest import Scoring
from tests.support.databases import Databases
from tests.support.over_http import Wire, World, app_on


class Both(Wire):
    """Carries requests to whichever service they name."""

    def __init__(self, *services: Any) -> None:
        super().__init__(services[0])
        self._wires = {one.name: Wire(one) for one in services}

    def call(self, routing_key: str, payload: str, headers: dict[str, Any], **more: Any) -> dict[str, Any]:
        return self._wires[routing_key.partition(".")[0]].call(routing_key, payload, headers, **more)


class Two(World):
    """Behind one gateway: declarations with a small bureau, and scoring."""

    bureau: Bureau
    scoring: Scoring


@pytest.fixture
def two(database: Databases) -> Iterator[Two]:
    url = database("declarations", "gateway", "scoring")
    accounts, own, scores = (open_sessions(url, name) for name in ("gateway", "declarations", "scoring"))
    service, bureau = ScoringService(), Bureau(own)
    service.database = scores
    wire = Both(bureau.service, service)
    made = Two(app_on(accounts, wire), wire, accounts, scores, B)
    made.bureau, made.scoring = bureau, Scoring(scores)
    settle_in(bureau)
    made.scoring.take([*UNITS, *PERSONS, cycle(), *LIBRARY])
    yield made
    for one in (accounts, own, scores):
        one.engine.dispose()


def on(day: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.clock.now", lambda: datetime(2026, 2, day, 4, tzinfo=UTC))


def declared(two: Two) -> str:
    (made,) = two.bureau.declare("PS")
    own = {"bureau": B, "cycle": CYCLE, "declaration": made["declaration"], "revision": 1, "indicator": "01-01-01"}
    who = {"subject": "PS", "layer": "person", "period": "2026-M01", "declared_by": "PS", "by": "PS"}
    points = {"counts": {"done": Decimal(3)}, "self_points": Decimal(1), "points": Decimal(1)}
    nobody = {"verified_by": None, "assessed_by": None, "not_applicable": False, "status": "declared"}
    with two.scoring.sessions.begin_handling(
        [state := DeclarationChanged(**own, **who, **points, **nobody)]
    ) as session:
        projections.keep_declarations(session, [state])
    return str(made["declaration"])


def test_each_has_its_day_and_says_who_was_reminded(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    on(2, monkeypatch)
    two.bureau.rule(declare=3, verify=5, assess=8, remind=2, escalate=2)  # verified by the 6th, escalated on the 10th
    code = declared(two)
    office = two.log_in("office", "office")
    at = f"/api/v1/standings/waiting?cycle={CYCLE}"

    def listed() -> dict[str, Any]:
        (one,) = office.get(f"{at}&deadlines=true").json["items"]
        return dict(one)

    assert "due_on" not in office.get(at).json["items"][0]
    assert (listed()["fact"], listed()["due_on"], listed()["late"], listed()["reminded"]) == (
        code,
        "2026-02-06",
        False,
        [],
    )
    for day in (4, 9, 10):
        on(day, monkeypatch)
        two.bureau.service.remind()
    one = listed()
    assert one["late"] is True
    told = [(each["duty"], each["of"], each["kind"], each["on"], each["persons"]) for each in one["reminded"]]
    assert told == [
        ("head", "S01", "verify_due", "2026-02-04", ["HS"]),
        ("head", "S01", "verify_late", "2026-02-09", ["HS"]),
        ("above", "S01", "verify_escalated", "2026-02-10", ["L1"]),
    ]


def test_days_and_reminders_are_for_who_watches_over_all(two: Two) -> None:
    body = {"cycle": CYCLE, "items": [{"kind": "declaration", "fact": "none"}]}
    assert two.log_in("ps", "staff", person="PS").post("/api/v1/lateness/deadlines", json=body).status_code == 403
    assert two.log_in("office", "office").post("/api/v1/lateness/deadlines", json=body).json == {"items": []}
