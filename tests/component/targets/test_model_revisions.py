"""The model of a year by revision, from a day on; a year begun from the one before; what each status permits."""

from datetime import date

import pytest

from services.targets.usecases import coming_into_force, cycles, models, publishing, scheduling
from shared.errors import Conflict, Forbidden, Invalid, NotFound
from tests.component.targets.world import CYCLE, World, staff_actor

NEXT = "2027"


def set_today(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    for module in (models, scheduling, publishing, coming_into_force, cycles):
        if hasattr(module, "today"):
            monkeypatch.setattr(module, "today", lambda: day)


def weights(world: World) -> dict:
    return world.call("get_cycle", cycle=CYCLE)["weights"]


def with_access(world: World, common: str, professional: str) -> dict:
    changed = weights(world)
    changed["division"]["access"] |= {"common": common, "professional": professional}
    return changed


def test_a_revision_of_the_model_is_a_document_that_says_what_it_changed(opened: World, monkeypatch):
    set_today(monkeypatch, date(2026, 5, 1))
    revised = opened.call("revise_model", cycle=CYCLE, weights=with_access(opened, "0.26", "0.5"), note="五月调整")
    assert (revised["model_revision"], revised["effective"], revised["status"]) == (2, "2026-05-01", "in_force")
    told = opened.call("get_model", cycle=CYCLE, model_revision=2)
    assert told["changes"] == [
        {"path": "weights.division.access.common", "before": "0.25", "after": "0.26"},
        {"path": "weights.division.access.professional", "before": "0.51", "after": "0.5"},
    ]
    assert opened.call("get_model", cycle=CYCLE, on="2026-04-30")["model_revision"] == 1
    assert opened.call("get_model", cycle=CYCLE, on="2026-05-01")["model_revision"] == 2
    assert opened.states("CycleChanged")[-1]["weights"]["division"]["access"]["common"] == "0.26"
    assert [one["model_revision"] for one in opened.call("list_models", cycle=CYCLE)["items"]] == [1, 2]


def test_every_part_of_the_model_can_be_revised_and_the_rest_stays(opened: World):
    before = opened.call("get_model", cycle=CYCLE)
    grades = {"优": "1", "好": "0.9", "一般": "0.75", "可以": "0.6", "差": "0.3"}
    composite = {**before["composite"], "person": {"personal": "0.6", "unit": "0.3", "bureau": "0.1"}}
    after = opened.call(
        "revise_model",
        cycle=CYCLE,
        grade_values=grades,
        composite=composite,
        rounding="half_even",
        tie_chain=["common"],
    )
    assert (after["grade_values"], after["rounding"], after["tie_chain"]) == (grades, "half_even", ["common"])
    assert (after["composite"]["person"]["unit"], after["weights"]) == ("0.3", before["weights"])
    warned = {one["code"] for one in opened.call("check_draft", cycle=CYCLE)["warnings"]}
    assert "grade.values" in warned


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"composite": {"person": {"personal": "0.6"}}}, "weight.sum", "composite.person"),
        ({"weights": {"division": {}}}, "model.missing", "weights.division.access"),
        ({"grade_values": {"优": "1.0"}}, "grades.invalid", "grade_values"),
        ({"composite": {"person": {"luck": "1"}}}, "composite.unknown", "composite.person.luck"),
    ],
)
def test_a_model_that_does_not_add_up_is_refused_with_its_place(opened: World, change, code, field):
    with pytest.raises(Invalid, match="model.invalid") as refused:
        opened.call("revise_model", cycle=CYCLE, **change)
    assert (code, field) in {(one["code"], one["field"]) for one in refused.value.errors}


@pytest.mark.parametrize(
    ("effective", "code"), [("2025-12-31", "effective.outside"), ("2027-01-01", "effective.outside")]
)
def test_a_day_outside_the_year_is_refused(opened: World, effective, code):
    with pytest.raises(Invalid, match=code):
        opened.call("revise_model", cycle=CYCLE, quota_percent=10, effective=effective)


def test_a_model_for_a_day_to_come_waits_for_it(opened: World, monkeypatch):
    set_today(monkeypatch, date(2026, 5, 1))
    waiting = opened.call("revise_model", cycle=CYCLE, quota_percent=10, effective="2026-07-01")
    assert waiting["status"] == "scheduled"
    assert opened.call("get_cycle", cycle=CYCLE)["quota_percent"] == 20
    with pytest.raises(Conflict, match="model.scheduled"):
        opened.call("revise_model", cycle=CYCLE, quota_percent=12)
    with pytest.raises(Conflict, match="cycle.scheduled"):
        opened.call("move_cycle", cycle=CYCLE, status="closing")
    opened.service.bring_into_force()
    assert opened.call("get_cycle", cycle=CYCLE)["quota_percent"] == 20
    set_today(monkeypatch, date(2026, 7, 1))
    opened.service.bring_into_force()
    cycle = opened.call("get_cycle", cycle=CYCLE)
    assert (cycle["quota_percent"], cycle["model_revision"]) == (10, 2)
    assert opened.call("get_model", cycle=CYCLE, on="2026-06-30")["quota_percent"] == 20


