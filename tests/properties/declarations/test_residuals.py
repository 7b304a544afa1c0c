"""What is left of votes without medians, against the definition written out."""

from math import isnan
from random import Random
from statistics import median

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from services.declarations.calibration.blocs import ROUNDS, residuals

VOTES = st.sampled_from([1.0, 0.8, 0.6, 0.4, float("nan")])


def polished(matrix: list[list[float]]) -> list[list[float]]:
    """By turns the median of each column and of each row is taken away, over the votes that are there."""
    left = [list(row) for row in matrix]
    for _ in range(ROUNDS):
        for turned in (True, False):
            lines = [list(line) for line in zip(*left, strict=True)] if turned else left
            there = [[one for one in line if not isnan(one)] for line in lines]
            lines = [
                [one - (median(known) if known else 0.0) for one in line]
                for line, known in zip(lines, there, strict=True)
            ]
            left = [list(line) for line in zip(*lines, strict=True)] if turned else lines
    return left


@given(arrays(float, array_shapes(min_dims=2, max_dims=2, max_side=9), elements=VOTES))
def test_what_is_left_is_what_the_definition_leaves(matrix: "np.typing.NDArray[np.float64]") -> None:
    np.testing.assert_allclose(residuals(matrix), polished(matrix.tolist()), rtol=0, atol=1e-12)


@given(arrays(float, array_shapes(min_dims=2, max_dims=2, max_side=9), elements=VOTES), st.randoms())
def test_in_whatever_order_the_ballots_lie(matrix: "np.typing.NDArray[np.float64]", dice: Random) -> None:
    order = list(range(len(matrix)))
    dice.shuffle(order)
    assert np.array_equal(residuals(matrix[order]), residuals(matrix)[order], equal_nan=True)
