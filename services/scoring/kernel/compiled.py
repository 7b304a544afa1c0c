"""The columns scored by compiled code: the very functions of rules.py and exact.py, run for one line after another by numba.

Loaded only where it pays (choose): compiling takes some seconds once in a process. Without numba everything is done by numpy.
"""

from functools import cache
from typing import Any

import numpy as np

from services.scoring.kernel import rules
from services.scoring.kernel.columns import Block, Column
from services.scoring.kernel.exact import Ints, divide
from services.scoring.kernel.sheets import Scorer, score_column

PAYS = 3_000_000  # lines; below, numpy is done before numba has compiled
_NOTHING = np.zeros(0, np.int8)


def choose(blocks: list[Block]) -> Scorer:
    lines = sum(len(block) * len(block.columns) for block in blocks)
    return compiled_scorer() if lines >= PAYS and is_installed() else score_column


@cache
def is_installed() -> bool:
    try:
        import numba  # noqa: F401
    except ImportError:
        return False
    return True


@cache
def compiled_scorer() -> Scorer:
    add_listed, add_reckoned = _lookup_loop(), [_rule_loop(rule) for rule in rules.BY_CODE]

    def score(column: Column, rounding: bool, points: Ints, full: Ints) -> Ints:
        if column.kind is object or points.dtype != np.int32:
            return score_column(column, rounding, points, full)  # beyond 64 bits: Python's ints
        scored = np.empty(len(column), np.int32)
        declared = _NOTHING if column.declared is None else column.declared
        lines = (column.a, column.b, declared, scored, points, full, column.full)
        if column.table is not None:
            add_listed(column.table.first, column.table.second, column.table.step_a, *lines)
        else:
            due, dues = (column.due, _NOTHING) if isinstance(column.due, int) else (0, column.due)
            add_reckoned[column.rule](np.array(column.params), due, dues, rounding, *lines)
        return scored

    return score


def _jit(function: Any) -> Any:
    import numba

    return numba.njit(nogil=True, error_model="numpy")(function)


def _rule_loop(rule: Any) -> Any:
    """A loop for each rule: compiled when a column first needs it."""
    reckon, rounded = _jit(rule), _jit(divide)

    def add(p, due, dues, even, a, b, declared, scored, points, full, each):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - numba finds the types
        partly, several = len(declared) > 0, len(b) > 0
        for i in range(len(a)):
            n, d = reckon(np.int64(a[i]), np.int64(b[i] if several else 0), p)
            made = declared[i] if partly else 1
            n, d = n * max(made, 0), d * (due or dues[i])
            value = rounded(n, d, even)
            applies = made >= 0
            scored[i] = value if applies else -1
            points[i] += value * applies
            full[i] += each * applies

    return _jit(add)


def _lookup_loop() -> Any:
    def add(first, second, step_a, a, b, declared, scored, points, full, each):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - the same
        partly, several, listed = len(declared) > 0, len(b) > 0, len(second) > 0
        for i in range(len(a)):
            value = first[a[i] * step_a + (b[i] if several else 0)]
            applies = not partly or declared[i] >= 0
            if listed:
                value = second[value + max(declared[i], 0)]
            scored[i] = value if applies else -1
            points[i] += value * applies
            full[i] += each * applies

    return _jit(add)
