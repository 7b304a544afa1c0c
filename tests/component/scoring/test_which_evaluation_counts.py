"""The model says whether evaluations count as cast or adjusted: in runs, live, and in the explanation."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from rules import rounded
from services.scoring.usecases import runs
from shared.events import ModelChanged
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import BUREAU, evaluation_state, states_of

OFFICE = actor("office")
ADJUSTED = Decimal("0.8123")


def model(evaluations: str, revision: int) -> ModelChanged:
    return ModelChanged(bureau=BUREAU, cycle="2026", revision=revision, evaluations=evaluations, by="tests")


@pytest.fixture
def evaluation(scoring: Scoring, world: dict[str, Any]) -> dict[str, Any]:
    """One closed evaluation that counts, to which an adjusted coefficient has come."""
    scoring.take(states_of(world))
    ranked = {row["subject"] for row in scoring.standing(OFFICE)["items"]}
    one = next(
        one
        for one in world["evaluations"]
        if one["subject"] in ranked and one["status"] == "closed" and any(map(Decimal, one["counts"].values()))
    )
    world["evaluations"] = [one]
    scoring.take([replace(evaluation_state(one), revision=9, adjusted=ADJUSTED)])
    return one


def explained(scoring: Scoring, one: dict[str, Any], run: str) -> dict[str, Any]:
    tree = scoring.do(runs.explain_score, OFFICE, {"run": run, "subject": one["subject"]})
    items = [item for line in tree["lines"] for part in line["categories"] for item in part["items"]]
    found: dict[str, Any] = next(item for item in items if item["indicator"] == one["indicator"])
    return found


def points_of(item: dict[str, Any], one: dict[str, Any]) -> Decimal:
    return Decimal(item["period_points"][one["code"] + "/" + one["subject"]])


def test_by_default_they_count_as_cast_and_nothing_of_the_inputs_changes(
    scoring: Scoring, evaluation: dict[str, Any]
) -> None:
    run = scoring.freeze()["run"]
    counts = explained(scoring, evaluation, run)["facts"][0]["counts"]
    assert "adjusted" not in counts


def test_where_the_model_says_so_the_adjusted_counts_exactly_and_the_votes_stand_beside(
    scoring: Scoring, evaluation: dict[str, Any]
) -> None:
    scoring.take([model("adjusted", 2)])
    run = scoring.freeze()["run"]
    item = explained(scoring, evaluation, run)
    assert points_of(item, evaluation) == rounded(Fraction(Decimal(item["full_points"])) * Fraction(ADJUSTED), 2)
    fact = next(one for one in item["facts"] if one["fact"].startswith(evaluation["code"] + "/"))
    assert fact["counts"] == {**evaluation["counts"], "adjusted": "0.8123"}
    assert scoring.do(runs.recompute_run, OFFICE, {"run": run})["same"] is True


def test_a_run_and_the_live_standing_agree_whatever_the_model_says_meanwhile(
    scoring: Scoring, evaluation: dict[str, Any]
) -> None:
    """The standing is asked for before every change: what it holds in memory has to follow."""
    seen = []
    for evaluations, revision in (("raw", 1), ("adjusted", 2), ("raw", 3), ("adjusted", 2)):
        scoring.standing(OFFICE)
        scoring.take([model(evaluations, revision)])
        live = {row["subject"]: row["final"] for row in scoring.standing(OFFICE)["items"]}
        run = scoring.freeze()["run"]
        page = scoring.do(runs.list_ranking, OFFICE, {"run": run, "layer": "person", "after": None, "limit": 500})
        assert live == {row["subject"]: row["final"] for row in page["items"]}
        seen.append((live[evaluation["subject"]], scoring.do(runs.read_run, OFFICE, {"run": run})["input_hash"]))
    assert seen[0] == seen[2] == seen[3]  # an older model that comes late changes nothing
    assert seen[1][1] != seen[0][1]
