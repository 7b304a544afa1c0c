"""However a column is scored (by numpy, by a table, in wider numbers), its points are the same."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.peers.bureaus import bureau
from rules import HALF_EVEN, HALF_UP, rounded
from services.scoring.kernel import rules
from services.scoring.kernel.bureau import score
from services.scoring.kernel.columns import Column
from services.scoring.kernel.exact import divide, narrowest
from services.scoring.kernel.layer_scores import column_points, prepared, score_column

PARAMS = {
    rules.RATIO: [(500, 1, 1, 1), (1250, 3, 4, 5)],
    rules.DEDUCT: [(800, 100), (450, 50)],
    rules.ACCUMULATE: [(1000, 100), (27, 3)],
    rules.TIER: [(1, 1, 400, 99, 100, 320, 97, 100, 200, 93, 100), (3, -1, 900, 1, 1, 450, 2, 1)],
    rules.MEAN: [(1,)],
    rules.GRADE: [(1500, 20)],
}
WITH_PERIODS = (rules.DEDUCT, rules.TIER)


@st.composite
def columns(draw: st.DrawFn) -> Column:
    rule = draw(st.sampled_from(list(PARAMS)))
    most = draw(st.sampled_from([5, 60, 3000, 10**6]))
    size = draw(st.integers(1, 400))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    a, b = (random.integers(0, most + 1, size).tolist() for _ in range(2))
    partly = draw(st.booleans())
    factor = 12 if rule in WITH_PERIODS else 1
    declared = (
        random.integers(-1, factor + 1, size).tolist()
        if rule in WITH_PERIODS
        else random.choice([-1, 1], size).tolist()
    )
    due = draw(st.sampled_from([factor, narrowest([factor] * size)]))
    return Column(
        rule, draw(st.sampled_from(PARAMS[rule])), 0, 500, narrowest(a), narrowest(b) if rule not in (1, 2) else narrowest([]),
        narrowest(declared, np.int8) if partly else None, due if partly else 1,
    )  # fmt: skip


def _scored(column: Column, even: Any) -> list[list[int]]:
    points, full = np.zeros(len(column), np.int32), np.zeros(len(column), np.int32)
    return [score_column(column, even, points, full).tolist(), points.tolist(), full.tolist()]


@given(columns(), st.booleans())
@settings(max_examples=300)
def test_numpy_tables_and_unbounded_numbers_agree(column: Column, even: Any) -> None:
    ready = prepared(column, even=even)
    expected = _scored(replace(ready, kind=object, table=None), even)
    assert _scored(ready, even) == expected
    assert _scored(replace(ready, table=None), even) == expected


def test_a_large_column_of_small_quantities_is_looked_up() -> None:
    one = Column(
        rules.RATIO, (500, 1, 1, 1), 0, 500, np.arange(4000, dtype=np.int16) % 9, np.full(4000, 8, np.int16), None, 1
    )
    ready = prepared(one, even=False)
    assert ready.table is not None
    assert (
        score_column(ready, False, *np.zeros((2, 4000), np.int32)).tolist() == column_points(ready, even=False).tolist()
    )


@pytest.mark.parametrize("digits", [4, 9, 15, 25])
def test_numbers_beyond_64_bits_are_still_exact(digits: int) -> None:
    target, done = 3 * 10**digits + 1, 10**digits
    column = Column(rules.RATIO, (1250, 3, 1, 1), 0, 500, narrowest([done]), narrowest([target]), None, 1)
    exact = rounded(Fraction(1250, 3) * Fraction(done, target), 0)
    assert column_points(prepared(column, even=False), even=False).tolist() == [int(exact)]


@given(st.integers(0, 10**6), st.integers(1, 10**4))
def test_the_one_division_rounds_as_the_rules_do(n: int, d: int) -> None:
    for even, rounding in ((False, HALF_UP), (True, HALF_EVEN)):
        expected = int(rounded(Fraction(n, d), 0, rounding))
        assert divide(n, d, even) == expected
        assert divide(np.array([n]), np.array([d]), even).tolist() == [expected]


def test_halves_go_up_or_to_the_even_neighbour_as_the_model_says() -> None:
    halves = np.array([1, 3, 5, 7])
    assert divide(halves, 2, even=False).tolist() == [1, 2, 3, 4]
    assert divide(halves, 2, even=True).tolist() == [0, 2, 2, 4]


def test_the_bureaus_of_the_benchmark_are_scored() -> None:
    made = bureau(300)
    result = score(made.blocks, made.organisation, made.rules, np.zeros(made.subjects, bool))
    assert (result.finals[made.organisation.persons] > 0).all()
    assert result.rankings["person"].ranked == 300
