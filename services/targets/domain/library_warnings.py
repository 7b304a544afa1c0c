"""What lets a library through but deserves a second look (data/README.md §三, 4 and 6)."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from rules import RULES
from services.targets.domain.faults import Fault
from services.targets.domain.indicators import Indicator

_LOW, _HIGH = Decimal("0.9"), Decimal("1.2")
_HEAVY = 3  # times the mean of its category × line × layer; the reference's heaviest is 2.3 times


def warn_targets(indicators: Sequence[Indicator], cycle: str) -> list[Fault]:
    """Warn of targets; only rows whose parameters passed their checks may be asked."""
    column, last = f"target_{cycle}", str(int(cycle) - 1)
    return [
        Fault("indicators", indicator.row, column, code, zh, en)
        for indicator in indicators
        if indicator.target is not None
        for code, zh, en in _doubts(indicator, indicator.target, indicator.history.get(last))
    ]


def warn_capacity(indicators: Sequence[Indicator], headcounts: Mapping[str, int]) -> list[Fault]:
    """Warn of targets that the present staff cannot carry; ``headcounts``:
    scored staff by line, and of all as ``all``."""
    return [
        Fault(
            "indicators",
            indicator.row,
            "per_person_cap",
            "cap.too_small",
            f"在岗 {staff} 人按上限最多承担 {staff * cap}，少于目标 {target}",
            f"{staff} people can take {staff * cap} at most, the target is {target}",
        )
        for indicator in indicators
        if (cap := indicator.per_person_cap) is not None and (target := indicator.target) is not None
        if (staff := headcounts.get(indicator.line, 0)) * cap < target
    ]


def warn_heavy(indicators: Sequence[Indicator]) -> list[Fault]:
    """Warn of items that weigh so much in a layer that the others hardly count."""
    groups: dict[tuple[str, str, str], list[Indicator]] = {}
    for one in indicators:
        if one.full_points:
            for layer in one.layers:
                groups.setdefault((one.category, one.line, layer), []).append(one)
    heavy = {
        one.indicator: one
        for group in groups.values()
        for bound in [_HEAVY * sum((one.full_points for one in group), Decimal(0)) / len(group)]
        for one in group
        if one.full_points > bound
    }
    zh, en = (
        "满分超过同组平均的 3 倍，其他指标难以起作用",
        "more than 3 times the mean of its group: others hardly count",
    )
    return [Fault("indicators", one.row, "full_points", "item.heavy", zh, en) for one in heavy.values()]


def warn_grades(indicators: Sequence[Indicator], values: Mapping[str, Decimal]) -> list[Fault]:
    """Warn of evaluations whose grades are worth something else than the model says."""
    if not values:
        return []
    told = "、".join(f"{grade} {value}" for grade, value in values.items())
    return [
        Fault(
            "indicators",
            one.row,
            "rule_params",
            "grade.values",
            f"等次系数与模型（{told}）不同",
            "not the model's grades",
        )
        for one in indicators
        for own in [RULES[one.rule].grades(one.rule_params)]
        if own is not None and {key: Decimal(str(value)) for key, value in own.items()} != values
    ]


def _doubts(indicator: Indicator, target: Decimal, last: Decimal | None) -> Iterator[tuple[str, str, str]]:
    rule, params = RULES[indicator.rule], indicator.rule_params
    if rule.best_target(params) is not None:
        if last is not None and (target < last if rule.higher_is_better(params) else target > last):
            yield "target.worse", "目标差于上年实绩", "the target is worse than last year's result"
    elif rule.shared_out and last and not _LOW * last <= target <= _HIGH * last:
        yield (
            "target.jump",
            "目标不在上年实绩的 0.9～1.2 倍之间",
            "the target is not within 0.9 to 1.2 of last year's result",
        )
    elif rule.less_is_better and last is not None and target > last:
        yield "target.worse", "管控数高于上年实绩", "the limit is above last year's number"
