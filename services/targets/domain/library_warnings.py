"""What lets a library through but deserves a second look (data/README.md §三, 4 and 6)."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from services.targets.domain.faults import Fault
from services.targets.domain.indicators import Indicator

_LOW, _HIGH = Decimal("0.9"), Decimal("1.2")


def warn_targets(indicators: Sequence[Indicator], cycle: str) -> list[Fault]:
    """Only rows whose parameters passed their checks may be asked."""
    column, last = f"target_{cycle}", str(int(cycle) - 1)
    return [
        Fault("indicators", indicator.row, column, code, zh, en)
        for indicator in indicators
        if indicator.target is not None
        for code, zh, en in _doubts(indicator, indicator.target, indicator.history.get(last))
    ]


def warn_capacity(indicators: Sequence[Indicator], headcounts: Mapping[str, int]) -> list[Fault]:
    """Targets that the present staff cannot carry; ``headcounts``: scored staff by line, and of all as ``all``."""
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


def _doubts(indicator: Indicator, target: Decimal, last: Decimal | None) -> Iterator[tuple[str, str, str]]:
    if indicator.rule == "tier":
        yield from _tier_doubts(indicator, target, last)
    elif indicator.rule == "ratio" and last and not _LOW * last <= target <= _HIGH * last:
        yield (
            "target.jump",
            "目标不在上年实绩的 0.9～1.2 倍之间",
            "the target is not within 0.9 to 1.2 of last year's result",
        )
    elif indicator.rule == "deduct" and last is not None and target > last:
        yield "target.worse", "管控数高于上年实绩", "the limit is above last year's number"
    elif indicator.rule == "veto" and target:
        yield "target.veto", "否决项目标应为0", "a veto's target is 0"


def _tier_doubts(indicator: Indicator, target: Decimal, last: Decimal | None) -> Iterator[tuple[str, str, str]]:
    best = Decimal(indicator.rule_params["steps"][0][0])
    if target != best:
        yield "target.not_best_step", f"目标应等于满分档界限 {best}", f"the target differs from the best step, {best}"
    lower = indicator.rule_params["direction"] == "lower"
    if last is not None and (target > last if lower else target < last):
        yield "target.worse", "目标差于上年实绩", "the target is worse than last year's result"
