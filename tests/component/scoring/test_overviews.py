"""The standing as a whole: the same points as each explanation tells, to the same readers."""

from typing import Any

import pytest

from services.scoring.usecases import overviews, standings
from shared.actor import Actor
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import states_of


@pytest.fixture
def filled(scoring: Scoring, world: dict[str, Any]) -> Scoring:
    scoring.take(states_of(world))
    return scoring


def _matrix(scoring: Scoring, who: Actor, layer: str, unit: str | None = None) -> dict[str, Any]:
    return scoring.do(overviews.get_matrix, who, {"cycle": "2026", "layer": layer, "unit": unit})


def test_a_cell_says_what_the_explanation_says(filled: Scoring) -> None:
    office = actor("office")
    matrix = _matrix(filled, office, "station")
    assert matrix["subjects"]
    for row in matrix["subjects"]:
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
    assert {code for row in matrix["subjects"] for code in row["cells"]} <= {
        one["indicator"] for one in matrix["indicators"]
    }


def test_a_head_sees_the_unit_and_its_people_only(filled: Scoring) -> None:
    head = actor("unit_head", unit="S01")
    assert [one["subject"] for one in _matrix(filled, head, "station")["subjects"]] == ["S01"]
    assert _matrix(filled, head, "person", "S01")["subjects"]
    assert _matrix(filled, head, "person", "D01")["subjects"] == []


def test_people_are_asked_for_by_their_unit(filled: Scoring) -> None:
    with pytest.raises(Exception, match=r"unit\.missing"):
        _matrix(filled, actor("office"), "person")


def test_the_series_counts_every_item_period_once(filled: Scoring) -> None:
    query = {"cycle": "2026", "layer": "station", "unit": None}
    series = filled.do(overviews.get_series, actor("office"), query)
    matrix = _matrix(filled, actor("office"), "station")
    due = sum(cell["due"] for row in matrix["subjects"] for cell in row["cells"].values())
    counted = sum(one["done"] + one["not_declared"] for one in series["periods"])
    assert series["subjects"] == len(matrix["subjects"])
    assert counted > 0
    assert due <= counted + sum(one["not_applicable"] for one in series["periods"])
