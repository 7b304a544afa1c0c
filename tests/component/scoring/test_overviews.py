"""The standing as a whole: the same points as each explanation tells, to the same readers."""

from typing import Any

import pytest

from services.scoring.storage import facts
from services.scoring.usecases import incremental, overviews, standings
from shared.actor import Actor
from shared.events import UnitChanged
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import OWN, declaration_state, states_of


@pytest.fixture
def filled(scoring: Scoring, world: dict[str, Any]) -> Scoring:
    scoring.take(states_of(world))
    return scoring


def _overview(scoring: Scoring, who: Actor, layer: str, unit: str | None = None) -> dict[str, Any]:
    return scoring.do(overviews.get_overview, who, {"cycle": "2026", "layer": layer, "unit": unit})


def test_a_cell_says_what_the_explanation_says(filled: Scoring) -> None:
    office = actor("office")
    overview = _overview(filled, office, "station")
    assert overview["subjects"]
    for row in overview["subjects"]:
        tree = filled.do(
            standings.explain_standing, office, {"cycle": "2026", "subject": row["subject"], "evidence": False}
        )
        told = {
            item["indicator"]: item["points"]
            for line in tree["lines"]
            for category in line["categories"]
            for item in category["items"]
        }
        assert {code: told[code] for code in row["cells"]} == {code: c["points"] for code, c in row["cells"].items()}
        assert row["score"] == tree["layer_score"]
    assert {code for row in overview["subjects"] for code in row["cells"]} <= {
        one["indicator"] for one in overview["indicators"]
    }


def test_a_head_sees_the_unit_and_its_people_only(filled: Scoring) -> None:
    head = actor("unit_head", unit="S01")
    assert [one["subject"] for one in _overview(filled, head, "station")["subjects"]] == ["S01"]
    assert _overview(filled, head, "person", "S01")["subjects"]
    assert _overview(filled, head, "person", "D01")["subjects"] == []


def test_people_are_asked_for_by_their_unit(filled: Scoring) -> None:
    with pytest.raises(Exception, match=r"unit\.missing"):
        _overview(filled, actor("office"), "person")


def test_the_periods_count_every_item_period_once(filled: Scoring) -> None:
    overview = _overview(filled, actor("office"), "station")
    due = sum(cell["due"] for row in overview["subjects"] for cell in row["cells"].values())
    counted = sum(one["done"] + one["not_declared"] for one in overview["periods"])
    assert counted > 0
    assert due <= counted + sum(one["not_applicable"] for one in overview["periods"])


def test_the_final_and_the_rank_are_those_of_the_standing(filled: Scoring) -> None:
    listed = {one["subject"]: one for one in filled.standing(actor("office"), "station")["items"]}
    told = {one["subject"]: one for one in _overview(filled, actor("office"), "station")["subjects"]}
    assert {code: (row["final"], row["rank"]) for code, row in listed.items()} == {
        code: (row["final"], row["rank"]) for code, row in told.items() if row["rank"]
    }


def test_what_is_held_follows_the_facts_and_is_not_read_again(
    filled: Scoring, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A judged declaration put back on its assessor's desk is told as waiting; who asks again reads no dossier."""
    office = actor("office")
    before = _overview(filled, office, "station")
    stations = {one["subject"] for one in before["subjects"]}
    state = next(one for one in world["declarations"] if one["status"] == "assessed" and one["subject"] in stations)
    filled.take([declaration_state({**state, "status": "verified"}, revision=99)])
    after = _overview(filled, office, "station")
    waiting = [
        sum(one["waiting"] for one in told["periods"] if one["period"] == state["period"]) for told in (before, after)
    ]
    assert waiting[1] == waiting[0] + 1

    def fresh() -> dict[str, Any]:
        filled.forget()
        return _overview(filled, office, "station")

    assert fresh() == after
    read: list[str] = []

    def reading(session: Any, bureau: str, cycle: str, subjects: Any) -> Any:
        read.extend(subjects)
        return facts.read_dossiers(session, bureau, cycle, subjects)

    monkeypatch.setattr(incremental, "read_dossiers", reading)
    assert _overview(filled, office, "station") == after
    assert read == []


def test_an_organisation_that_changes_while_the_overview_is_read_is_told_as_of_one_moment(
    filled: Scoring, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A station that is closed between two readings is told of wholly or not at all."""
    office = actor("office")
    told = {one["subject"] for one in _overview(filled, office, "station")["subjects"]}
    gone = next(one for one in world["units"] if one["unit"] in told)
    closed = UnitChanged(**{**OWN, "name": "撤销", "parent": None, **gone, "active": False, "revision": 99})
    followed = incremental._followed  # the moment at which another process commits

    def closing(*arguments: Any) -> Any:
        found = followed(*arguments)
        filled.take([closed])
        return found

    monkeypatch.setattr(incremental, "_followed", closing)
    assert {one["subject"] for one in _overview(filled, office, "station")["subjects"]} == told
    monkeypatch.undo()
    assert {one["subject"] for one in _overview(filled, office, "station")["subjects"]} == told - {gone["unit"]}


def test_score_and_final_are_those_of_the_explanation_with_a_rank_or_without(filled: Scoring) -> None:
    for layer, unit in (("station", None), ("division", None), ("person", "S01")):
        for row in _overview(filled, actor("office"), layer, unit)["subjects"]:
            tree = filled.do(
                standings.explain_standing,
                actor("office"),
                {"cycle": "2026", "subject": row["subject"], "evidence": False},
            )
            assert (row["score"], row["final"]) == (tree["layer_score"], tree["final"])
