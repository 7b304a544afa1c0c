"""The schema of a rule's parameters is true: what it lets through the rule takes, and what it refuses the rule refuses."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from rules import GRADES, check_params
from services.targets.domain.params import read_params
from services.targets.domain.rule_schemas import SCHEMAS, rule_documents

LIBRARY = Path(__file__).resolve().parents[3] / "data" / "reference" / "indicators.csv"
BETWEEN = {"rule.step_order", "rule.grade_order", "rule.cap_not_full"}  # of values to one another
FULL = "5"
CHECKS = {rule: Draft202012Validator(schema) for rule, schema in SCHEMAS.items()}

numbers = st.one_of(
    st.sampled_from(["0", "0.0", "00", "1", "1.0", "1.000001", "0.85", "5", "-1", "-0", "12", "0.000001", "100.5"]),
    st.decimals(min_value=-2, max_value=20, places=3).map(str),
)
values = numbers | st.sampled_from([None, True, "", " ", "甲", [], {}, ["1"], "1e3"])
tables = st.dictionaries(st.sampled_from(["late", "early", "national", "other", "自定"]), values, max_size=3)
steps = st.lists(st.lists(values, min_size=1, max_size=3), max_size=3)
graded = st.dictionaries(st.sampled_from([*GRADES, "优秀"]), values, max_size=6) | st.fixed_dictionaries(
    dict.fromkeys(GRADES, numbers)
)
things = st.lists(st.sampled_from(["甲", "乙", " ", "", "丙"]), max_size=3)
params = st.fixed_dictionaries(
    {},
    optional={
        "cap": values,
        "per": values | tables,
        "direction": st.sampled_from(["higher", "lower", "up", None]),
        "steps": steps | values,
        "values": graded | values,
        "items": things | values,
        "extra": values,
    },
)
OWN = {
    "ratio": ("cap",),
    "deduct": ("per",),
    "accumulate": ("per", "cap"),
    "tier": ("direction", "steps"),
    "grade": ("values",),
    "checklist": ("items",),
    "veto": (),
}


def faults(rule: str, given: dict[str, Any]) -> set[str]:
    return {one.code for one in check_params(rule, given, "0" if rule == "veto" else FULL)} - BETWEEN


@pytest.mark.parametrize("rule", SCHEMAS)
@given(given=params, own=st.booleans())
@settings(max_examples=300, deadline=None)
def test_schema_and_rule_agree(rule, given, own):
    """Half of the examples hold nothing but the rule's own parameters, so that many of them are right."""
    told = {name: value for name, value in given.items() if name in OWN[rule] or not own}
    if "1e3" in json.dumps(told):
        return  # refused before the rule sees it (domain/params.py)
    assert CHECKS[rule].is_valid(told) == (not faults(rule, told))


@pytest.mark.parametrize("rule", SCHEMAS)
def test_the_reference_library_fits(rule):
    rows = [row for row in csv.DictReader(LIBRARY.read_text("utf-8").splitlines()) if row["rule"] == rule]
    assert all(CHECKS[rule].is_valid(read_params(row["rule_params"])) for row in rows)


def test_every_schema_is_one():
    for one in rule_documents():
        Draft202012Validator.check_schema(one["params_schema"])
