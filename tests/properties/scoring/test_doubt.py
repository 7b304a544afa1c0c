"""How sure a seat is through all stages, what votes leave open, and small units among large ones."""

from random import Random
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

from services.scoring.analysis.doubt import Doubted, seat_probabilities
from services.scoring.analysis.leagues import standings
from services.scoring.analysis.votes import vote_errors
from services.scoring.domain.frame import Frame
from services.scoring.usecases.scoring import hundredths, score_bureau
from tests.oracle.worlds import small_bureau
from tests.unit.scoring.inputs import dossier, frame_of

SURE = 1e9  # weights that do not move
VOTED = "11-04-06"
VALUES = {"优": "1", "好": "0.85", "一般": "0.7", "可以": "0.6", "差": "0.4"}
FULL = {"common": 1, "professional": 0, "contribution": 0, "additional": 0}


def item(
    code: str, layers: list[str], rule: str = "checklist", params: Any = None, tool: str = "review"
) -> dict[str, Any]:
    about = {"indicator": code, "name": code, "category": "common", "line": "all", "full_points": "100"}
    params = params or {"items": ["a"]}
    return {**about, "tool": tool, "layers": layers, "rule": rule, "rule_params": params, "frequency": "yearly"}


def two(quota: int = 50, least: int = 0) -> Frame:
    """Two stations with one person each; a station is judged by its people alone, a person by his own work."""
    composite = {
        "person": {"personal": "1", "unit": "0", "bureau": "0"},
        "division": {"layer_score": "1", "members_mean": "0", "stations_line_mean": "0"},
        "station": {"layer_score": "0", "members_mean": "1"},
        "station_lines": {"access": "1"},
        "bureau": {"divisions_mean": "0", "stations_mean": "1", "persons_mean": "0"},
    }
    weights = {
        layer: {"access": {name: str(one) for name, one in FULL.items()}} for layer in ("division", "station", "person")
    }
    cycle = {
        "cycle": "2026",
        "starts": "2026-01-01",
        "ends": "2026-12-31",
        "periods": [],
        "weights": weights,
        "composite": composite,
        "rounding": "half_up",
        "quota_percent": quota,
        "tie_chain": ["common"],
        "library_revision": 1,
        "model_revision": 1,
        "commend_from": least,
    }
    stays = [[{"unit": f"S{n}", "line": "access", "starts": "2026-01-01", "ends": "2026-12-31"}] for n in (1, 2)]
    voted = item(VOTED, ["person"], "grade", {"values": VALUES}, "subjective")
    return Frame.from_json(
        {
            "cycle": cycle,
            "units": [{"unit": f"S{n}", "kind": "station", "line": "all"} for n in (1, 2)],
            "persons": [{"person": f"P{n}", "stays": own} for n, own in enumerate(stays, start=1)],
            "indicators": [item("01-01-01", ["station"]), voted],
        }
    )


def year(frame: Frame, people: tuple[float, float], error: float = 0.0, concentration: float = SURE) -> Doubted:
    points = {"S1": [8000], "S2": [8000], "P1": [round(100 * people[0])], "P2": [round(100 * people[1])]}
    return Doubted(frame, points, {"P1": {VOTED: error}} if error else {}, concentration)


def chances(one: Doubted, layer: str, draws: int = 200) -> dict[str, float]:
    return seat_probabilities(one, layer, draws=draws, seed=1)


def test_two_equals_for_one_place_share_it() -> None:
    assert chances(year(two(), (80, 80)), "person") == {"P1": 0.5, "P2": 0.5}
    assert chances(year(two(), (80, 80.01)), "person") == {"P1": 0.0, "P2": 1.0}


@pytest.mark.parametrize("error", [0.0, 10.0])
def test_nobody_has_a_place_below_the_floor(error: float) -> None:
    found = chances(year(two(quota=100, least=70), (60, 90), error), "person", 2000)
    expected = 1 - NormalDist(60, error).cdf(70 - 0.005) if error else 0
    assert found == pytest.approx({"P1": expected, "P2": 1.0}, abs=0.03)


