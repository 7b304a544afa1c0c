"""Every kind of fault in a library has its stable code, its row and its column (data/README.md §一 to §三)."""

import json
from collections import Counter
from decimal import Decimal

import pytest

from services.targets.domain.library_warnings import warn_capacity, warn_targets
from tests.unit.targets.reference import as_csv, library, row_of, rows, sheet, spoiled

STEPS_UPSIDE_DOWN = '{"direction":"higher","steps":[["0.75","0.5"],["0.95","1.0"]]}'


def places(data: bytes) -> set[tuple[str, int, str]]:
    return {(fault.code, fault.row, fault.column) for fault in library(data)[1]}


def test_the_reference_library_has_no_fault_and_no_doubt():
    indicators, faults = library(sheet("indicators"))
    assert faults == []
    assert warn_targets(indicators, "2026") == []
    assert Counter(one.rule for one in indicators) == {
        "ratio": 82,
        "deduct": 40,
        "accumulate": 14,
        "tier": 78,
        "grade": 11,
        "checklist": 16,
        "veto": 9,
    }


@pytest.mark.parametrize(
    ("code", "cells", "fault", "column"),
    [
        ("03-02-01", {"code": "3-2-1"}, "code.form", "code"),
        ("03-02-02", {"code": "03-02-01"}, "code.duplicate", "code"),
        ("03-02-02", {"name": "政务信息采用"}, "name.duplicate", "name"),
        ("03-02-01", {"name": ""}, "cell.required", "name"),
        ("03-02-01", {"level1": "政务"}, "level.name", "level1"),
        ("03-02-02", {"level2": "别的"}, "level.name", "level2"),
        ("03-02-01", {"category": "special"}, "cell.choice", "category"),
        ("03-02-02", {"category": "additional"}, "level2.mixed", "category"),
        ("04-01-02", {"line": "routine_supervision"}, "level2.mixed", "line"),
        ("03-02-01", {"line": "access"}, "line.category", "line"),
        ("04-01-01", {"line": "all"}, "line.category", "line"),
        ("03-02-01", {"nature": "odd"}, "cell.choice", "nature"),
        ("03-02-01", {"tool": "magic"}, "cell.choice", "tool"),
        ("03-02-01", {"tool": "contribution"}, "tool.category", "tool"),
        ("03-02-01", {"tool": "subjective"}, "rule.tool", "rule"),
        ("03-02-01", {"layers": "division|division"}, "layers.unknown", "layers"),
        ("03-02-01", {"layers": "county"}, "layers.unknown", "layers"),
        ("03-02-01", {"frequency": "daily"}, "cell.choice", "frequency"),
        ("03-02-01", {"source": "rumour"}, "cell.choice", "source"),
        ("03-02-01", {"source": "attendance"}, "figure.missing", "source"),
        ("02-01-01", {"source": "declared"}, "figure.unexpected", "source"),
        ("02-01-01", {"source": "complaints"}, "figure.missing", "source"),
        ("03-02-01", {"full_points": "-4"}, "cell.number", "full_points"),
        ("03-02-01", {"full_points": "4.25"}, "cell.decimals", "full_points"),
        ("03-02-01", {"full_points": "1e3"}, "cell.number", "full_points"),
        ("03-02-01", {"full_points": "四"}, "cell.number", "full_points"),
        ("03-02-01", {"full_points": "0"}, "rule.full_points", "full_points"),
        ("01-03-01", {"full_points": "1"}, "rule.full_points", "full_points"),
        ("03-02-01", {"rule": "luck"}, "cell.choice", "rule"),
        ("03-02-01", {"rule_params": "{}"}, "rule.param_missing", "rule_params"),
        ("03-02-01", {"rule_params": '{"cap":"1.0"'}, "params.json", "rule_params"),
        ("03-02-01", {"rule_params": '["cap"]'}, "params.json", "rule_params"),
        ("03-02-01", {"rule_params": '{"cap":NaN}'}, "params.json", "rule_params"),
        ("03-02-01", {"rule_params": '{"cap":"1","cap":"2"}'}, "params.key", "rule_params"),
        ("03-02-01", {"rule_params": '{"cap":"1e999999999"}'}, "params.number", "rule_params"),
        ("03-02-01", {"rule_params": '{"cap":"1.0","floor":"0"}'}, "rule.param_unknown", "rule_params"),
        ("01-01-02", {"rule_params": STEPS_UPSIDE_DOWN}, "rule.step_order", "rule_params"),
        ("11-01-03", {"rule_params": '{"per":"2","cap":"9"}'}, "rule.cap_not_full", "rule_params"),
        ("03-02-01", {"assessor": "气象科"}, "assessor.unknown", "assessor"),
        ("03-02-01", {"target_2026": ""}, "target.missing", "target_2026"),
        ("03-02-01", {"target_2026": "0"}, "target.zero", "target_2026"),
        ("03-02-01", {"target_2026": "420.5"}, "count.whole", "target_2026"),
        ("01-01-02", {"history_2024": "91.8"}, "percent.range", "history_2024"),
        ("03-02-01", {"per_person_cap": ""}, "cap.missing", "per_person_cap"),
        ("03-02-01", {"per_person_cap": "0"}, "cap.missing", "per_person_cap"),
        ("03-02-02", {"per_person_cap": "8"}, "cap.unexpected", "per_person_cap"),
        ("03-02-01", {"per_person_cap": "7.5"}, "count.whole", "per_person_cap"),
        ("01-01-02", {"target_2026": "0.96"}, "target.not_best_step", "target_2026"),
        ("01-03-01", {"target_2026": "1"}, "target.veto", "target_2026"),
    ],
)
def test_a_spoiled_cell_is_found_where_it_stands(code, cells, fault, column):
    assert (fault, row_of("indicators", code), column) in places(spoiled("indicators", code, **cells))


