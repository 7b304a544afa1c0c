"""The column of one item: what its facts say of each subject, added up over the periods of the year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import numpy as np

from rules import HALF_EVEN, HALF_UP, RULES, points
from services.scoring.domain.frame import Item
from services.scoring.kernel.columns import Column
from services.scoring.kernel.exact import Ints, divide, narrowest, work_type
from services.scoring.kernel.forms import FORMS, by_definition, of_year, totals, whole
from services.scoring.kernel.periods import Facts, Year, year_of
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
    points = _fact_points(item, found, facts, even=even)
    year = year_of(facts, rows, points, due, even=even)
    a, b = _quantities(item, found, year, decimals)
    declared, periods = _declared(item, found, year)
    rule, params = of_year(item, decimals)
    full = int(item.full * unit)
    return Column(rule, params, group, full, narrowest(a), narrowest(b), declared, periods)


def _facts(item: Item, found: Gathered, decimals: int) -> Facts:
    form = FORMS.get(item.rule)
    read = map(form.reader(item, decimals), found.counts) if form else ((0, 0) for _ in found.counts)
    a, b = zip(*read, strict=True) if found.counts else ((), ())
    silent = np.array(found.silent, bool)
    return Facts(np.array(found.rows, np.int64), np.array(found.terms, np.int64), silent, _sums(a), _sums(b))


def _sums(values: Sequence[int]) -> Ints:
    """Wide enough for the sum of all of them."""
    return np.array(values, object if work_type(sum(map(abs, values))) is object else np.int64)


def _fact_points(item: Item, found: Gathered, facts: Facts, *, even: bool) -> Ints:
    """Hundredths that each fact gives, where a year is the mean of its periods; else zeros."""
    if not RULES[item.rule].by_period:
        return np.zeros(len(facts.row), np.int64)
    form = FORMS.get(item.rule)
    if form is None or form.of_period is None:
        return np.array([_hundredths(item, counts, even=even) for counts in found.counts], np.int64)
    rule, params = form.of_period(item)
    a, b = (int(part.max(initial=0)) for part in (facts.a, facts.b))
    kind = object if work_type(reach(rule, params, a, b, 1)) is object else np.int64
    n, d = BY_CODE[rule](facts.a.astype(kind), facts.b.astype(kind), np.array(params, kind))
    return np.asarray(divide(n, d, even)).astype(np.int64)


def _hundredths(item: Item, counts: Mapping[str, str], *, even: bool) -> int:
    given = {key: Decimal(text) for key, text in counts.items()}
    return int(100 * points(item.rule, item.params, item.full, given, rounding=HALF_EVEN if even else HALF_UP))


def _quantities(item: Item, found: Gathered, year: Year, decimals: int) -> tuple[list[int], list[int]]:
    rule, form, nothing = RULES[item.rule], FORMS.get(item.rule), year.unmeasured
    if rule.by_period:
        best = 100 * rule.at_best(item.params, Fraction(item.full))
        sums, measured = year.period_points, year.declared - year.silent
        return np.where(nothing, best.numerator, sums).tolist(), np.where(nothing, best.denominator, measured).tolist()
    rows = range(len(nothing))
    if form is None:
        counted = totals(len(nothing), zip(found.rows, found.counts, found.silent, strict=True))
        targets = [Decimal(found.targets.get(row, 0)) for row in rows]
        return by_definition(item, counted, targets, nothing.tolist())
    a, b = year.a.tolist(), [] if form.single else year.b.tolist()
    if rule.shared_out:
        b = [max(0, whole(found.targets.get(row, "0"), decimals)) for row in rows]
        a = [target if none else done for done, target, none in zip(a, b, nothing, strict=True)]
    if form.best and nothing.any():
        most, of = form.best(item)
        return _replaced(a, nothing, most), _replaced(b, nothing, of)
    return a, b


def _replaced(values: list[int], where: Ints, by: int) -> list[int]:
    return [by if there else value for value, there in zip(values, where.tolist(), strict=True)]


def _declared(item: Item, found: Gathered, year: Year) -> tuple[Ints | None, Ints | int]:
    """Not applicable: nothing was due, or all that was due was declared as such, or nothing was allotted; a contribution always applies."""
    rule, applies = RULES[item.rule], (year.silent < year.due) | (item.tool == "contribution")
    if rule.shared_out:
        applies &= np.array([Decimal(found.targets.get(row, 0)) > 0 for row in range(len(applies))], bool)
    due = np.maximum(year.due, 1)
    if rule.declared_part or rule.by_period:
        declared = np.where(year.due > 0, year.declared, 1)
    else:  # missing periods cost their part only where nothing could be measured in the others
        declared = np.where(year.unmeasured, year.declared, due)
    if not year.unmeasured.any() and not (rule.declared_part or rule.by_period):
        declared, due = np.ones(len(due), np.int64), np.ones(len(due), np.int64)
    if applies.all() and (declared == due).all():
        return None, 1
    one_due = int(due[0]) if (due == due[0]).all() else narrowest(due.tolist())
    return narrowest(np.where(applies, declared, -1).tolist(), np.int8), one_due


@lru_cache(maxsize=1 << 16)
def _decimals(text: str) -> int:
    exponent = Decimal(text).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
