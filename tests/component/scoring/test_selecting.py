"""The steps from ranking to list on real runs, the panel's choice among the tied, and how sure the seats are."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.scoring.service import ScoringService
from services.scoring.storage.bureau_rules import rules_of
from services.scoring.storage.facts import read_dossiers
from services.scoring.usecases import publishing, runs, selecting
from services.scoring.workers import stop_workers
from shared.errors import Forbidden, Invalid
from shared.events import CheckedItem, FindingsChanged
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import BUREAU, cycle_state, states_of

OFFICE, PANEL = actor("office"), actor("panel")


@pytest.fixture
def run(scoring: Scoring, world: dict[str, Any]) -> str:
    scoring.take(states_of(world))
    scoring.take([cycle_state(world["cycle"], quota_percent=50, revision=8)])
    return str(scoring.freeze()["run"])


@pytest.fixture
def service(scoring: Scoring) -> Iterator[ScoringService]:
    one = ScoringService()
    one.database = scoring.sessions
    yield one
    stop_workers()


def steps(scoring: Scoring, run: str, layer: str = "person", who: Any = OFFICE) -> dict[str, list[dict[str, Any]]]:
    found = scoring.do(selecting.list_selection, who, {"run": run, "layer": layer})
    return {one["step"]: one["entries"] for one in found["steps"]}


def test_each_step_is_kept_from_the_freezing_and_the_final_order_from_the_approval(scoring: Scoring, run: str) -> None:
    page = scoring.do(runs.list_ranking, OFFICE, {"run": run, "layer": "person", "after": None, "limit": 500})
    before = steps(scoring, run)
    assert {one["subject"] for one in before["nominated"]} == {
        row["subject"] for row in page["items"] if row["nominated"]
    }
    assert {one["subject"] for one in before["struck"]} == {row["subject"] for row in page["items"] if row["struck"]}
    assert before["nominated"]
    assert before["final"] == []
    scoring.do(runs.approve_run, PANEL, {"run": run, "chosen": {}})
    after = steps(scoring, run)
    assert [one["subject"] for one in after["final"]] == [row["subject"] for row in page["items"] if row["commended"]]
    assert all(one["by"] == PANEL.account and one["name"] for one in after["final"])
    assert {one["by"] for one in after["nominated"]} == {OFFICE.account}


def test_the_panel_cannot_choose_whom_no_tie_offers_and_nothing_is_approved_then(scoring: Scoring, run: str) -> None:
    with pytest.raises(Invalid, match=r"selection\.invalid") as refused, scoring.sessions.begin(PANEL) as session:
        runs.approve_run(session, PANEL, {"run": run, "chosen": {"person": {"P01": "一贯优秀"}}})
    assert refused.value.errors[0]["field"] == "chosen.person.P01"
    assert scoring.do(runs.read_run, OFFICE, {"run": run})["status"] == "frozen"


def test_before_publication_the_steps_are_for_those_who_watch_runs(scoring: Scoring, run: str) -> None:
    staff = actor("staff", person="P01")
    with pytest.raises(Forbidden):
        steps(scoring, run, who=staff)
    scoring.do(runs.approve_run, PANEL, {"run": run, "chosen": {}})
    scoring.do(publishing.publish_run, OFFICE, {"visible": {}, "objection_days": 5, "run": run})
    assert steps(scoring, run, who=staff)["final"]


@pytest.mark.parametrize("layer", ["person", "station", "division"])
def test_every_ranked_subject_has_its_t_score_and_the_certainty_of_its_seat(
    service: ScoringService, scoring: Scoring, run: str, layer: str
) -> None:
    found = service.assess_seats(OFFICE, {"run": run, "layer": layer, "draws": 200})
    page = scoring.do(runs.list_ranking, OFFICE, {"run": run, "layer": layer, "after": None, "limit": 500})
    assert [one["subject"] for one in found["items"]] == [row["subject"] for row in page["items"]]
    expected = min(found["quota"]["places"], len(found["items"]))
    assert sum(float(one["seat_share"]) for one in found["items"]) >= expected - 0.01
    assert found == service.assess_seats(OFFICE, {"run": run, "layer": layer, "draws": 200})  # the same draws
    first = found["items"][0]
    assert first["name"]
    assert float(first["seat_share"]) >= float(found["items"][-1]["seat_share"])
    with pytest.raises(Forbidden):
        service.assess_seats(actor("staff", person="P01"), {"run": run})


def test_with_weights_that_hardly_move_the_list_is_the_nominated(service: ScoringService, run: str) -> None:
    found = service.assess_seats(OFFICE, {"run": run, "draws": 200, "concentration": 100_000})
    if not any(one["tied"] for one in found["items"]):
        assert {one["subject"] for one in found["items"] if float(one["seat_share"]) > 0.5} == {
            one["subject"] for one in found["items"] if one["nominated"]
        }


def test_what_is_reckoned_beside_the_list_knows_its_floor(
    service: ScoringService, scoring: Scoring, world: dict[str, Any]
) -> None:
    """Nobody reaches 100: no seat in any draw, none that hangs on a weight or an item, and no change of either lets anybody in."""
    scoring.take(states_of(world))
    scoring.take([cycle_state(world["cycle"], quota_percent=50, revision=8)])
    with scoring.sessions.begin(OFFICE) as session:
        rules_of(session, BUREAU).set("commend_from", date(2000, 1, 1), 100)
    run = str(scoring.freeze()["run"])
    page = scoring.do(runs.list_ranking, OFFICE, {"run": run, "layer": "person", "after": None, "limit": 500})
    assert page["quota"]["places"] > 0
    assert max(float(row["final"]) for row in page["items"]) < 99
    seats = service.assess_seats(OFFICE, {"run": run, "draws": 200, "concentration": 100_000})
    assert {(one["seat_share"], one["seat"]) for one in seats["items"]} == {("0.000", "outside")}
    assert [Decimal(one["margin"]) for one in seats["items"]] == [Decimal(one["final"]) - 100 for one in seats["items"]]
    design = service.assess_design(OFFICE, {"cycle": "2026", "run": run})
    assert {one["seats_at_5_points"] for one in design["weights"]} == {0}
    assert {one["seats_without"] for one in design["indicators"]} == {0}
    trial = {"cycle": "2026", "run": run, "changes": {"quota_percent": 100}}
    assert service.try_changes(OFFICE, trial)["enter"] == []


@pytest.mark.parametrize("layer", ["person", "station", "division"])
def test_beside_each_rank_stand_its_chance_and_how_far_it_is_from_the_other_side(
    service: ScoringService, run: str, layer: str
) -> None:
    found = service.assess_seats(OFFICE, {"run": run, "layer": layer, "draws": 100})
    items, places = found["items"], found["quota"]["places"]
    assert sum(Decimal(one["probability"]) for one in items) == pytest.approx(Decimal(places), abs=Decimal("0.02"))
    inside = [one for one in items if one["nominated"]]
    assert all(Decimal(one["margin"]) >= 0 for one in inside)
    assert all(Decimal(one["margin"]) <= 0 for one in items if not one["nominated"])
    edge = min(Decimal(one["final"]) for one in items if one["nominated"] or one["tied"])
    outside = [one for one in items if not one["nominated"] and not one["tied"]]
    assert [Decimal(one["margin"]) for one in outside] == [Decimal(one["final"]) - edge for one in outside]
    members = {code: sum(one["unit"] == code for one in items) for code in {one["unit"] for one in items}}
    leagues = {one["unit"]: one["members"] for one in found["units"]}
    assert leagues == (members if layer == "person" else {})
    assert all(one["unit_name"] for one in found["units"])


def test_what_spot_checks_leave_open_is_in_the_probability_of_a_seat(
    service: ScoringService, scoring: Scoring, run: str
) -> None:
    """Of four drawn all were false: hardly anything that they did not look at stands, and the first seats are less sure."""
    asked = {"run": run, "draws": 200, "concentration": 100_000}
    before = service.assess_seats(OFFICE, asked)
    assert before["checks"] == {"drawn": 0, "wrong": 0, "unseen": 0}
    first = before["items"][0]
    with scoring.sessions.begin(OFFICE) as session:
        (dossier,) = read_dossiers(session, BUREAU, "2026", [first["subject"]])
    declared = [one["fact"] for one in dossier["facts"] if one["kind"] == "declaration"]
    about = {"kind": "declaration", "stratum": "all", "certain": False}
    seen = [CheckedItem(item=f"seen{n}", verdict="false", lost=Decimal(1), **about) for n in range(4)]
    unseen = [CheckedItem(item=one, verdict=None, lost=None, **about) for one in declared]
    own = {"bureau": BUREAU, "cycle": "2026", "spot_check": "C1", "by": "tests"}
    scoring.take([FindingsChanged(**own, part=0, revision=2, items=[*seen, *unseen])])
    scoring.take([FindingsChanged(**own, part=0, revision=1, items=[])])  # late, and of before
    found = service.assess_seats(OFFICE, asked)
    assert found["checks"]["drawn"] == found["checks"]["wrong"] == 4
    assert 0 < found["checks"]["unseen"] <= len(declared)
    chances = {one["subject"]: float(one["probability"]) for one in found["items"]}
    assert chances[first["subject"]] < float(first["probability"])
    assert sum(chances.values()) == pytest.approx(sum(float(one["probability"]) for one in before["items"]), abs=0.01)
