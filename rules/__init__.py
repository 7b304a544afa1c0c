"""The seven scoring rules of data/README.md §2: a shared kernel of targets, declarations and scoring.

Pure standard library, exact numbers, one file per rule. The quantities (``counts``) that each rule works on:

    ratio {"done"}   deduct, accumulate {"count"} or the keys of ``per``   tier {"numerator", "denominator"}
    grade {"优", "好", "一般", "可以", "差"} -> votes   checklist {"done"}   veto {"count"}
"""

from rules.faults import RuleFault
from rules.grade import ADJUSTED, GRADES
from rules.numbers import HALF_EVEN, HALF_UP, ROUNDINGS, rounded
from rules.scoring import (
    QUANTITIES,
    RULES,
    add_counts,
    check_counts,
    check_params,
    counted,
    exact_points,
    explain,
    in_words,
    not_applicable,
    ordered,
    points,
)

__all__ = [
    "ADJUSTED",
    "GRADES",
    "HALF_EVEN",
    "HALF_UP",
    "QUANTITIES",
    "ROUNDINGS",
    "RULES",
    "RuleFault",
    "add_counts",
    "check_counts",
    "check_params",
    "counted",
    "exact_points",
    "explain",
    "in_words",
    "not_applicable",
    "ordered",
    "points",
    "rounded",
]
