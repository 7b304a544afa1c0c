import time

import pytest

from services.targets.domain.faults import Fault
from shared.errors import Conflict, Forbidden, Invalid
from tests.component.targets.world import CYCLE, LIBRARY, World, sheets, staff_actor
from tests.unit.targets.reference import as_csv, as_xlsx, rows, spoiled


def take(world: World, **changed: bytes):
    return world.call("import_library", cycle=CYCLE, sheets=sheets(*LIBRARY, **changed))


def test_the_reference_library_is_taken_in_well_under_a_second(draft_cycle: World):
    started = time.process_time()
    report = take(draft_cycle)
    assert time.process_time() - started < 1
    assert report["counts"] == {"level1": 11, "level2": 41, "level3": 250}
    assert (report["errors"], report["warnings"], report["library_revision"]) == ([], [], 1)


def test_publishing_tells_the_cycle_and_every_indicator(drafted: World):
    drafted.clear_outbox()
    cycle = drafted.call("publish_library", cycle=CYCLE)
    assert (cycle["library_revision"], cycle["model_revision"], cycle["status"]) == (1, 1, "draft")
    (state,) = drafted.states("CycleChanged")
    assert state["weights"]["person"]["special_supervision"]["professional"] == "0.51"
    assert state["composite"]["person"] == {"personal": "0.5", "unit": "0.3", "bureau": "0.2"}
    indicators = {one["indicator"]: one for one in drafted.states("IndicatorChanged")}
    assert len(indicators) == 250
    assert {one["revision"] for one in indicators.values()} == {1}
    late = indicators["02-01-01"]
    assert (late["figure"], late["assessor"], late["target"]) == ("late_early", "D10", "300")
    assert late["rule_params"] == {"per": {"late": "0.5", "early": "0.5"}}
    assert sum(one["figure"] is not None for one in indicators.values()) == 18


def test_workbooks_make_the_same_library_as_csv(draft_cycle: World):
    take(draft_cycle)
    from_csv = draft_cycle.pages("list_indicators", cycle=CYCLE)
    take(draft_cycle, **{name: as_xlsx(rows(name)) for name in LIBRARY})
    assert draft_cycle.pages("list_indicators", cycle=CYCLE) == from_csv


def test_a_broken_library_changes_nothing_and_tells_sheet_row_and_column(draft_cycle: World):
    take(draft_cycle)
    before = draft_cycle.pages("list_indicators", cycle=CYCLE)
    table = rows("models")
    table[0]["common"] = "0.24"
    broken = spoiled("indicators", "03-02-01", assessor="气象科", full_points="4.5")
    with pytest.raises(Invalid, match="library.invalid") as refused:
        take(draft_cycle, indicators=broken, models=as_csv(table))
    found = {(one["sheet"], one["row"], one["column"], one["code"]) for one in refused.value.errors}
    row = next(number for number, one in enumerate(rows("indicators"), start=2) if one["code"] == "03-02-01")
    assert ("indicators", row, "assessor", "assessor.unknown") in found
    assert ("models", 2, "layer", "weight.sum") in found
    assert any(one[3] == "sum.not_100" for one in found)
    assert all(one["zh"] and one["en"] for one in refused.value.errors)
    assert draft_cycle.pages("list_indicators", cycle=CYCLE) == before


def test_a_dry_run_tells_the_same_faults_and_stores_nothing(draft_cycle: World):
    broken = spoiled("indicators", "03-02-01", assessor="气象科")
    given = sheets(*LIBRARY, indicators=broken)
    report = draft_cycle.call("import_library", cycle=CYCLE, sheets=given, dry_run=True)
    assert not report["applied"]
    assert [one["code"] for one in report["errors"]] == ["assessor.unknown"]
    assert [(one["sheet_name"], one["column_name"]) for one in report["errors"]] == [("指标库", "核评科室")]
    assert draft_cycle.count("indicators") == 0


