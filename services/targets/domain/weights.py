"""Weights from pairwise judgement: what a questionnaire asks, what an answer may say, and weights that sum to exactly 1.

Saaty's scale and the consistency ratio are defined in Saaty, The Analytic Hierarchy Process (1980); the two tables of random
indices are the one of Chinese textbooks and that of Saaty (2005). A cycle's model names the one it used.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from services.targets.domain.model_rows import components
from shared.vocabulary.library import CATEGORIES
from shared.vocabulary.organisation import ALL_LINES, LAYERS, LINES
from shared.vocabulary.refusals import invalid

# Beyond nine criteria both tables are continued by the mean index of random matrices: Alonso & Lamata, Consistency in the Analytic
# Hierarchy Process, International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 14 (2006).
_SIMULATED = {
    10: Decimal("1.49"),
    11: Decimal("1.51"),
    12: Decimal("1.54"),
    13: Decimal("1.56"),
    14: Decimal("1.57"),
    15: Decimal("1.58"),
}
RANDOM_INDEX: Mapping[str, Mapping[int, Decimal]] = {
    "textbook": {
        3: Decimal("0.58"),
        4: Decimal("0.90"),
        5: Decimal("1.12"),
        6: Decimal("1.24"),
        7: Decimal("1.32"),
        8: Decimal("1.41"),
        9: Decimal("1.45"),
        **_SIMULATED,
    },
    "saaty_2005": {
        3: Decimal("0.52"),
        4: Decimal("0.89"),
        5: Decimal("1.11"),
        6: Decimal("1.25"),
        7: Decimal("1.35"),
        8: Decimal("1.40"),
        9: Decimal("1.45"),
        **_SIMULATED,
    },
}
MOST_CRITERIA = max(_SIMULATED)
ACCEPTED = Decimal("0.1")  # a consistency ratio below it
_ANSWERS = "comparisons"  # the member that an answer's faults are in
PLACES = 4  # decimals of a weight: what a model takes

Matrix = tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True)
class Comparison:
    """``a`` weighs ``ratio`` times as much as ``b``."""

    a: str
    b: str
    ratio: Fraction


def criteria_of(part: str, lines: Mapping[str, str] = LINES) -> dict[str, str]:
    """Return what is compared in a part of the model, with names: ``person/access``
    (or ``/all`` lines), ``composite/person``."""
    first, _, second = part.partition("/")
    if first in LAYERS and second in (*lines, ALL_LINES):
        return dict(CATEGORIES)
    if first == "composite" and second in components(lines):
        return dict(components(lines)[second])
    raise invalid("weights.part", f"模型中没有 {part}", f"the model has no part {part}", "part")


def read_ratio(text: str) -> Fraction:
    """Read 1 to 9 of Saaty's scale, or its reciprocal, as people write it: 3, 1/3."""
    over, slash, under = text.partition("/")
    numbers = [over, under] if slash else [over]
    if not all(one.isascii() and one.isdecimal() and 1 <= len(one) <= 1 and one != "0" for one in numbers):
        raise invalid("weights.ratio", f"“{text}”不在1～9标度内", f"{text!r} is not on the scale of 1 to 9", _ANSWERS)
    if slash and over != "1":
        raise invalid("weights.ratio", f"“{text}”应写成 1/n", f"{text!r}: a reciprocal is 1/n", _ANSWERS)
    return Fraction(int(over), int(under) if slash else 1)


def matrix_of(criteria: Sequence[str], comparisons: Sequence[Comparison]) -> Matrix:
    """Return the reciprocal matrix of one judge; every pair must be compared exactly once."""
    index = {name: number for number, name in enumerate(criteria)}
    size = len(criteria)
    cells = [[Fraction(1) for _ in range(size)] for _ in range(size)]
    open_pairs = {frozenset(pair) for pair in combinations(criteria, 2)}
    for one in comparisons:
        pair = frozenset((one.a, one.b))
        if pair not in open_pairs:
            raise invalid(
                "weights.pair",
                f"{one.a} 与 {one.b} 不存在或重复比较",
                f"{one.a} and {one.b}: no such pair, or compared twice",
                _ANSWERS,
            )
        open_pairs.remove(pair)
        cells[index[one.a]][index[one.b]] = one.ratio
        cells[index[one.b]][index[one.a]] = 1 / one.ratio
    if open_pairs:
        missing = sorted(" - ".join(sorted(pair, key=index.__getitem__)) for pair in open_pairs)
        raise invalid(
            "weights.incomplete", f"缺少比较：{'；'.join(missing)}", f"not compared: {'; '.join(missing)}", _ANSWERS
        )
    return tuple(tuple(row) for row in cells)


def exact_weights(values: Mapping[str, float], places: int = PLACES) -> dict[str, Decimal]:
    """Return decimals of ``places`` places that sum to exactly 1: rounded down, then the largest remainders up.

    Equal remainders go in the order of ``values``. No weight is rounded to
    nothing: a criterion that counts keeps one unit.
    """
    scale = 10**places
    total = sum((Fraction(value) for value in values.values()), Fraction(0))
    wanted = {name: Fraction(value) / total * scale for name, value in values.items()}
    whole = {name: max(int(value), 1 if value > 0 else 0) for name, value in wanted.items()}
    by_remainder = sorted(values, key=lambda name: whole[name] - wanted[name])
    left = scale - sum(whole.values())
    for number in range(abs(left)):
        name = by_remainder[number % len(by_remainder)] if left > 0 else max(whole, key=whole.__getitem__)
        whole[name] += 1 if left > 0 else -1
    return {name: Decimal(count).scaleb(-places) for name, count in whole.items()}


def random_index(table: str, size: int) -> Decimal:
    """Return the mean index of random matrices: 0 for two criteria or one, which cannot contradict each other.

    Raises ``Refused`` for more criteria than the tables know; nobody compares so many by pairs.
    """
    if size > MOST_CRITERIA:
        raise invalid(
            "weights.too_many",
            f"一次最多比较 {MOST_CRITERIA} 个因素，现有 {size} 个，请分层",
            f"{MOST_CRITERIA} criteria can be compared at most, there are {size}: build a hierarchy",
            "part",
        )
    return RANDOM_INDEX[table][size] if size > 2 else Decimal(0)


def nearest_on_scale(ratio: float) -> str:
    """Return the answer of the scale next to ``ratio``."""
    if ratio >= 1:
        return str(min(range(1, 10), key=lambda step: abs(step - ratio)))
    return f"1/{min(range(1, 10), key=lambda step: abs(step - 1 / ratio))}".replace("1/1", "1")
