"""The seven scoring rules of data/README.md §2: a shared kernel of targets, declarations and scoring, and of the words and contracts.

Pure standard library, exact numbers, one file per rule, one table of them (scoring.py): whoever needs to know something of a rule
asks ``RULES[code]`` (rule.py says what can be asked), and none compares its code (docs/decisions/0332).
"""

from rules.counting import COUNT, per_table
from rules.faults import RuleFault
from rules.grade import ADJUSTED, GRADES
from rules.numbers import HALF_EVEN, HALF_UP, ROUNDINGS, rounded
from rules.rule import Quantity, Rule
from rules.scoring import (
    PERCENT,
    QUANTITIES,
    RULES,
    SHARED_OUT,
    STRIKING,
    add_counts,
    check_counts,
    check_params,
    counted,
    exact_points,
    explain,
    explain_by_kinds,
    in_words,
    not_applicable,
    points,
    rate_faults,
    why_not_applicable,
)

__all__ = [
    "ADJUSTED",
    "COUNT",
    "GRADES",
    "HALF_EVEN",
    "HALF_UP",
    "PERCENT",
    "QUANTITIES",
    "ROUNDINGS",
    "RULES",
    "SHARED_OUT",
    "STRIKING",
    "Quantity",
    "Rule",
    "RuleFault",
    "add_counts",
    "check_counts",
    "check_params",
    "counted",
    "exact_points",
    "explain",
    "explain_by_kinds",
    "in_words",
    "not_applicable",
    "per_table",
    "points",
    "rate_faults",
    "rounded",
    "why_not_applicable",
]