def test_a_scheduled_model_can_be_withdrawn(opened: World, monkeypatch):
    set_today(monkeypatch, date(2026, 5, 1))
    opened.call("revise_model", cycle=CYCLE, quota_percent=10, effective="2026-07-01")
    assert opened.call("withdraw_model", cycle=CYCLE)["status"] == "withdrawn"
    with pytest.raises(Conflict, match="model.none_scheduled"):
        opened.call("withdraw_model", cycle=CYCLE)
    with pytest.raises(NotFound):
        opened.call("get_model", cycle=CYCLE, model_revision=2)


def test_a_draft_follows_the_model_unless_it_brings_its_own(opened: World):
    opened.call("change_draft", cycle=CYCLE, changes=[{"indicator": "03-02-01", "cells": {"name": "政务信息被采用"}}])
    opened.call("revise_model", cycle=CYCLE, weights=with_access(opened, "0.26", "0.5"))
    cycle = opened.call("publish_library", cycle=CYCLE)
    assert (cycle["weights"]["division"]["access"]["common"], cycle["model_revision"]) == ("0.26", 2)


def test_only_the_office_revises(opened: World):
    with pytest.raises(Forbidden):
        opened.call("revise_model", staff_actor("P9001"), cycle=CYCLE, quota_percent=10)


def test_each_status_says_what_it_permits(opened: World):
    permits = {"open": opened.call("get_cycle", cycle=CYCLE)["permits"]}
    for status in ("closing", "closed", "published", "archived"):
        permits[status] = opened.call("move_cycle", cycle=CYCLE, status=status)["permits"]
    assert {status: "claim" in told for status, told in permits.items()} == {
        "open": True,
        "closing": False,
        "closed": False,
        "published": False,
        "archived": False,
    }
    assert [status for status, told in permits.items() if "declare" in told] == ["open", "closing"]
    assert [status for status, told in permits.items() if "change_library" in told] == ["open"]
    assert permits["archived"] == []


def test_a_year_begins_as_a_copy_of_the_one_before(opened: World):
    opened.call(
        "revise_model",
        cycle=CYCLE,
        quota_percent=15,
        grade_values={"优": "1.0", "好": "0.9", "一般": "0.7", "可以": "0.6", "差": "0.4"},
    )
    begun = opened.call("create_cycle", cycle=NEXT, copy_from=CYCLE)
    assert (begun["quota_percent"], begun["library_revision"], begun["status"]) == (15, 0, "draft")
    draft = {one["indicator"]: one for one in opened.pages("list_indicators", cycle=NEXT, library_revision=1)}
    assert len(draft) == 250
    assert list(draft["03-02-01"]["history"]) == ["2024", "2025", "2026"]
    assert draft["03-02-01"]["history"]["2026"] is None
    report = opened.call("check_draft", cycle=NEXT)
    assert report["errors"] == []
    assert {one["code"] for one in report["warnings"]} <= {"cap.too_small", "grade.values"}
    published = opened.call("publish_library", cycle=NEXT)
    assert (published["library_revision"], published["weights"]) == (1, weights(opened))
    assert opened.call("get_model", cycle=NEXT)["grade_values"]["好"] == "0.9"
    with pytest.raises(NotFound):
        opened.call("create_cycle", cycle="2028", copy_from="2031")


def test_which_evaluation_counts_is_told_with_the_models_revision_and_counted(opened: World):
    assert opened.call("get_model", cycle=CYCLE)["evaluations"] == "raw"
    assert opened.call("tally_states", cycle=CYCLE)["model"]["states"] == "0"
    revised = opened.call("revise_model", cycle=CYCLE, evaluations="adjusted")
    assert opened.call("get_cycle", cycle=CYCLE)["evaluations"] == "adjusted"
    told = opened.states("ModelChanged")[-1]
    assert (told["revision"], told["evaluations"]) == (revised["model_revision"], "adjusted")
    assert opened.call("tally_states", cycle=CYCLE)["model"]["states"] == "1"
    back = opened.call("revise_model", cycle=CYCLE, evaluations="raw")
    assert [one["path"] for one in opened.call("get_model", cycle=CYCLE)["changes"]] == ["evaluations"]
    assert opened.states("ModelChanged")[-1]["revision"] == back["model_revision"]
    with pytest.raises(Invalid):
        opened.call("revise_model", cycle=CYCLE, evaluations="median")
