"""Across targets and scoring: what is proposed to a newcomer, accepted, and done is worth full points (docs/decisions/0315, 0302)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from services.scoring.usecases import incremental, standings
from shared import events
from shared.events import DeclarationChanged, event_type
from tests.component.scoring.conftest import KEEPERS, Scoring, actor
from tests.component.targets import conftest as office
from tests.component.targets.world import ALLOCATION, BUREAU, CYCLE, SETUPS, World, claim, staff_actor

# The fixtures of targets: an organisation, its staff, a library, an open cycle.
world, bureau, take_on, drafted = office.world, office.bureau, office.take_on, office.drafted
NEW, OLD = "P9501", "P9001"
CLERK = {"unit": "D01", "position": "D01-02"}


@pytest.fixture(autouse=True)
def in_august(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("shared.clock.now", lambda: datetime(2026, 8, 14, 4, tzinfo=UTC))
    incremental.forget()
    yield
    incremental.forget()


@pytest.fixture
def targets(drafted: World) -> World:
    newcomer = {**CLERK, "person": NEW, "name": "新来", "starts": "2026-07-01"}
    drafted.call("add_persons", persons=[newcomer])
    drafted.call("publish_library", cycle=CYCLE)
    drafted.call("move_cycle", cycle=CYCLE, status="open")
    return drafted


def _told(targets: World, scoring: Scoring) -> None:
    """Everything that targets has sent, as scoring takes it."""
    for name in ("UnitChanged", "PersonChanged", "CycleChanged", "ModelChanged", "IndicatorChanged", "ClaimChanged"):
        kind = getattr(events, name)
        states = [event_type(kind).load(state) for state in targets.states(name)]
        with scoring.sessions.begin_handling(states) as session:
            KEEPERS[kind](session, states)
    targets.clear_outbox()


def _target(targets: World, person: str, indicator: str = SETUPS) -> dict[str, Any]:
    (one,) = targets.pages("list_claims", cycle=CYCLE, indicator=indicator, subject=person, status="claimed")
    return one


def _item(scoring: Scoring, person: str, indicator: str = SETUPS) -> dict[str, Any]:
    who = actor("office", bureau=BUREAU)
    with pytest.MonkeyPatch.context() as later:  # once the year is over: a standing counts the periods that have ended
        later.setattr(incremental, "today", lambda: date(2027, 1, 4))
        tree = scoring.do(standings.explain_standing, who, {"cycle": CYCLE, "subject": person, "evidence": False})
    items = [one for line in tree["lines"] for category in line["categories"] for one in category["items"]]
    return next(one for one in items if one["indicator"] == indicator)


def _done(scoring: Scoring, person: str, number: str, month: int, indicator: str = SETUPS) -> None:
    scoring.take(
        [
            DeclarationChanged(
                bureau=BUREAU, cycle=CYCLE, declaration=f"{person}{indicator}{month}", revision=1, indicator=indicator,
                subject=person, layer="person", period=f"2026-M{month:02}", status="assessed", not_applicable=False,
                counts={"done": Decimal(number)}, self_points=Decimal(0), points=Decimal(0), declared_by=person,
                verified_by="H01", assessed_by="X09", by="tests",
            )
        ]
    )  # fmt: skip


def test_a_newcomer_in_july_who_does_what_was_proposed_to_him_has_full_points(targets: World, scoring: Scoring) -> None:
    targets.call("propose_allocations", cycle=CYCLE)
    targets.call("set_allocations", cycle=CYCLE, accept_proposals=True)
    targets.call("accept_proposals", cycle=CYCLE, scope="bureau")
    own, whole = _target(targets, NEW), _target(targets, OLD)
    assert (own["days"], whole["days"]) == (184, None)
    assert 0 < Decimal(own["target"]) < Decimal(whole["target"])
    _told(targets, scoring)
    for month in range(7, 13):
        _done(scoring, NEW, own["target"] if month == 9 else "0", month)
    item = _item(scoring, NEW)
    assert (item["target"], Decimal(item["points"])) == (own["target"], Decimal(item["full_points"]))
    assert item["periods"] == {"due": 6, "declared": 6}
    _done(scoring, NEW, "0", 3)  # nothing was due; what is declared all the same counts as a period
    assert _item(scoring, NEW)["periods"] == {"due": 7, "declared": 7}
    assert _item(scoring, OLD)["periods"]["due"] == 12


def test_a_claim_of_the_whole_year_is_cut_by_an_absence_and_what_is_taken_over_is_not(
    targets: World, scoring: Scoring
) -> None:
    targets.call("set_allocations", cycle=CYCLE, allocations=[ALLOCATION])
    claim(targets, staff_actor(OLD), "100")
    claim(targets, staff_actor(NEW), "42")
    away = {"person": OLD, "outside": True, "revision": 1, "starts": "2026-09-01", "ends": "2026-11-30"}
    targets.call("second_person", **away)
    _told(targets, scoring)
    _done(scoring, OLD, "50", 2)
    item = _item(scoring, OLD)
    assert (item["target"], item["periods"]["due"]) == (
        "75.07",
        9,
    )  # 100 × 274 ÷ 365; September to November are not due
    assert "认领 100，对应 365 天，在岗 274 天，按 75.07 计" in item["formula"]
    giving = {"indicator": SETUPS, "giver": OLD, "taker": NEW, "quantity": "40"}
    targets.call("transfer_claims", cycle=CYCLE, transfers=[giving], reason="分工调整")
    _told(targets, scoring)
    assert [_item(scoring, person)["target"] for person in (OLD, NEW)] == ["60", "82"]
    assert [_target(targets, person)["days"] for person in (OLD, NEW)] == [274, 184]


def test_what_is_kept_after_a_substitution_is_measured_in_full(targets: World, scoring: Scoring) -> None:
    targets.call("set_allocations", cycle=CYCLE, allocations=[ALLOCATION])
    claim(targets, staff_actor(OLD), "85")
    away = {"person": OLD, "outside": True, "revision": 1, "starts": "2026-07-01", "ends": "2026-11-30"}
    targets.call("second_person", **away)
    handed = {"giver": OLD, "taker": NEW, "keep_served": True, "last_day": "2026-06-30", "reason": "外借"}
    targets.call("substitute_person", cycle=CYCLE, **handed)
    _told(targets, scoring)
    kept, taken = _target(targets, OLD), _target(targets, NEW)
    assert (kept["target"], taken["target"]) == ("42", "43")  # 85 × 181 ÷ 365, whole pieces
    assert [_item(scoring, person)["target"] for person in (OLD, NEW)] == ["42", "43"]


def test_the_standing_in_memory_follows_who_comes_and_goes(targets: World, scoring: Scoring) -> None:
    targets.call("set_allocations", cycle=CYCLE, allocations=[ALLOCATION])
    claim(targets, staff_actor(OLD), "85")
    _told(targets, scoring)
    who = actor("office", bureau=BUREAU)
    before = scoring.standing(who)["items"]
    targets.call("second_person", person=OLD, outside=True, revision=1, starts="2026-09-01", ends="2026-11-30")
    claim(targets, staff_actor(OLD), "60")
    _told(targets, scoring)
    _done(scoring, OLD, "30", 6)
    followed = scoring.standing(who)["items"]
    scoring.forget()
    assert followed == scoring.standing(who)["items"] != before
