"""SMAA against what can be computed by hand, and T-scores with their shrinkage."""

import math
from dataclasses import replace

import numpy as np
import pytest

from services.scoring.analysis.seats import Field, Group, seat_shares, verdict
from services.scoring.analysis.tscores import scales
from services.scoring.usecases.certainty import margins_of

NAN = float("nan")


def two_criteria(values: list[tuple[float, float]], places: int, components: int = 1) -> Field:
    """Alternatives judged by two criteria whose weights are all that is uncertain."""
    group = Group(range(len(values)), {"a": 0.5, "b": 0.5}, np.array(values))
    return Field([group], {"own": 1.0}, "own", np.full((len(values), components), NAN), places)


def test_with_uniform_weights_the_shares_are_the_lengths_of_the_weight_intervals() -> None:
    """w uniform on [0, 1]: (1, 0) leads for w > 0.6, (0, 1) for w < 0.4, (0.6, 0.6) in between."""
    field = two_criteria([(1, 0), (0, 1), (0.6, 0.6)], places=1)
    shares = seat_shares(field, draws=100_000, concentration=2, seed=1)  # Dirichlet(1, 1) is the uniform one
    assert shares == pytest.approx([0.4, 0.4, 0.2], abs=0.006)


def test_three_criteria_with_symmetric_alternatives_share_the_simplex() -> None:
    """The unit vectors lead on a third of the weight simplex each; a centre of 1/3 + d leads where no weight exceeds it: for
    d = 1/6 that is the medial triangle, a quarter of the area."""
    group = Group(range(3), {"a": 1 / 3, "b": 1 / 3, "c": 1 / 3}, np.eye(3))
    three = Field([group], {"own": 1.0}, "own", np.full((3, 1), NAN), 1)
    assert seat_shares(three, draws=60_000, concentration=3, seed=2) == pytest.approx([1 / 3] * 3, abs=0.008)
    centre = np.vstack([np.eye(3), np.full(3, 0.5)])
    four = Field([Group(range(4), group.weights, centre)], {"own": 1.0}, "own", np.full((4, 1), NAN), 1)
    assert seat_shares(four, draws=60_000, concentration=3, seed=3)[3] == pytest.approx(0.25, abs=0.008)


def test_who_dominates_is_sure_of_a_seat_and_who_is_dominated_of_none() -> None:
    shares = seat_shares(two_criteria([(90, 90), (80, 80), (50, 50)], 2), draws=500, concentration=10, seed=4)
    assert list(shares) == [1.0, 1.0, 0.0]
    assert [verdict(shares[0], nominated=True), verdict(shares[2], nominated=False)] == ["robust", "outside"]
    assert verdict(1.0, nominated=True, struck=True) == "struck"
    assert verdict(0.9, nominated=True) == verdict(0.2, nominated=False) == "contestable"


def test_the_closer_the_weights_stay_the_surer_the_list() -> None:
    field = two_criteria([(90, 80), (80, 89)], 1)
    sure = [seat_shares(field, draws=20_000, concentration=c, seed=5)[0] for c in (10, 1000)]
    assert sure[0] < sure[1]


def test_a_missing_part_leaves_its_weight_to_the_others_and_no_score_is_no_seat() -> None:
    shares = seat_shares(two_criteria([(NAN, 70), (60, 60), (NAN, NAN)], 1), draws=500, concentration=10, seed=6)
    assert list(shares) == [1.0, 0.0, 0.0]


def test_two_equals_share_one_place() -> None:
    shares = seat_shares(two_criteria([(90, 90), (80, 80), (80, 80), (70, 70)], 2), draws=500, concentration=10, seed=4)
    assert list(shares) == [1.0, 0.5, 0.5, 0.0]


def test_nobody_below_the_floor_has_a_place_in_any_draw() -> None:
    """The published score decides: what is rounded up to the floor reaches it."""
    field = replace(two_criteria([(90, 90), (69.995, 69.995), (69.99, 69.99), (5, 5)], 4), least=70)
    assert list(seat_shares(field, draws=500, concentration=10, seed=4)) == [1.0, 1.0, 0.0, 0.0]
    edge = replace(two_criteria([(90, 60), (60, 90), (40, 40)], 2), least=70)
    shares = seat_shares(edge, draws=100_000, concentration=2, seed=1)  # w uniform: 60 + 30 w ≥ 70 from a third on
    assert shares == pytest.approx([2 / 3, 2 / 3, 0], abs=0.006)


def test_other_components_weigh_in() -> None:
    group = Group(range(2), {"a": 1.0}, np.array([[80.0], [79.0]]))
    composite = {"personal": 0.5, "unit": 0.5}
    field = Field([group], composite, "personal", np.array([[NAN, 70.0], [NAN, 90.0]]), 1)
    assert list(seat_shares(field, draws=500, concentration=100, seed=7)) == [0.0, 1.0]


def test_a_large_line_is_measured_by_itself() -> None:
    own = [float(number) for number in range(60, 90)]
    measured = scales({"access": own, "other": [10.0, 20.0]})["access"]
    assert (measured.members, measured.own) == (30, 1.0)
    assert measured.mean == pytest.approx(74.5)
    assert measured.deviation == pytest.approx(math.sqrt(sum((x - 74.5) ** 2 for x in own) / 29))
    assert measured.t(74.5) == pytest.approx(50)
    assert measured.t(74.5 + measured.deviation) == pytest.approx(60)


def test_a_small_line_is_drawn_towards_the_bureau_in_proportion() -> None:
    everybody = [60.0] * 10 + [80.0] * 30
    small = scales({"small": [60.0] * 10, "large": [80.0] * 30})["small"]
    assert small.own == pytest.approx(1 / 3)
    assert small.mean == pytest.approx(60 / 3 + 75 * 2 / 3)
    assert small.deviation == pytest.approx(math.sqrt(2 / 3 * np.var(everybody, ddof=1)))


def test_where_nobody_differs_everybody_has_fifty() -> None:
    assert scales({"only": [80.0, 80.0]})["only"].t(80.0) == 50.0
    assert scales({"alone": [80.0]})["alone"].t(80.0) == 50.0


@pytest.mark.parametrize(
    ("places", "best", "expected"),
    [
        (2, "90.00", ["+20.01", "-10.00"]),  # a place is free: had for the floor, given up below it
        (1, "90.00", ["+20.01", "-30.00"]),  # the one place is another's
        (1, "65.00", ["-5.00", "-10.00"]),  # nobody reaches the floor
        (0, "90.00", [None, None]),
    ],
)
def test_a_place_that_the_floor_leaves_free_costs_no_more_than_the_floor(
    places: int, best: str, expected: list[str | None]
) -> None:
    rows = [
        {"subject": "P1", "final": best, "nominated": best == "90.00" and places > 0, "tied": False},
        {"subject": "P2", "final": "60.00", "nominated": False, "tied": False},
    ]
    assert list(margins_of(rows, places, 70).values()) == expected
