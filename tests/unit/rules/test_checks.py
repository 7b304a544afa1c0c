"""Wrong parameters and wrong quantities are named, each with its place."""

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rules import GRADES, RULES, check_counts, check_params

LIBRARY = Path(__file__).parents[3] / "data" / "reference" / "indicators.csv"
SOUND: dict[str, dict[str, Any]] = {
    "ratio": {"cap": "1.0"},
    "deduct": {"per": {"late": "0.5", "early": "0.5"}},
    "accumulate": {"per": "3", "cap": "9"},
    "tier": {"direction": "higher", "steps": [["0.9", "1.0"], ["0.8", "0.5"]]},
    "grade": {"values": dict(zip(GRADES, ["1", "0.85", "0.7", "0.6", "0.4"], strict=True))},
    "checklist": {"items": ["甲", "乙"]},
    "veto": {},
}


def test_every_indicator_of_the_reference_library_passes() -> None:
    with LIBRARY.open(encoding="utf-8", newline="") as sheet:
        rows = list(csv.DictReader(sheet))
    faults = {
        row["code"]: check_params(row["rule"], json.loads(row["rule_params"]), row["full_points"]) for row in rows
    }
    assert len(faults) == 250
    assert {code: found for code, found in faults.items() if found} == {}


@pytest.mark.parametrize("rule", RULES)
def test_sound_parameters_have_no_fault(rule: str) -> None:
    assert check_params(rule, SOUND[rule], "0" if rule == "veto" else "9") == []


@pytest.mark.parametrize(
    ("rule", "params", "full", "code", "path"),
    [
        ("guess", {}, "5", "rule.unknown", "rule"),
        ("ratio", [], "5", "rule.params", ""),
        ("ratio", {"cap": "1"}, "0", "rule.full_points", "full_points"),
        ("ratio", {"cap": "1"}, "five", "rule.full_points", "full_points"),
        ("veto", {}, "1", "rule.full_points", "full_points"),
        ("veto", {"cap": "1"}, "0", "rule.param_unknown", "cap"),
        ("ratio", {}, "5", "rule.param_missing", "cap"),
        ("ratio", {"cap": 1.0}, "5", "rule.number", "cap"),
        ("ratio", {"cap": "1e999999999"}, "5", "rule.number", "cap"),
        ("ratio", {"cap": "NaN"}, "5", "rule.number", "cap"),
        ("deduct", {"per": {}}, "5", "rule.param_missing", "per"),
        ("deduct", {"per": {"late": "-1"}}, "5", "rule.number", "per.late"),
        ("accumulate", {"per": "3", "cap": "8"}, "9", "rule.cap_not_full", "cap"),
        ("tier", {"direction": "up", "steps": [["1", "1"]]}, "5", "rule.direction", "direction"),
        ("tier", {"direction": "higher", "steps": []}, "5", "rule.steps", "steps"),
        ("tier", {"direction": "higher", "steps": [["1"]]}, "5", "rule.step", "steps.0"),
        ("tier", {"direction": "higher", "steps": [["1", "1.5"]]}, "5", "rule.share", "steps.0.1"),
        ("tier", {"direction": "higher", "steps": [["0.8", "1"], ["0.9", "0.5"]]}, "5", "rule.step_order", "steps.1"),
        ("tier", {"direction": "lower", "steps": [["2", "1"], ["1", "0.5"]]}, "5", "rule.step_order", "steps.1"),
        ("grade", {"values": {"优": "1"}}, "5", "rule.grades", "values"),
        ("grade", {"values": dict.fromkeys(GRADES, "2")}, "5", "rule.share", "values.优"),
        ("grade", {"values": {**SOUND["grade"]["values"], "差": "1"}}, "5", "rule.grade_order", "values"),
        ("checklist", {"items": ["甲", "甲"]}, "5", "rule.items", "items"),
    ],
)
def test_a_wrong_parameter_is_named_with_its_place(rule: str, params: Any, full: str, code: str, path: str) -> None:
    assert (code, path) in [(fault.code, fault.path) for fault in check_params(rule, params, full)]


@pytest.mark.parametrize(
    ("rule", "counts", "code"),
    [
        ("ratio", {}, "counts.missing"),
        ("ratio", {"count": "1"}, "counts.unknown"),
        ("ratio", {"done": "-1"}, "counts.number"),
        ("deduct", {"missing": "1"}, "counts.unknown"),
        ("tier", {"numerator": "1"}, "counts.missing"),
        ("tier", {"numerator": "1", "denominator": "0"}, "counts.denominator"),
        ("grade", {"优": "1.5"}, "counts.whole"),
        ("checklist", {"done": "3"}, "counts.too_many"),
        ("veto", {"count": "0.5"}, "counts.whole"),
    ],
)
def test_a_wrong_quantity_is_named(rule: str, counts: dict[str, str], code: str) -> None:
    quantities = {key: Decimal(value) for key, value in counts.items()}
    assert code in [fault.code for fault in check_counts(rule, SOUND[rule], quantities)]


@pytest.mark.parametrize(
    ("rule", "counts"),
    [
        ("ratio", {"done": Decimal("3.5")}),
        ("deduct", {"late": Decimal(0)}),
        ("accumulate", {"count": Decimal(2)}),
        ("tier", {"numerator": Decimal(0), "denominator": Decimal(0)}),
        ("grade", {"优": Decimal(2), "差": Decimal(1)}),
        ("checklist", {"done": Decimal(2)}),
        ("veto", {"count": Decimal(1)}),
    ],
)
def test_sound_quantities_pass(rule: str, counts: dict[str, Decimal]) -> None:
    assert check_counts(rule, SOUND[rule], counts) == []
