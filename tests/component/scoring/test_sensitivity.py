"""What if and what decides, on a bureau in the database: the differences are real, and nothing is stored."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from services.scoring.service import ScoringService
from services.scoring.usecases import runs
from services.scoring.workers import stop_workers
from shared.errors import Conflict, Forbidden, Invalid
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import cycle_state, declaration_state, states_of, veto_state
from tests.properties.scoring.test_narrative import items_of

OFFICE = actor("office")


@pytest.fixture
def service(scoring: Scoring, world: dict[str, Any]) -> Iterator[ScoringService]:
    scoring.take(states_of(world))
    scoring.take([cycle_state(world["cycle"], quota_percent=50, revision=8)])
    one = ScoringService()
    one.database = scoring.sessions
    yield one
    stop_workers()


def trial(changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"cycle": "2026", "changes": changes, **more}


def rows(scoring: Scoring, run: str) -> dict[str, dict[str, Any]]:
    page = scoring.do(runs.list_scores, OFFICE, {"run": run, "layer": "person", "after": None, "limit": 500})
    return {row["subject"]: row for row in page["items"]}


def test_no_change_makes_no_difference(service: ScoringService) -> None:
    found = service.try_changes(OFFICE, trial({}))
    assert (found["changed"], found["enter"], found["leave"]) == (0, [], [])
    assert found["bureau_score"]["before"] == found["bureau_score"]["after"]


def test_what_if_says_what_a_real_change_of_the_model_does(
    service: ScoringService, scoring: Scoring, world: dict[str, Any]
) -> None:
    composite = {"personal": "0.8", "unit": "0.1", "bureau": "0.1"}
    before = rows(scoring, scoring.freeze()["run"])
    found = service.try_changes(OFFICE, trial({"composite": {"person": composite}}, limit=1000))
    changed = {**world["cycle"], "composite": {**world["cycle"]["composite"], "person": composite}}
    scoring.take([cycle_state(changed, quota_percent=50, revision=9)])
    after = rows(scoring, scoring.freeze()["run"])
    told = {one["subject"]: one["changes"] for one in found["items"]}
    for code, row in after.items():
        for name in ("final", "rank", "commended"):
            expected = {"before": before[code][name], "after": row[name]}
            assert told.get(code, {}).get(name, {"before": row[name], "after": row[name]}) == expected
    entering = {code for code, row in after.items() if row["commended"] and not before[code]["commended"]}
    assert {one["subject"] for one in found["enter"]} == entering


def test_a_veto_tried_out_strikes_and_a_lifted_one_restores(service: ScoringService, scoring: Scoring) -> None:
    run = scoring.freeze()["run"]
    listed = next(code for code, row in rows(scoring, run).items() if row["commended"])
    with scoring.sessions.begin(OFFICE) as session:
        counted = session.execute(text("SELECT count(*) FROM scoring.veto")).scalar()
    found = service.try_changes(OFFICE, trial({"vetoes": {"add": [{"subject": listed, "reason": "试"}]}}, run=run))
    assert [one["subject"] for one in found["leave"]] == [listed]
    assert found["bureau_score"]["before"] == found["bureau_score"]["after"]  # a veto leaves scores alone
    with scoring.sessions.begin(OFFICE) as session:
        assert session.execute(text("SELECT count(*) FROM scoring.veto")).scalar() == counted
    scoring.take([veto_state({"code": "V9", "indicator": "01-03-05", "subject": listed, "layer": "person", "status": "confirmed", "reason": "虚报"})])  # fmt: skip
    back = service.try_changes(OFFICE, trial({"vetoes": {"lift": [listed]}}))
    assert [one["subject"] for one in back["enter"]] == [listed]


def test_an_indicator_left_out_and_a_smaller_quota_change_the_list(
    service: ScoringService, world: dict[str, Any]
) -> None:
    nobody = service.try_changes(OFFICE, trial({"quota_percent": 0}))
    assert (nobody["enter"], len(nobody["leave"])) == (
        [],
        nobody["quota"]["before"]["nominated"] - nobody["quota"]["before"]["struck"],
    )
    code = next(
        one["indicator"]
        for one in world["indicators"]
        if one["active"] and one["rule"] != "veto" and "person" in one["layers"]
    )
    without = service.try_changes(OFFICE, trial({"indicators": {code: {"active": False}}}))
    assert without["changed"] >= 0
    items = [item["indicator"] for one in without["items"] for item in one["items"]]
    assert set(items) <= {code}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"composite": {"person": {"personal": "0.9", "unit": "0.3", "bureau": "0.2"}}}, "composite.person"),
        ({"composite": {"person": {"personal": "1"}}}, "composite.person"),
        ({"composite": {"planet": {"personal": "1"}}}, "composite.planet"),
        ({"weights": {"person": {"sea": {"common": "1"}}}}, "weights.person.sea"),
        ({"indicators": {"99-99-99": {"active": False}}}, "indicators.99-99-99"),
        ({"vetoes": {"add": [{"subject": "nobody"}]}}, "changes.vetoes.add"),
        ({"vetoes": {"lift": ["nobody"]}}, "changes.vetoes.lift"),
    ],
)
def test_a_change_that_no_model_could_have_is_refused(
    service: ScoringService, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid, match=r"what_if\.invalid") as refused:
        service.try_changes(OFFICE, trial(changes))
    assert refused.value.errors[0]["field"] == field


def test_rule_parameters_of_a_wrong_form_are_refused(service: ScoringService, world: dict[str, Any]) -> None:
    code = next(one["indicator"] for one in world["indicators"] if one["rule"] == "ratio" and one["active"])
    for params in ({"cap": 1.5}, {"cap": "x"}, {}, {"cap": None}):
        with pytest.raises(Invalid):
            service.try_changes(OFFICE, trial({"indicators": {code: {"rule_params": params}}}))


@pytest.mark.parametrize("layer", ["person", "station", "division"])
def test_every_weight_and_every_item_of_a_layer_is_looked_at(
    service: ScoringService, world: dict[str, Any], layer: str
) -> None:
    found = service.assess_design(OFFICE, {"cycle": "2026", "layer": layer})
    assert {one["weight"] for one in found["weights"] if one["line"] is None} == set(world["cycle"]["composite"][layer])
    listed = {one["indicator"] for one in found["indicators"]}
    active = {
        one["indicator"]
        for one in world["indicators"]
        if one["active"] and layer in one["layers"] and one["rule"] != "veto"
    }
    assert listed <= active
    shares = [Decimal(one["variance_share"]) for one in found["indicators"]]
    assert shares == sorted(shares, reverse=True)


def test_what_nobody_declares_is_named(service: ScoringService, scoring: Scoring, world: dict[str, Any]) -> None:
    found = service.assess_design(OFFICE, {"cycle": "2026"})
    declared = {one["indicator"] for one in world["declarations"] if one["status"] != "draft"}
    assert all(one["indicator"] not in declared for one in found["undeclared"] if one["declared_by"] == 0)
    tools = {one["indicator"]: one["tool"] for one in world["indicators"]}
    assert all(tools[one["indicator"]] in ("review", "electronic") for one in found["undeclared"])


def test_self_scores_are_kept_with_the_declarations_and_compared(
    service: ScoringService, scoring: Scoring, world: dict[str, Any]
) -> None:
    assessed = [one for one in world["declarations"] if one["status"] == "assessed"]
    points = {"self_points": Decimal("2.00"), "points": Decimal("1.00")}
    scoring.take([declaration_state(one, revision=5, **points) for one in assessed])
    scoring.take([declaration_state(one, revision=4) for one in assessed])  # an older state comes late
    found = service.compare_self_scores(OFFICE, {"cycle": "2026"})
    assert found["declarations"] > 0
    assert [one["code"] for one in found["assessors"]] == ["X09"]
    assert all(Decimal(one["gap"]) > 0 for one in found["units"])
    assert {one["verdict"] for one in found["units"]} == {"too_few"}


def test_design_is_for_those_who_oversee(service: ScoringService) -> None:
    staff = actor("staff", person="P01")
    for ask, body in (
        (service.try_changes, trial({})),
        (service.assess_design, {"cycle": "2026"}),
        (service.compare_self_scores, {"cycle": "2026"}),
    ):
        with pytest.raises(Forbidden):
            ask(staff, body)


def test_a_run_is_looked_at_in_its_own_cycle_only(service: ScoringService, scoring: Scoring) -> None:
    run = scoring.freeze()["run"]
    with pytest.raises(Conflict) as refused:
        service.assess_design(OFFICE, {"cycle": "1999", "run": run, "layer": "person"})
    assert refused.value.code == "run.other_cycle"


def test_other_points_for_an_item_do_what_a_facts_change_would(service: ScoringService, scoring: Scoring) -> None:
    run = scoring.freeze()["run"]
    before = rows(scoring, run)
    person, item = next(
        (code, item)
        for code, row in before.items()
        if row["rank"]
        for item in items_of(scoring.do(runs.explain_score, OFFICE, {"run": run, "subject": code}))
        if item["applicable"] and Decimal(item["points"]) < Decimal(item["full_points"])
    )
    better = {"subject": person, "indicator": item["indicator"], "points": item["full_points"]}
    found = service.try_changes(OFFICE, trial({"points": [better]}, run=run, limit=1000))
    change = next(one for one in found["items"] if one["subject"] == person)["changes"]
    assert Decimal(change["final"]["after"]) > Decimal(before[person]["final"])
    same = {**better, "points": item["points"]}
    assert service.try_changes(OFFICE, trial({"points": [same]}, run=run))["changed"] == 0


@pytest.mark.parametrize("change", [
    {"subject": "nobody", "indicator": "01-01-00", "points": "1"}, {"subject": "P00", "indicator": "none", "points": "1"},
])  # fmt: skip
def test_points_of_what_is_not_scored_are_refused(service: ScoringService, change: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        service.try_changes(OFFICE, trial({"points": [change]}))
    assert refused.value.errors[0]["field"] == "changes.points.0"
