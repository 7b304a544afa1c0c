"""What the second sentence of a standard (考核标准) says, compared with rule_params (data/README.md §三, 3)."""

from rules import PERCENT, RULES
from rules.standard import Difference
from services.targets.domain.indicators import Indicator


def check_standard(indicator: Indicator) -> list[Difference]:
    """Return where the second sentence says something else than the parameters; they must have passed their own checks."""
    second = indicator.standard.partition("。")[2]
    if not second:
        return [("考核标准应有第二句，写明计分办法", "the standard lacks its second sentence, how points are given")]
    rule, percent = RULES[indicator.rule], indicator.measure_unit == PERCENT
    return list(rule.standard_differences(second, indicator.rule_params, percent=percent))
