import time

import pytest

from shared.audit import verify
from shared.errors import Conflict, Forbidden, Invalid, NotFound, PreconditionFailed
from tests.component.targets.conftest import ADMIN, BUREAU, CYCLE, LIBRARY, OFFICE, World, sheets, staff_actor
from tests.unit.targets.reference import as_csv, as_xlsx, rows, spoiled


@pytest.fixture
def draft_cycle(bureau: World) -> World:
    bureau.call("create_cycle", cycle=CYCLE)
    return bureau


def take(world: World, **changed: bytes):
    return world.call("import_library", cycle=CYCLE, sheets=sheets(*LIBRARY, **changed))


def test_a_cycle_is_made_with_its_periods_and_the_usual_rules(draft_cycle: World):
    (state,) = draft_cycle.states("CycleChanged")
    assert (state["status"], state["revision"], len(state["periods"])) == ("draft", 1, 19)
    assert (state["rounding"], state["quota_percent"]) == ("half_up", 20)
    assert state["tie_chain"] == ["contribution", "professional", "common", "additional"]
    with pytest.raises(Conflict, match="cycle.exists"):
        draft_cycle.call("create_cycle", cycle=CYCLE)


@pytest.mark.parametrize(
    "wrong",
    [
        {"cycle": "26"},
        {"cycle": CYCLE, "starts": "2025-12-31"},
        {"cycle": CYCLE, "starts": "2026-06-01", "ends": "2026-05-31"},
        {"cycle": CYCLE, "quota_percent": 101},
        {"cycle": CYCLE, "rounding": "up"},
        {"cycle": CYCLE, "tie_chain": ["luck"]},
        {"cycle": CYCLE, "calendar": {"someday": True}},
        {"cycle": CYCLE, "colour": "red"},
    ],
)
def test_a_cycle_that_cannot_be_is_refused(bureau: World, wrong):
    with pytest.raises(Invalid, match="request.invalid"):
        bureau.call("create_cycle", **wrong)


def test_the_reference_library_is_taken_in_well_under_a_second(draft_cycle: World):
    started = time.perf_counter()
    report = take(draft_cycle)
    assert time.perf_counter() - started < 1
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
    assert draft_cycle.count("indicators") == 0


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


def test_a_cycle_goes_its_way_step_by_step(drafted: World):
    with pytest.raises(Conflict, match="library.not_published"):
        drafted.call("move_cycle", cycle=CYCLE, status="open")
    drafted.call("publish_library", cycle=CYCLE)
    with pytest.raises(Conflict, match="cycle.step"):
        drafted.call("move_cycle", cycle=CYCLE, status="closed")
    for status in ("open", "closing", "closed", "published", "archived"):
        assert drafted.call("move_cycle", cycle=CYCLE, status=status)["status"] == status
    assert [one["status"] for one in drafted.states("CycleChanged")][-5:] == [
        "open",
        "closing",
        "closed",
        "published",
        "archived",
    ]


def test_a_closing_cycle_keeps_its_rules(opened: World):
    opened.call("move_cycle", cycle=CYCLE, status="closing")
    for method, body in (
        ("import_library", {"sheets": sheets(*LIBRARY)}),
        ("publish_library", {}),
        ("change_cycle", {"quota_percent": 15}),
        ("propose_allocations", {}),
    ):
        with pytest.raises(Conflict, match="cycle.closed"):
            opened.call(method, cycle=CYCLE, **body)


def test_rules_of_the_model_are_changed_against_the_revision_one_read(opened: World):
    before = opened.call("get_cycle", cycle=CYCLE)
    after = opened.call("change_cycle", cycle=CYCLE, revision=before["revision"], quota_percent=15)
    assert (after["quota_percent"], after["model_revision"]) == (15, before["model_revision"] + 1)
    same_model = opened.call("change_cycle", cycle=CYCLE, calendar={"2026-10-10": True})
    assert (same_model["calendar"], same_model["model_revision"]) == ({"2026-10-10": True}, after["model_revision"])
    with pytest.raises(PreconditionFailed, match="revision.stale"):
        opened.call("change_cycle", cycle=CYCLE, revision=before["revision"], quota_percent=10)