def test_a_sum_that_is_not_100_names_category_line_and_layer():
    _, faults = library(spoiled("indicators", "04-01-01", full_points="7.9"))
    assert {fault.code for fault in faults} == {"sum.not_100"}
    assert [fault.zh for fault in faults] == [
        f"专业类·资质准入口·{layer}满分合计为 99.9，应为 100" for layer in ("机关科室", "工商所", "个人")
    ]


def test_a_missing_row_shows_as_a_gap_and_in_the_sums():
    table = [row for row in rows("indicators") if row["code"] != "04-01-03"]
    found = places(as_csv(table))
    place = next(number for number, row in enumerate(table, start=2) if row["code"] == "04-01-04")
    assert ("code.gap", place, "code") in found
    assert any(code == "sum.not_100" for code, _, _ in found)


@pytest.mark.parametrize("lost", ["01", "06", "03-03"])
def test_a_whole_level_that_is_missing_shows_as_a_gap(lost):
    table = [row for row in rows("indicators") if not row["code"].startswith(lost)]
    assert "code.gap" in {code for code, _, _ in places(as_csv(table))}


def test_the_order_of_rows_does_not_matter():
    table = rows("indicators")
    assert library(as_csv(table[::-1]))[1] == []


def test_many_faults_are_all_told_at_once():
    table = rows("indicators")
    for row in table:
        row["assessor"] = "无此科"
    assert sum(code == "assessor.unknown" for code, _, _ in places(as_csv(table))) == 250


def test_numbers_in_params_stay_text_however_they_were_written():
    standard = "通过信息网报送并被采用的信息。按完成数与分解目标之比计分，完成比例最高计110%。"
    indicators, faults = library(spoiled("indicators", "03-02-01", rule_params='{"cap": 1.10}', standard=standard))
    assert faults == []
    assert next(one for one in indicators if one.indicator == "03-02-01").rule_params == {"cap": "1.10"}


@pytest.mark.parametrize(
    ("code", "cells", "doubt"),
    [
        ("01-01-02", {"history_2025": "0.99"}, "target.worse"),
        ("08-01-05", {"history_2025": "0.5"}, "target.worse"),
        ("03-02-01", {"target_2026": "900"}, "target.jump"),
        ("02-01-01", {"target_2026": "99999"}, "target.worse"),
    ],
)
def test_a_doubtful_target_is_a_warning_and_no_fault(code, cells, doubt):
    indicators, faults = library(spoiled("indicators", code, **cells))
    assert faults == []
    found = [(warning.code, warning.row, warning.column) for warning in warn_targets(indicators, "2026")]
    assert found == [(doubt, row_of("indicators", code), "target_2026")]


def test_too_few_staff_for_a_target_are_a_warning():
    indicators, _ = library(sheet("indicators"))
    enough = {
        "all": 120,
        "access": 18,
        "routine_supervision": 40,
        "special_supervision": 36,
        "enforcement_support": 20,
        "association_guidance": 14,
    }
    assert warn_capacity(indicators, enough) == []
    short = {warning.row for warning in warn_capacity(indicators, {**enough, "access": 2})}
    capped = {
        one.row
        for one in indicators
        if one.line == "access" and one.per_person_cap and one.per_person_cap * 2 < (one.target or 0)
    }
    assert short == capped != set()


def test_params_are_kept_whole():
    indicators, _ = library(sheet("indicators"))
    by_code = {one.indicator: one for one in indicators}
    for row in rows("indicators"):
        assert by_code[row["code"]].rule_params == json.loads(row["rule_params"])
        assert by_code[row["code"]].full_points == Decimal(row["full_points"])
