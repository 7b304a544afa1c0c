"""What must not be found out: votes of a few, and people's scores out of their unit's."""

from typing import Any

import pytest

from rules import GRADES
from services.scoring.domain.ballots import FEW, veiled
from services.scoring.domain.narrative import narrated
from services.scoring.domain.permissions import Sight, guarded
from services.scoring.domain.publication import OWN, RANKING, SCORES
from tests.properties.scoring.test_narrative import NAMES, items_of, trees

DIVISION = {
    "subject": "D07",
    "layer": "division",
    "unit": "D07",
    "line": "access",
    "rank": 2,
    "commended": False,
    "final": "80.00",
    "layer_score": "81.00",
    "components": {"members_mean": "79.34"},
    "vetoes": [],
    "categories": {"common": "90.0000"},
    "line_scores": {},
    "nominated": True,
    "struck": False,
    "tied": False,
}


def _with_votes(votes: dict[str, str]) -> dict[str, Any]:
    """A tree whose evaluations all got these votes, as explanations are put together: facts, sums, formula."""
    tree = next(one for seed in range(40) for one in trees(seed) if any(map(_evaluated, items_of(one))))
    for item in filter(_evaluated, items_of(tree)):
        item.update(counts=votes, formula="1 × 0.6")
        for fact in item["facts"]:
            fact["counts"] = votes
    return tree


def _evaluated(item: dict[str, Any]) -> bool:
    return item["tool"] == "subjective" and bool(item["facts"]) and item["points"] is not None


@pytest.mark.parametrize(
    ("votes", "told"), [({"一般": "1"}, False), ({"好": "1", "一般": "1"}, False), ({"好": "3"}, True)]
)
def test_votes_are_told_from_three_ballots_on(votes: dict[str, str], *, told: bool) -> None:
    assert set(votes) <= set(GRADES)
    tree = narrated(veiled(_with_votes(votes)), NAMES)
    for item in filter(_evaluated, items_of(tree)):
        assert (item["counts"] == votes) is told
        assert all((fact["counts"] == votes) is told for fact in item["facts"])
        assert (FEW in item["formula"]) is not told
        assert f"得 {item['points']} 分" in item["sentence"]


def test_weighted_votes_are_told_by_how_many_cast_them_and_not_by_their_scale() -> None:
    tree = _with_votes({"好": "4", "一般": "6"})
    for item in filter(_evaluated, items_of(tree)):
        for fact in item["facts"]:
            fact["ballots"] = {"votes": 2, "weighted": True, "left_out": []}
    facts = [fact for item in filter(_evaluated, items_of(veiled(tree))) for fact in item["facts"]]
    assert facts
    assert all(fact["counts"] == {} and "ballots" not in fact for fact in facts)


def test_other_items_are_told_as_they_are() -> None:
    for tree in trees(3):
        kept = [item for item in items_of(tree) if item["tool"] != "subjective"]
        assert [item for item in items_of(veiled(tree)) if item["tool"] != "subjective"] == kept


@pytest.mark.parametrize(("persons", "members", "shown"), [(RANKING, 1, False), (OWN, 2, False), (RANKING, 3, True), (SCORES, 1, True), (OWN, 0, True)])  # fmt: skip
def test_a_small_units_scores_are_public_only_where_its_peoples_are(persons: str, members: int, *, shown: bool) -> None:
    colleague = Sight(everybody=False, person="P1", visible={"person": persons, "division": SCORES})
    division = DIVISION if members else {**DIVISION, "components": {**DIVISION["components"], "members_mean": None}}
    (row,) = guarded([division], colleague, {"D07": members})
    assert (row["final"], row["components"]) == (("80.00", division["components"]) if shown else (None, {}))


def test_a_unit_that_everybody_has_left_keeps_what_those_few_reached() -> None:
    colleague = Sight(everybody=False, person="P1", visible={"person": OWN, "division": SCORES})
    (row,) = guarded([DIVISION], colleague, {})
    assert row["final"] is None
    assert row["rank"] == 2


@pytest.mark.parametrize("sight", [Sight(everybody=True), Sight(everybody=False, units=frozenset({"D07"}))])
def test_its_head_and_those_who_watch_over_all_see_it(sight: Sight) -> None:
    assert guarded([DIVISION], sight, {"D07": 1}) == [DIVISION]
