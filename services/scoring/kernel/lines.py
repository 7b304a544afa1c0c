"""The column of one item: what its facts say of each subject, added up over the periods of the year."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import numpy as np

from rules import ADJUSTED
from services.scoring.domain.frame import Item
from services.scoring.kernel import plan
from services.scoring.kernel.columns import Column
from services.scoring.kernel.exact import Ints, divide, narrowest, work_type
from services.scoring.kernel.periods import Facts, Year, year_of
from services.scoring.kernel.plan import COMPLETE_RULES, MEAN_RULES
from services.scoring.kernel.rules import BY_CODE, reach


@dataclass
class Gathered:
    """What dossiers say of one item for one kind of subject; quantities as they were written."""

    targets: dict[int, str] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    terms: list[int] = field(default_factory=list)
    silent: list[bool] = field(default_factory=list)
    counts: list[Mapping[str, str]] = field(default_factory=list)
    beyond: set[tuple[int, int]] = field(default_factory=set)  # (row, term) declared without being due
    waiting: set[tuple[int, int]] = field(default_factory=set)  # declared, and on somebody's desk
    settled: set[tuple[int, int]] = field(default_factory=set)


def column_of(item: Item, found: Gathered, rows: int, group: int, unit: int, due: Ints | None, *, even: bool) -> Column:
    texts = [text for counts in found.counts for text in counts.values()]
    decimals = max(map(_decimals, [*texts, *found.targets.values()]), default=0)
    facts = _facts(item, found, decimals)
    points = _fact_points(item, facts, even=even)
    year = year_of(facts, rows, points, due, even=even)
    a, b = _quantities(item, found, year, rows, decimals)
    declared, periods = _declared(item, year, np.array([target > 0 for target in b], bool))
    rule, params = plan.of_year(item, decimals)
    full = int(item.full * unit)
    return Column(rule, params, group, full, narrowest(a), narrowest(b), declared, periods)


def _facts(item: Item, found: Gathered, decimals: int) -> Facts:
    quantities = _quantity_reader(item, decimals)
    read = [quantities(counts) for counts in found.counts]
    a, b = ([one[side] for one in read] for side in (0, 1))
    silent = np.array(found.silent, bool)
    return Facts(np.array(found.rows, np.int64), np.array(found.terms, np.int64), silent, _sums(a), _sums(b))


def _sums(values: list[int]) -> Ints:
    """Wide enough for the sum of all of them."""
    return np.array(values, object if work_type(sum(map(abs, values))) is object else np.int64)


def _quantity_reader(item: Item, decimals: int) -> Callable[[Mapping[str, str]], tuple[int, int]]:
    unit = 10**decimals
    if item.rule == "tier":
        return lambda counts: (
            _whole(counts.get("numerator", "0"), decimals),
            _whole(counts.get("denominator", "0"), decimals),
        )
    if item.rule in ("ratio", "checklist"):
        due = len(item.params.get("items", ())) * unit
        return lambda counts: (_whole(counts.get("done", "0"), decimals), due)
    table = plan.table(item)
    factor = 1 if item.rule == "grade" else plan.worth_factor(item)

    def worth(counts: Mapping[str, str]) -> tuple[int, int]:
        if ADJUSTED in counts:  # as one vote of that coefficient
            return _whole(counts[ADJUSTED], decimals) * plan.table_unit(item), unit
        numbers = [(_whole(text, decimals), table[key]) for key, text in counts.items() if key in table]
        return factor * sum(times * each for times, each in numbers), sum(times for times, _ in numbers)

    return worth


def _fact_points(item: Item, facts: Facts, *, even: bool) -> Ints:
    if item.rule not in MEAN_RULES:
        return np.zeros(len(facts.row), np.int64)
    rule, params = plan.of_period(item)
    a, b = (int(part.max(initial=0)) for part in (facts.a, facts.b))
    kind = object if work_type(reach(rule, params, a, b, 1)) is object else np.int64
    n, d = BY_CODE[rule](facts.a.astype(kind), facts.b.astype(kind), np.array(params, kind))
    return np.asarray(divide(n, d, even)).astype(np.int64)


def _quantities(item: Item, found: Gathered, year: Year, rows: int, decimals: int) -> tuple[list[int], list[int]]:
    nothing = year.unmeasured
    if item.rule in MEAN_RULES:
        best = int(100 * item.full)
        return np.where(nothing, best, year.period_points).tolist(), np.where(
            nothing, 1, year.declared - year.silent
        ).tolist()
    if item.rule == "ratio":
        targets = [max(0, _whole(found.targets.get(row, "0"), decimals)) for row in range(rows)]
        return [
            target if none else done for done, target, none in zip(year.a.tolist(), targets, nothing, strict=True)
        ], targets
    if item.rule == "tier":
        bound = Fraction(item.params["steps"][0][0])
        return (
            [bound.numerator if none else one for one, none in zip(year.a.tolist(), nothing, strict=True)],
            [bound.denominator if none else one for one, none in zip(year.b.tolist(), nothing, strict=True)],
        )
    return year.a.tolist(), []


def _declared(item: Item, year: Year, allotted: Ints) -> tuple[Ints | None, Ints | int]:
    """Not applicable: nothing was due, or all that was due was declared as such, or nothing was allotted; a contribution always applies."""
    applies = (year.silent < year.due) | (item.tool == "contribution")
    if item.rule == "ratio":
        applies &= allotted
    due = np.maximum(year.due, 1)
    if item.rule in (*COMPLETE_RULES, *MEAN_RULES):
        declared = np.where(year.due > 0, year.declared, 1)
    elif item.rule == "ratio" and year.unmeasured.any():
        declared = np.where(year.unmeasured, year.declared, due)
    else:
        declared, due = np.ones(len(due), np.int64), np.ones(len(due), np.int64)
    if applies.all() and (declared == due).all():
        return None, 1
    one_due = int(due[0]) if (due == due[0]).all() else narrowest(due.tolist())
    return narrowest(np.where(applies, declared, -1).tolist(), np.int8), one_due


@lru_cache(maxsize=1 << 16)
def _decimals(text: str) -> int:
    exponent = Decimal(text).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@lru_cache(maxsize=1 << 16)
def _whole(text: str, decimals: int) -> int:
    return int(Fraction(text) * 10**decimals)
