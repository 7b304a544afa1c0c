"""Revisions of the library during the year: changed cell by cell, compared, published for a day, and what claims become."""

from datetime import date

import pytest

from services.targets.usecases import coming_into_force, models, publishing, scheduling
from shared.actor import Actor, Grant
from shared.errors import Conflict, Forbidden, Invalid
from tests.component.targets.world import (
    ALLOCATION,
    CYCLE,
    OFFICE,
    SETUPS,
    World,
    claim,
    clerks,
    sheets,
    staff_actor,
)
from tests.unit.targets.reference import spoiled

OTHER = "04-01-03"  # of the same line, category and layers


def set_today(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    for module in (models, scheduling, publishing, coming_into_force):
        if hasattr(module, "today"):
            monkeypatch.setattr(module, "today", lambda: day)


def put(code: str, **cells):
    return {"indicator": code, "cells": cells}


def change(world: World, *changes, actor: Actor = OFFICE):
    return world.call("change_draft", actor, cycle=CYCLE, changes=[*changes])


def points_of(world: World, code: str) -> int:
    return int(world.call("get_indicator", cycle=CYCLE, indicator=code)["full_points"])


def reweigh(world: World, up: str, down: str) -> None:
    change(world, put(up, full_points=points_of(world, up) + 1), put(down, full_points=points_of(world, down) - 1))


def test_a_row_that_is_wrong_by_itself_is_refused_by_its_code(opened: World):
    with pytest.raises(Invalid, match="library.invalid") as refused:
        change(opened, put("03-02-01", full_points="4.25"), put("03-02-02", name=""))
    found = {(one["indicator"], one["column"], one["code"]) for one in refused.value.errors}
    assert found == {("03-02-01", "full_points", "cell.decimals"), ("03-02-02", "name", "cell.required")}
    assert opened.count("libraries") == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"indicator": "03-02-01", "cells": {"mood": "good"}}, "column.unknown"),
        ({"indicator": "99-01-01", "action": "remove"}, "indicator.unknown"),
    ],
)
def test_a_change_that_cannot_be_made_names_itself(opened: World, wrong, code):
    with pytest.raises(Invalid) as refused:
        change(opened, put("03-02-01", name="政务信息被采用"), wrong)
    assert [(one["row"], one["code"]) for one in refused.value.errors] == [(1, code)]


def test_what_rows_owe_each_other_is_told_while_one_works_and_asked_for_at_the_end(opened: World):
    report = change(opened, put(SETUPS, full_points=points_of(opened, SETUPS) + 1))
    assert {one["code"] for one in report["errors"]} == {"sum.not_100"}
    with pytest.raises(Invalid, match="library.invalid"):
        opened.call("publish_library", cycle=CYCLE)
    reweigh(opened, SETUPS, OTHER)
    assert opened.call("check_draft", cycle=CYCLE)["errors"] == []
    assert opened.call("publish_library", cycle=CYCLE)["library_revision"] == 2


def test_a_rule_is_tried_before_it_is_stored(opened: World):
    steps = {"direction": "higher", "steps": [["0.9", "1.0"], ["0.8", "0.5"]]}
    counts = {"numerator": "85", "denominator": "100"}
    tried = opened.call(
        "try_indicator", cycle=CYCLE, indicator="01-01-02", counts=counts, rule_params=steps, full_points="4"
    )
    assert (tried["points"], tried["full_points"]) == ("2.00", "4")
    upside_down = {"direction": "higher", "steps": steps["steps"][::-1]}
    with pytest.raises(Invalid, match="rule.invalid") as refused:
        opened.call("try_indicator", cycle=CYCLE, indicator="01-01-02", counts=counts, rule_params=upside_down)
    assert [one["code"] for one in refused.value.errors] == ["rule.step_order"]
    rules = {one["rule"]: one["params_schema"] for one in opened.call("list_rules")["items"]}
    assert rules["tier"]["required"] == ["direction", "steps"]


def test_a_revision_shows_what_it_adds_removes_and_reweights(opened: World):
    reweigh(opened, SETUPS, OTHER)
    change(
        opened,
        put("03-02-01", name="政务信息被采用"),
        {"indicator": "03-02-03", "action": "remove"},
    )
    found = opened.call("compare_libraries", cycle=CYCLE)
    assert (found["older"], found["newer"]) == (1, 2)
    assert [one["indicator"] for one in found["removed"]] == ["03-02-03"]
    assert {one["indicator"] for one in found["reweighted"]} == {SETUPS, OTHER}
    renamed = next(one for one in found["changed"] if one["indicator"] == "03-02-01")
    assert renamed["differences"] == [{"field": "name", "before": "政务信息采用", "after": "政务信息被采用"}]
    revisions = opened.call("list_library_revisions", cycle=CYCLE)["items"]
    assert [(one["library_revision"], one["status"]) for one in revisions] == [(1, "published"), (2, "draft")]
    clerk = staff_actor("P9001")
    assert len(opened.call("list_library_revisions", clerk, cycle=CYCLE)["items"]) == 1
    with pytest.raises(Forbidden):
        opened.call("compare_libraries", clerk, cycle=CYCLE)