EXAMPLES = [
    ("05-02-01", {"done": "34"}, "40", "4.25"),
    ("05-02-01", {"done": "46"}, "40", "5.00"),
    ("02-01-01", {"late": "3", "early": "1"}, None, "6.00"),
    ("03-01-02", {"count": "4"}, None, "1.80"),
    ("03-01-02", {"count": "11"}, None, "0.00"),
    ("11-01-03", {"provincial": "1", "municipal": "3"}, None, "9.00"),
    ("11-01-03", {"national": "1", "provincial": "1", "municipal": "3"}, None, "10.00"),
    ("08-01-01", {"numerator": "116", "denominator": "120"}, None, "2.00"),
    ("08-01-05", {"numerator": "1.6", "denominator": "1"}, None, "4.00"),
    ("11-04-06", {"优": "2", "好": "3", "一般": "1"}, None, "13.13"),
    ("10-02-05", {"done": "3"}, None, "6.75"),
    ("01-03-05", {"count": "1"}, None, "0.00"),
]


@pytest.mark.parametrize(("code", "counts", "target", "expected"), EXAMPLES)
def test_the_worked_examples_of_the_reference_come_out_to_the_digit(drafted: World, code, counts, target, expected):
    answer = drafted.call("try_indicator", cycle=CYCLE, indicator=code, counts=counts, target=target)
    assert answer["points"] == expected
    assert expected in answer["explanation"]


@pytest.mark.parametrize(
    ("code", "counts", "fault"),
    [
        ("05-02-01", {"late": "1"}, "counts.unknown"),
        ("05-02-01", {}, "counts.missing"),
        ("10-02-05", {"done": "5"}, "counts.too_many"),
        ("08-01-01", {"numerator": "1"}, "counts.missing"),
    ],
)
def test_counts_that_the_rule_does_not_know_are_refused(drafted: World, code, counts, fault):
    with pytest.raises(Invalid, match="counts.invalid") as refused:
        drafted.call("try_indicator", cycle=CYCLE, indicator=code, counts=counts)
    assert fault in {one["code"] for one in refused.value.errors}


@pytest.mark.parametrize("number", ["-1", "NaN", "1e999999", "0E+999999", "1.1234567", "9" * 30, True, None, [], "x"])
def test_a_number_that_is_none_is_refused_not_a_crash(drafted: World, number):
    with pytest.raises(Invalid):
        drafted.call("try_indicator", cycle=CYCLE, indicator="05-02-01", counts={"done": number}, target="4")


def test_an_unknown_cycle_or_indicator_is_not_found(drafted: World):
    with pytest.raises(NotFound, match="cycle.unknown"):
        drafted.call("get_cycle", cycle="2031")
    with pytest.raises(NotFound, match="indicator.unknown"):
        drafted.call("get_indicator", cycle=CYCLE, indicator="99-01-01")


def test_every_change_is_on_record(drafted: World):
    drafted.call("publish_library", OFFICE, cycle=CYCLE)
    verdict = verify(drafted.sessions.engine, "targets")
    assert verdict.whole
    assert verdict.lines >= 31 + 74 + 60 + 250


def test_the_same_years_of_two_bureaus_stay_apart(drafted: World):
    drafted.call("create_bureau", ADMIN, bureau="OTHER", name="另一分局")
    other = staff_actor("P1", *OFFICE.grants, bureau="OTHER")
    drafted.call("create_cycle", other, cycle=CYCLE)
    assert drafted.pages("list_indicators", other, cycle=CYCLE) == []
    assert {one["bureau"] for one in drafted.states("CycleChanged")} == {BUREAU, "OTHER"}
