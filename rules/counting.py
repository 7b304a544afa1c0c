"""Checks that several rules share: of numbers in the parameters, and of the quantities that were counted."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rules.faults import RuleFault
from rules.numbers import exact, is_number

COUNT = "count"  # what is counted where there are no kinds
Counts = Mapping[str, Decimal]
Params = Mapping[str, Any]


def keys_faults(params: Params, expected: Collection[str]) -> Iterable[RuleFault]:
    for key in sorted(set(expected) - set(params)):
        yield RuleFault("rule.param_missing", key, f"缺少参数 {key}", f"the parameter {key} is missing")
    for key in sorted(set(params) - set(expected)):
        yield RuleFault(
            "rule.param_unknown", key, f"多余的参数 {key}", f"the parameter {key} does not belong to the rule"
        )


def positive_faults(value: Any, path: str) -> Iterable[RuleFault]:
    if not is_number(value) or exact(value) <= 0:
        yield RuleFault("rule.number", path, f"{path} 应为大于 0 的数", f"{path} must be a number above 0")


def share_faults(value: Any, path: str) -> Iterable[RuleFault]:
    if not is_number(value) or not 0 <= exact(value) <= 1:
        yield RuleFault("rule.share", path, f"{path} 应在 0 与 1 之间", f"{path} must lie between 0 and 1")


def per_faults(per: Any, path: str) -> Iterable[RuleFault]:
    """Find the faults of ``per``: it is one number, or a number for each key (data/README.md, 对照键)."""
    if not isinstance(per, Mapping):
        yield from positive_faults(per, path)
    elif not per:
        yield RuleFault("rule.param_missing", path, "对照表不能为空", "the table must not be empty")
    else:
        for key, value in per.items():
            yield from positive_faults(value, f"{path}.{key}")


def per_in_words(params: Params, verb: str, names: Mapping[str, str]) -> str:
    """Say ``per`` in words: ``每次扣 0.5 分``, or the same for each key of the table."""
    per = params["per"]
    if not isinstance(per, Mapping):
        return f"每次{verb} {per} 分"
    return "、".join(f"{names.get(key, key)}每次{verb} {per[key]} 分" for key in in_order(per, names))


def in_order(keys: Iterable[str], names: Iterable[str]) -> list[str]:
    """Return them in the order of ``names``, unknown ones last: stored JSON keeps no order."""
    given, known = set(keys), list(names)
    return [key for key in known if key in given] + sorted(given.difference(known))


def by_kinds(params: Params) -> bool:
    """Tell whether each kind has its own points."""
    return isinstance(params.get("per"), Mapping)


def per_table(params: Params) -> Mapping[str, Any]:
    """Return what one of each kind is worth; where there are no kinds, of ``count``."""
    per = params["per"]
    return per if isinstance(per, Mapping) else {COUNT: per}


def per_keys(params: Params) -> tuple[str, ...]:
    """Return the quantities that a rule with ``per`` counts."""
    return tuple(per_table(params))


def per_terms(params: Params, counts: Counts) -> list[tuple[Fraction, Fraction]]:
    """Return (times, points each) for every key; a key that was not counted stands for 0 times."""
    return [(quantity(counts, key), exact(each)) for key, each in per_table(params).items()]


def quantity(counts: Counts, key: str) -> Fraction:
    return exact(counts.get(key, 0))


def count_faults(counts: Counts, allowed: Collection[str], *, whole: bool = False) -> Iterable[RuleFault]:
    """Find the faults of counts: some allowed quantity must be given, none other, none
    negative, and ``whole`` ones without decimals."""
    if not counts:
        yield RuleFault("counts.missing", "", "没有填写数量", "no quantity is given")
    for key, value in counts.items():
        if key not in allowed:
            yield RuleFault("counts.unknown", key, f"该规则没有数量 {key}", f"the rule has no quantity {key}")
        elif not is_number(value) or exact(value) < 0:
            yield RuleFault("counts.number", key, f"{key} 应为不小于 0 的数", f"{key} must be a number, 0 or more")
        elif whole and exact(value).denominator != 1:
            yield RuleFault("counts.whole", key, f"{key} 应为整数", f"{key} must be a whole number")


def required_faults(counts: Counts, required: Collection[str]) -> Iterable[RuleFault]:
    for key in required:
        if counts and key not in counts:
            yield RuleFault("counts.missing", key, f"缺少数量 {key}", f"the quantity {key} is missing")