def test_within_a_year_a_code_may_fall_away_but_never_pass_to_another_item(opened: World):
    lost = change(opened, {"indicator": "03-02-03", "action": "remove"})
    assert "code.gap" not in {one["code"] for one in lost["errors"]}
    taken_by_another = spoiled(
        "indicators", "03-02-03", name=opened.call("get_indicator", cycle=CYCLE, indicator="03-02-04")["name"]
    )
    with pytest.raises(Invalid) as refused:
        opened.call("import_library", cycle=CYCLE, sheets=sheets("models", indicators=taken_by_another))
    assert "code.renumbered" in {one["code"] for one in refused.value.errors}


def test_what_a_new_library_does_to_claims_is_told_beforehand(pool: World):
    first, second = clerks(pool)[:2]
    claim(pool, OFFICE, "100", subject=first)
    claim(pool, OFFICE, "40", subject=second)
    change(pool, put(SETUPS, per_person_cap="90", target_2026="200", history_2025="200"))
    told = pool.call("compare_libraries", cycle=CYCLE)
    assert [(one["indicator"], one["effect"], one["subjects"]) for one in told["claims"]] == [
        (SETUPS, "above_cap", [first])
    ]
    (target,) = told["targets"]
    assert (target["before"] != target["after"], target["claimed_by_persons"]) == (True, "140")
    change(pool, put(SETUPS, layers="division|station", per_person_cap=None))
    told = pool.call("compare_libraries", cycle=CYCLE)
    assert [(one["effect"], one["claims"], one["quantity"]) for one in told["claims"]] == [("not_eligible", 2, "140")]
    assert pool.states("ClaimChanged")[-1]["status"] == "claimed"


def test_claims_on_what_is_removed_are_released_when_it_comes_into_force(pool: World):
    person = clerks(pool)[0]
    claim(pool, OFFICE, "100", subject=person)
    points = points_of(pool, SETUPS)
    layers = pool.call("get_indicator", cycle=CYCLE, indicator=SETUPS)["layers"]
    heirs = {}
    for one in pool.pages("list_indicators", cycle=CYCLE, line="access"):
        if one["layers"] == layers and one["indicator"] != SETUPS:
            heirs[one["indicator"]] = int(one["full_points"])
    heir = next(iter(heirs))
    change(pool, {"indicator": SETUPS, "action": "remove"}, put(heir, full_points=str(heirs[heir] + points)))
    told = pool.call("compare_libraries", cycle=CYCLE)["claims"]
    assert [(one["effect"], one["claims"]) for one in told] == [("removed", 1)]
    pool.clear_outbox()
    pool.call("publish_library", cycle=CYCLE)
    (state,) = pool.states("ClaimChanged")
    assert (state["indicator"], state["subject"], state["status"]) == (SETUPS, person, "released")
    assert pool.pages("list_claims", cycle=CYCLE, status="claimed") == []


def test_a_library_for_a_day_to_come_waits_for_it(opened: World, monkeypatch):
    set_today(monkeypatch, date(2026, 5, 1))
    reweigh(opened, SETUPS, OTHER)
    before = points_of(opened, SETUPS)
    waiting = opened.call("publish_library", cycle=CYCLE, effective="2026-07-01", note="半年调整")
    assert waiting["library_revision"] == 1
    revisions = opened.call("list_library_revisions", cycle=CYCLE)["items"]
    assert [(one["status"], one["effective"]) for one in revisions] == [
        ("published", "2026-01-01"),
        ("scheduled", "2026-07-01"),
    ]
    with pytest.raises(Conflict, match="library.scheduled"):
        change(opened, put("03-02-01", name="别名"))
    opened.service.bring_into_force()
    assert points_of(opened, SETUPS) == before
    set_today(monkeypatch, date(2026, 7, 1))
    opened.clear_outbox()
    opened.service.bring_into_force()
    assert points_of(opened, SETUPS) == before + 1
    assert opened.states("CycleChanged")[-1]["library_revision"] == 2
    opened.service.bring_into_force()
    assert len(opened.states("CycleChanged")) == 1


def test_a_scheduled_library_can_be_withdrawn_and_is_a_draft_again(opened: World, monkeypatch):
    set_today(monkeypatch, date(2026, 5, 1))
    reweigh(opened, SETUPS, OTHER)
    opened.call("publish_library", cycle=CYCLE, effective="2026-07-01")
    opened.call("withdraw_library", cycle=CYCLE)
    with pytest.raises(Conflict, match="library.none_scheduled"):
        opened.call("withdraw_library", cycle=CYCLE)
    reweigh(opened, OTHER, SETUPS)
    assert opened.call("publish_library", cycle=CYCLE)["library_revision"] == 2


@pytest.mark.parametrize("effective", ["2025-12-31", "2027-01-01"])
def test_a_library_holds_within_its_year(opened: World, effective):
    reweigh(opened, SETUPS, OTHER)
    with pytest.raises(Invalid, match="effective.outside"):
        opened.call("publish_library", cycle=CYCLE, effective=effective)


def test_only_the_office_works_on_the_draft(opened: World):
    panel = staff_actor("P0500", Grant("panel", "bureau"))
    with pytest.raises(Forbidden):
        change(opened, put("03-02-01", name="别名"), actor=panel)
    assert opened.call("check_draft", panel, cycle=CYCLE)["errors"] == []


def test_allocations_outlive_a_revision(pool: World):
    reweigh(pool, SETUPS, OTHER)
    pool.call("publish_library", cycle=CYCLE)
    (kept,) = pool.pages("list_allocations", cycle=CYCLE)
    assert (kept["indicator"], kept["unit"], kept["quantity"]) == (SETUPS, "D01", ALLOCATION["quantity"])