@pytest.mark.parametrize(("layer", "codes"), [("person", ("P1", "P2")), ("station", ("S1", "S2"))])
def test_what_votes_leave_open_is_carried_through_the_stages(layer: str, codes: tuple[str, str]) -> None:
    """P1 is 2 points behind with an error of 4: ahead in Φ(−0.5) = 0.309 of the draws, and so is P1's station, which is judged by P1."""
    found = chances(year(two(), (80, 82), 4.0), layer, 2000)
    assert found[codes[0]] == pytest.approx(NormalDist().cdf(-0.5), abs=0.03)
    assert sum(found.values()) == pytest.approx(1)


@pytest.mark.parametrize("seed", range(6))
def test_without_doubt_the_seats_are_the_lists_and_with_it_each_layer_gives_its_places_once(seed: int) -> None:
    world = small_bureau(Random(seed))
    world["cycle"]["quota_percent"] = 50
    frame = frame_of(world)
    raw = [dossier(world, code) for code in frame.by_code]
    scored = score_bureau(frame, raw)
    points = {
        one.code: [hundredths(scored.items[one.code][item.indicator]) for item in frame.items_of(one)]
        for one in frame.subjects
    }
    errors = vote_errors(frame, raw)
    rows = {row["subject"]: row for row in scored.scoring.rows}
    for layer, quota in scored.scoring.bureau["quota"].items():
        sure = chances(Doubted(frame, points, {}, SURE), layer, 3)
        for code, chance in sure.items():
            if not rows[code]["tied"]:
                assert chance == float(rows[code]["nominated"]), (layer, code)
        doubted = chances(Doubted(frame, points, errors, 30), layer, 60)
        for found in (sure, doubted):
            assert sum(found.values()) == pytest.approx(min(quota["places"], quota["ranked"]))


def test_the_error_of_votes_is_that_of_their_mean() -> None:
    frame = two()
    fact = {"kind": "evaluation", "indicator": VOTED, "status": "closed", "not_applicable": False}
    votes = [
        {**fact, "counts": {"优": "4", "差": "4"}},
        {**fact, "counts": {"好": "5"}},
        {**fact, "counts": {"优": "1", "差": "1"}},
    ]

    def error(*facts: dict[str, Any]) -> float:
        return vote_errors(frame, [{"subject": "P1", "facts": list(facts)}])["P1"][VOTED]

    assert error(votes[0]) == pytest.approx(100 * np.std([1.0] * 4 + [0.4] * 4, ddof=1) / 8**0.5)
    assert error(votes[1]) == pytest.approx(0, abs=1e-6)
    assert error(*votes[:2]) == pytest.approx(error(votes[0]) / 2)  # the mean of two campaigns
    assert error(votes[2]) == 0  # of two ballots nothing is told


def test_a_small_unit_is_drawn_towards_the_whole_by_how_much_of_its_spread_is_chance() -> None:
    """σ² = 100 and τ² = 25: four people stand half for themselves, a hundred nearly whole."""
    dice = np.random.default_rng(7)
    sizes = [4] * 150 + [100] * 50
    true = dice.normal(80, 5, len(sizes))
    scores = {
        f"U{n:03}": list(dice.normal(mean, 10, size)) for n, (mean, size) in enumerate(zip(true, sizes, strict=True))
    }
    found = [standings(scores)[code] for code in sorted(scores)]
    assert found[0].own == pytest.approx(25 / (25 + 100 / 4), abs=0.1)
    assert found[-1].own == pytest.approx(25 / (25 + 100 / 100), abs=0.03)
    plain = np.mean([(one.mean - mean) ** 2 for one, mean in zip(found, true, strict=True)])
    shrunken = np.mean([(one.shrunken - mean) ** 2 for one, mean in zip(found, true, strict=True)])
    assert shrunken < 0.7 * plain


def test_where_nothing_tells_chance_from_difference_means_stand_and_where_all_is_chance_nothing_of_them_does() -> None:
    alone = standings({"a": [70.0], "b": [90.0]})
    assert [one.shrunken for one in alone.values()] == [70, 90]
    same = standings({"a": [70.0, 90.0], "b": [75.0, 85.0, 80.0]})
    assert [(one.mean, one.shrunken, one.own) for one in same.values()] == [(80, 80, 0), (80, 80, 0)]