def test_a_fault_names_its_column_as_the_sheet_does_a_year_too(draft_cycle: World):
    given = sheets(*LIBRARY, indicators=spoiled("indicators", "03-02-01", history_2024="很多", target_2026="不少"))
    report = draft_cycle.call("import_library", cycle=CYCLE, sheets=given, dry_run=True)
    told = {one["column"]: one["column_name"] for one in report["errors"]}
    assert told == {"history_2024": "2024年实绩", "target_2026": "2026年目标"}
    assert Fault("indicators", 0, "column", "x", "", "").told["column_name"] == "column"


def test_models_are_needed_once_and_kept_afterwards(draft_cycle: World):
    with pytest.raises(Invalid) as refused:
        draft_cycle.call("import_library", cycle=CYCLE, sheets=sheets("indicators"))
    assert {(one["sheet"], one["code"]) for one in refused.value.errors} >= {
        ("models", "sheet.missing"),
        ("composite", "sheet.missing"),
        ("indicators", "figure.missing"),
    }
    take(draft_cycle)
    assert draft_cycle.call("import_library", cycle=CYCLE, sheets=sheets("indicators"))["applied"]


def test_a_published_library_never_changes_and_the_next_one_stands_above_it(drafted: World):
    drafted.call("publish_library", cycle=CYCLE)
    first = drafted.pages("list_indicators", cycle=CYCLE)
    take(drafted, indicators=spoiled("indicators", "03-02-01", name="政务信息被采用"))
    assert drafted.pages("list_indicators", cycle=CYCLE) == first
    drafted.clear_outbox()
    cycle = drafted.call("publish_library", cycle=CYCLE)
    assert (cycle["library_revision"], cycle["model_revision"]) == (2, 1)
    assert drafted.pages("list_indicators", cycle=CYCLE, library_revision=1) == first
    changed = drafted.call("get_indicator", cycle=CYCLE, indicator="03-02-01")
    assert (changed["name"], changed["library_revision"]) == ("政务信息被采用", 2)
    assert {one["revision"] for one in drafted.states("IndicatorChanged")} == {2}


def test_an_indicator_that_is_gone_is_told_as_inactive(drafted: World):
    drafted.call("publish_library", cycle=CYCLE)
    table = rows("indicators")
    gone = next(row for row in table if row["code"] == "03-02-03")
    kept = next(row for row in table if row["code"] == "03-02-02")
    last = [row["code"] for row in table if row["code"].startswith("03-02")][-1]
    kept["full_points"] = str(int(kept["full_points"]) + int(gone["full_points"]))
    table.remove(gone)
    for number, row in enumerate((row for row in table if row["code"].startswith("03-02")), start=1):
        row["code"] = f"03-02-{number:02d}"
    take(drafted, indicators=as_csv(table))
    drafted.clear_outbox()
    drafted.call("publish_library", cycle=CYCLE)
    inactive = [one for one in drafted.states("IndicatorChanged") if not one["active"]]
    assert [(one["indicator"], one["revision"]) for one in inactive] == [(last, 2)]


def test_nothing_is_published_twice_nor_without_a_draft(draft_cycle: World):
    with pytest.raises(Conflict, match="library.no_draft"):
        draft_cycle.call("publish_library", cycle=CYCLE)
    take(draft_cycle)
    draft_cycle.call("publish_library", cycle=CYCLE)
    with pytest.raises(Conflict, match="library.no_draft"):
        draft_cycle.call("publish_library", cycle=CYCLE)


def test_a_draft_is_not_for_everyone_the_published_library_is(drafted: World):
    clerk = staff_actor("P0030")
    with pytest.raises(Forbidden):
        drafted.pages("list_indicators", clerk, cycle=CYCLE)
    drafted.call("publish_library", cycle=CYCLE)
    assert len(drafted.pages("list_indicators", clerk, cycle=CYCLE)) == 250
    assert len(drafted.pages("list_indicators", clerk, cycle=CYCLE, layer="person", line="access")) == 15
