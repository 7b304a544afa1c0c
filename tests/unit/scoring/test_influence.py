"""What hangs on each weight, and which items decide: on cases small enough to see through."""

from dataclasses import replace

import numpy as np
import pytest

from services.scoring.analysis.influence import Column, influences
from services.scoring.analysis.seats import Field, Group
from services.scoring.analysis.sensitivity import listed, moved, own_finals, ranks, sensitivities

NAN = float("nan")


def field(values: list[tuple[float, float]], weights: tuple[float, float] = (0.5, 0.5), places: int = 1) -> Field:
    group = Group(range(len(values)), {"a": weights[0], "b": weights[1]}, np.array(values))
    return Field([group], {"own": 1.0}, "own", np.full((len(values), 1), NAN), places)


def test_a_weight_on_which_the_seat_hangs_names_the_smallest_change() -> None:
    """(90, 50) leads (60, 78) by 1 at even weights; from a = 0.4827… on the other leads: the grid says −0.02."""
    (a, b, own) = sensitivities(field([(90, 50), (60, 78)]))
    assert (a.weight, a.smallest, a.seats) == ("a", -0.02, 1)
    assert (b.weight, b.smallest) == ("b", 0.02)
    assert (own.group, own.smallest) == (None, None)


def test_who_leads_in_everything_hangs_on_nothing() -> None:
    assert all(one.smallest is None and one.seats == 0 for one in sensitivities(field([(90, 90), (10, 10)])))


def test_the_other_weights_keep_their_proportions() -> None:
    changed = moved({"a": 0.5, "b": 0.3, "c": 0.2}, "a", 0.1)
    assert changed == pytest.approx({"a": 0.6, "b": 0.24, "c": 0.16})
    assert moved({"a": 0.95, "b": 0.05}, "a", 0.1) is None
    assert moved({"a": 1.0}, "a", -0.1) is None


def test_ranks_and_lists_leave_out_those_without_a_score() -> None:
    scores = own_finals(field([(90, 90), (NAN, NAN), (80, 80), (80, 80)]))
    assert list(ranks(scores)[[0, 2, 3]]) == [1, 2, 2]
    assert list(listed(scores, 2)) == [True, False, False, False]  # the two tied at the edge are not chosen


def test_a_weight_that_carries_somebody_over_the_floor_decides_a_seat() -> None:
    """Two places for two: (90, 50) has 70 at even weights, and falls below with a = 0.49."""
    below = replace(field([(90, 50), (95, 95)], places=2), least=70)
    (a, _, _) = sensitivities(below)
    assert (a.smallest, a.seats) == (-0.01, 1)
    assert all(one.smallest is None for one in sensitivities(replace(below, least=0)))


def test_an_item_without_which_somebody_falls_below_the_floor_decides_a_seat() -> None:
    lifting = ("lifting", "common", [10.0, 10, 10, 10, 10])
    others = ("others", "common", [10.0, 5, 0, 0, 0])
    found = influences(columns(lifting, others), weights(5, common=1.0), np.zeros(5), 1.0, 3, 70)
    assert {one.indicator: one.seats for one in found} == {"lifting": 1, "others": 2}
    free = influences(columns(lifting, others), weights(5, common=1.0), np.zeros(5), 1.0, 3)
    assert {one.indicator: one.seats for one in free} == {"lifting": 0, "others": 2}


def columns(*points: tuple[str, str, list[float]]) -> list[Column]:
    return [Column(code, category, 10, np.array(values, dtype=float)) for code, category, values in points]


def weights(count: int, **of: float) -> dict[str, np.ndarray]:  # type: ignore[type-arg]
    return {category: np.full(count, weight) for category, weight in of.items()}


def test_an_item_in_which_all_are_equal_decides_nothing_and_the_one_in_which_they_differ_everything() -> None:
    equal = ("equal", "common", [10.0] * 6)
    telling = ("telling", "common", [0.0, 2, 4, 6, 8, 10])
    found = {
        one.indicator: one for one in influences(columns(equal, telling), weights(6, common=1.0), np.zeros(6), 1.0, 2)
    }
    assert (found["equal"].verdict, found["equal"].variance, found["equal"].full_marks) == ("decides_nothing", 0.0, 6)
    assert (found["telling"].verdict, found["telling"].variance) == ("decides_much", pytest.approx(1.0))
    assert found["telling"].seats == 2  # without it all are equal, and nobody is in the list
    assert (found["telling"].mean, found["telling"].zeros) == (pytest.approx(0.5), 1)


def test_the_shares_of_the_variance_add_up_to_one() -> None:
    dice = np.random.default_rng(3)
    drawn = [
        (f"I{number}", category, list(dice.uniform(0, 10, 50)))
        for number, category in enumerate(("common", "common", "professional", "contribution"))
    ]
    found = influences(
        columns(*drawn), weights(50, common=0.3, professional=0.6, contribution=0.1), np.zeros(50), 0.5, 10
    )
    assert sum(one.variance for one in found) == pytest.approx(1.0)


def test_an_item_that_applies_to_some_is_judged_among_those_and_few_are_not_judged() -> None:
    some = ("some", "common", [NAN] * 6 + [0.0, 5, 10, 0, 5, 10])
    few = ("few", "common", [NAN] * 10 + [0.0, 10])
    base = ("base", "common", [5.0] * 12)
    found = {
        one.indicator: one
        for one in influences(columns(some, few, base), weights(12, common=1.0), np.zeros(12), 1.0, 3)
    }
    assert (found["some"].subjects, found["few"].verdict) == (6, "too_few")
