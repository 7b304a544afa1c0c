"""Weights from pairwise judgement, against published examples and against what must hold for any judgement."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.targets.domain.weights import (
    RANDOM_INDEX,
    Comparison,
    criteria_of,
    exact_weights,
    matrix_of,
    nearest_on_scale,
    read_ratio,
)
from services.targets.solving.weights import combine, entropy, judge
from shared.vocabulary.generation import WEIGHT_METHODS
from shared.vocabulary.refusals import Refused

DRINKS = ("coffee", "wine", "tea", "beer", "sodas", "milk", "water")
# T. L. Saaty, Relative measurement and its generalization in decision making, RACSAM 102 (2008), p. 262:
# which drink is consumed more in the USA; derived from it there: these priorities and a consistency ratio of .022.
JUDGED = """
    1    9   5    2    1    1    1/2
    1/9  1   1/3  1/9  1/9  1/9  1/9
    1/5  3   1    1/3  1/4  1/3  1/9
    1/2  9   3    1    1/2  1    1/3
    1    9   4    2    1    2    1/2
    1    9   3    1    1/2  1    1/3
    2    9   9    3    2    3    1
"""
PUBLISHED = {
    "coffee": "0.177",
    "wine": "0.019",
    "tea": "0.042",
    "beer": "0.116",
    "sodas": "0.190",
    "milk": "0.129",
    "water": "0.327",
}


def drinks():
    rows = [[read_ratio(cell) for cell in line.split()] for line in JUDGED.strip().splitlines()]
    pairs = [(a, b) for a in range(7) for b in range(a + 1, 7)]
    return matrix_of(DRINKS, [Comparison(DRINKS[a], DRINKS[b], rows[a][b]) for a, b in pairs])


def test_saatys_drinks_are_reproduced():
    outcome = judge(DRINKS, drinks(), "eigenvector", "saaty_2005")
    assert {name: abs(outcome.weights[name] - Decimal(value)) for name, value in PUBLISHED.items()} == {
        name: pytest.approx(0, abs=0.0005) for name in PUBLISHED
    }
    assert outcome.consistency_ratio == Decimal("0.0218")
    assert outcome.acceptable
    assert sum(outcome.weights.values()) == 1


def test_the_random_index_is_the_table_that_is_named():
    textbook = judge(DRINKS, drinks(), "eigenvector", "textbook")
    assert textbook.consistency_index / RANDOM_INDEX["textbook"][7] == pytest.approx(
        Decimal("0.0223"), abs=Decimal("0.0001")
    )
    assert RANDOM_INDEX["textbook"][4] == Decimal("0.90")
    assert RANDOM_INDEX["saaty_2005"][4] == Decimal("0.89")


weights = st.lists(st.integers(1, 9), min_size=3, max_size=9)


@given(weights, st.sampled_from(sorted(WEIGHT_METHODS)))
def test_judgement_without_contradiction_gives_back_the_weights_behind_it(parts, method):
    names = [f"c{number}" for number in range(len(parts))]
    matrix = tuple(tuple(Fraction(a, b) for b in parts) for a in parts)
    outcome = judge(names, matrix, method, "textbook")
    expected = exact_weights(dict(zip(names, (part / sum(parts) for part in parts), strict=True)))
    assert all(abs(outcome.weights[name] - expected[name]) <= Decimal("0.0001") for name in names)
    assert outcome.consistency_ratio == 0
    assert outcome.worst is None


SCALE = [Fraction(n) for n in range(1, 10)] + [Fraction(1, n) for n in range(2, 10)]


@st.composite
def judgements(draw, size=4):
    names = [f"c{number}" for number in range(size)]
    pairs = [(a, b) for index, a in enumerate(names) for b in names[index + 1 :]]
    return names, matrix_of(names, [Comparison(a, b, draw(st.sampled_from(SCALE))) for a, b in pairs])


@given(judgements(), st.sampled_from(sorted(WEIGHT_METHODS)))
def test_weights_sum_to_exactly_one_and_none_vanishes(case, method):
    names, matrix = case
    outcome = judge(names, matrix, method, "textbook")
    assert sum(outcome.weights.values()) == 1
    assert all(weight > 0 and weight.as_tuple().exponent >= -4 for weight in outcome.weights.values())


@given(judgements())
def test_judges_who_agree_are_combined_into_their_common_judgement(case):
    names, matrix = case
    assert judge(names, combine([matrix, matrix]), "eigenvector", "textbook") == judge(
        names, matrix, "eigenvector", "textbook"
    )


@given(judgements(), judgements())
def test_combined_judgements_stay_reciprocal(one, other):
    together = combine([one[1], other[1]])
    assert np.allclose(together * together.T, 1)


def test_the_comparison_that_fits_least_is_pointed_out():
    """a > b > c by 3 each, yet c is said to outweigh a."""
    said = [("a", "b", "3"), ("b", "c", "3"), ("a", "c", "1/9"), ("a", "d", "1"), ("b", "d", "1/3"), ("c", "d", "1/9")]
    matrix = matrix_of("abcd", [Comparison(a, b, read_ratio(ratio)) for a, b, ratio in said])
    outcome = judge("abcd", matrix, "eigenvector", "textbook")
    assert not outcome.acceptable
    assert (outcome.worst.a, outcome.worst.b, outcome.worst.given) == ("a", "c", Decimal("0.1111"))
    assert (outcome.worst.implied, outcome.worst.suggested) == (9, "9")


@pytest.mark.parametrize("text", ["0", "10", "2/3", "1/0", "1/10", "", "1/", "-1", "一", "1.5", "３", "²"])
def test_what_is_not_on_the_scale_is_refused(text):
    with pytest.raises(Refused, match="scale|reciprocal"):
        read_ratio(text)


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ([("a", "b")], "weights.incomplete"),
        ([("a", "b"), ("b", "a"), ("a", "c")], "weights.pair"),
        ([("a", "a"), ("a", "b"), ("a", "c"), ("b", "c")], "weights.pair"),
        ([("a", "x")], "weights.pair"),
    ],
)
def test_every_pair_is_compared_exactly_once(pairs, code):
    with pytest.raises(Refused) as refused:
        matrix_of("abc", [Comparison(a, b, Fraction(1)) for a, b in pairs])
    assert [one.code for one in refused.value.refusals] == [code]


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.floats(1e-9, 1e9), min_size=1, max_size=40))
def test_exact_weights_sum_to_one_and_lie_next_to_the_share(values):
    exact = exact_weights(values)
    assert sum(exact.values()) == 1
    assert all(value > 0 for value in exact.values())


def test_the_parts_of_a_model_are_asked_about_by_name():
    assert list(criteria_of("person/access")) == ["common", "professional", "contribution", "additional"]
    assert list(criteria_of("composite/person")) == ["personal", "unit", "bureau"]
    for part in ("person", "person/sea", "composite/moon", "", "/"):
        with pytest.raises(Refused):
            criteria_of(part)


def test_the_nearest_answer_of_the_scale():
    assert [nearest_on_scale(value) for value in (1, 1.2, 2.6, 30, 0.9, 0.34, 0.01)] == [
        "1",
        "1",
        "3",
        "9",
        "1",
        "1/3",
        "1/9",
    ]


def test_entropy_rewards_what_differs_and_gives_nothing_to_what_does_not():
    rows = [
        {"a": Decimal(90), "b": Decimal(10)},
        {"a": Decimal(90), "b": Decimal(80)},
        {"a": Decimal(90), "b": Decimal(50)},
    ]
    assert entropy(rows) == {"a": 0, "b": 1}
    alike = [{"a": Decimal(1), "b": Decimal(2)}] * 3
    assert entropy(alike) == {"a": Decimal("0.5"), "b": Decimal("0.5")}


def test_entropy_weights_as_computed_by_hand():
    """Shares of a: 1/4, 3/4; of b: 1/2, 1/2 of two rows: only a differs; with c = 1/10, 9/10 beside a the dispersions
    are 1 - H(1/4) = .188722 and 1 - H(1/10) = .531004."""
    rows = [{"a": Decimal(1), "c": Decimal(1)}, {"a": Decimal(3), "c": Decimal(9)}]
    assert entropy(rows) == {"a": Decimal("0.2622"), "c": Decimal("0.7378")}


@pytest.mark.parametrize("size", [10, 12, 15])
def test_many_criteria_are_measured_against_random_matrices_too(size: int) -> None:
    chance = np.random.default_rng(size)
    scale = np.array([1 / step for step in range(9, 1, -1)] + list(range(1, 10)))
    indices = []
    for _ in range(400):
        cells = np.ones((size, size))
        for one, other in combinations(range(size), 2):
            cells[one, other] = chance.choice(scale)
            cells[other, one] = 1 / cells[one, other]
        indices.append((np.linalg.eigvals(cells).real.max() - size) / (size - 1))
    assert float(RANDOM_INDEX["textbook"][size]) == pytest.approx(np.mean(indices), abs=0.04)
    contradicting = judge([f"c{one}" for one in range(size)], cells, "eigenvector", "textbook")
    assert contradicting.consistency_ratio > Decimal("0.5")
    assert not contradicting.acceptable


def test_more_criteria_than_any_table_knows_are_refused() -> None:
    with pytest.raises(Refused, match=r"weights\.too_many"):
        judge([f"c{one}" for one in range(16)], np.ones((16, 16)), "eigenvector", "textbook")
