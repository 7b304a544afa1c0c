"""The rules' forms for columns: how an item's parameters and what was counted become whole numbers (rules.py reckons with them).

A rule without a form is reckoned by its own definition, subject by subject (by_definition): exact as well, and slower.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

from rules import ADJUSTED, RULES, add_counts, exact_points, per_table
from services.scoring.domain.frame import Item
from services.scoring.kernel import rules

Coded = tuple[int, tuple[int, ...]]  # arithmetic of rules.py and its parameters
Reader = Callable[[Mapping[str, str]], tuple[int, int]]  # what was counted -> its two quantities


@dataclass(frozen=True)
class Form:
    """``reader`` and ``of_year`` take quantities in units of 10^-decimals; where shares are claimed, the year's second one is the target.

    ``best``: quantities that give all that can be had, for a year in which nothing could be measured (Rule.at_best).
    """

    reader: Callable[[Item, int], Reader]
    of_year: Callable[[Item, int], Coded] | None = None  # None: the mean of the periods
    of_period: Callable[[Item], Coded] | None = None
    best: Callable[[Item], tuple[int, int]] | None = None
    single: bool = False  # there is but one quantity


def of_year(item: Item, decimals: int) -> Coded:
    """Return arithmetic and parameters for the year's quantities of an item."""
    form = FORMS.get(item.rule)
    return form.of_year(item, decimals) if form and form.of_year else (rules.MEAN, (1,))


def by_definition(
    item: Item, counted: list[dict[str, Decimal]], targets: list[Decimal], unmeasured: list[bool]
) -> tuple[list[int], list[int]]:
    """Return hundredths of points as exact fractions (numerators, denominators), one for each subject."""
    rule, full, found = RULES[item.rule], Fraction(item.full), []
    for counts, target, nothing in zip(counted, targets, unmeasured, strict=True):
        points = exact_points(item.rule, item.params, item.full, counts, target)
        found.append(100 * (rule.at_best(item.params, full) if nothing else points))
    return [one.numerator for one in found], [one.denominator for one in found]


def totals(rows: int, facts: Iterable[tuple[int, Mapping[str, str], bool]]) -> list[dict[str, Decimal]]:
    """Return the quantities of each subject's year of (row, counts, whether it is silent); an adjusted coefficient is none to add."""
    found: list[dict[str, Decimal]] = [{} for _ in range(rows)]
    for row, counts, silent in facts:
        if not silent:
            found[row] = add_counts(found[row], {key: Decimal(text) for key, text in counts.items() if key != ADJUSTED})
    return found


@lru_cache(maxsize=1 << 16)
def whole(text: str, decimals: int) -> int:
    """Return a quantity in units of 10^-decimals."""
    return int(Fraction(text) * 10**decimals)


def _done(item: Item, decimals: int) -> Reader:
    due = len(item.params.get("items", ())) * 10**decimals
    return lambda counts: (whole(counts.get("done", "0"), decimals), due)


def _share(_item: Item, decimals: int) -> Reader:
    return lambda counts: (
        whole(counts.get("numerator", "0"), decimals),
        whole(counts.get("denominator", "0"), decimals),
    )


def _worth_each(item: Item, decimals: int) -> Reader:
    """The times of everything by its points, in the unit of ``_worth``."""
    worth, factor = _whole_table(per_table(item.params)), _top(item).denominator
    return lambda counts: (
        factor * sum(whole(text, decimals) * worth[key] for key, text in counts.items() if key in worth),
        0,
    )


def _votes(item: Item, decimals: int) -> Reader:
    """The coefficients of all votes and their number; an adjusted coefficient stands as one vote of it."""
    values, unit = _whole_table(item.params["values"]), 10**decimals

    def read(counts: Mapping[str, str]) -> tuple[int, int]:
        if ADJUSTED in counts:
            return whole(counts[ADJUSTED], decimals) * _unit(item.params["values"]), unit
        votes = [(whole(text, decimals), values[key]) for key, text in counts.items() if key in values]
        return sum(times * each for times, each in votes), sum(times for times, _ in votes)

    return read


def _ratio(item: Item, _decimals: int) -> Coded:
    cap = min(Fraction(item.params["cap"]), Fraction(1))
    return rules.RATIO, (*_pair(100 * Fraction(item.full)), cap.numerator, cap.denominator)


def _deduct(item: Item, decimals: int) -> Coded:
    return rules.DEDUCT, _worth(item, decimals)


def _accumulate(item: Item, decimals: int) -> Coded:
    return rules.ACCUMULATE, _worth(item, decimals)


def _worth(item: Item, decimals: int) -> tuple[int, int]:
    """The most that counts, and 1 point, in a unit in which both are whole."""
    top = _top(item)
    point = 10**decimals * _unit(per_table(item.params)) * top.denominator
    return int(top * point), point


def _tier(item: Item, _decimals: int) -> Coded:
    steps = [(100 * Fraction(item.full) * Fraction(share), Fraction(bound)) for bound, share in item.params["steps"]]
    unit = lcm(*(points.denominator for points, _ in steps))
    sign = 1 if item.params["direction"] == "higher" else -1
    return rules.TIER, (unit, sign, *(part for points, bound in steps for part in (int(points * unit), *_pair(bound))))


def _best_step(item: Item) -> tuple[int, int]:
    return _pair(Fraction(item.params["steps"][0][0]))


def _checked_items(item: Item) -> Coded:
    return rules.RATIO, (*_pair(100 * Fraction(item.full)), 1, 1)


def _grades(item: Item) -> Coded:
    return rules.GRADE, _pair(100 * Fraction(item.full) / _unit(item.params["values"]))


def _top(item: Item) -> Fraction:
    return min(Fraction(item.full), Fraction(item.params.get("cap", item.full)))


def _whole_table(table: Mapping[str, str]) -> dict[str, int]:
    return {key: int(Fraction(value) * _unit(table)) for key, value in table.items()}


def _unit(table: Mapping[str, str]) -> int:
    """Return 1 point, or a coefficient of 1, in the unit in which everything of the table is whole."""
    return lcm(*(Fraction(value).denominator for value in table.values()))


def _pair(value: Fraction) -> tuple[int, int]:
    return value.numerator, value.denominator


FORMS: Mapping[str, Form] = {
    "ratio": Form(_done, _ratio),
    "deduct": Form(_worth_each, _deduct, single=True),
    "accumulate": Form(_worth_each, _accumulate, single=True),
    "tier": Form(_share, _tier, best=_best_step),
    "grade": Form(_votes, of_period=_grades),
    "checklist": Form(_done, of_period=_checked_items),
}
