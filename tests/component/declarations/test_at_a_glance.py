"""What a console shows without looking anything up: names of their time, quantities, steps, one's own items; lists searched and sorted."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from services.declarations.storage import projections
from shared.errors import Invalid
from tests.component.declarations.bureau import Bureau, ratio, refusal
from tests.component.declarations.states import CYCLE, LIBRARY, attendance, claim, indicator, person, unit

On = Callable[[str], None]


def listed(bureau: Bureau, by: str = "office", **query: Any) -> dict[str, Any]:
    return bureau.ask("list_declarations", by, {"cycle": CYCLE, **query})


def renamed(state: Any, name: str, revision: int) -> Any:
    return replace(state, name=name, revision=revision)


PS = person("PS", "S01", "routine_supervision")
QS = person("QS", "S01", "special_supervision")
S01 = unit("S01", "station", "all")


def test_names_are_those_of_the_period(bureau: Bureau, on: On) -> None:
    on("2026-01-20")
    bureau.handle(projections.keep_persons, renamed(PS, "张三", 2))
    (one,) = bureau.declare("PS", ratio())
    bureau.decide("verify", "HS", [one["declaration"]])
    on("2026-03-02")
    bureau.handle(projections.keep_persons, renamed(PS, "张叁", 3))
    bureau.declare("PS", ratio(), period="2026-M03")
    january, march = listed(bureau, sort="period")["items"]
    assert (january["subject_name"], march["subject_name"]) == ("张三", "张叁")
    assert (january["unit_name"], january["indicator_name"], january["assessor_name"]) == ("S01", "指标01-01-01", "D10")
    assert (january["declared_by_name"], january["verified_by_name"], january["assessed_by_name"]) == (
        "张三",
        "HS",
        None,
    )
    assert (january["category"], january["measure_unit"], str(january["full_points"])) == ("common", "次", "5")
    (waiting,) = bureau.ask("list_to_dos", "P10", {})["lists"]["to_assess"]["items"]
    assert (waiting["subject_name"], waiting["indicator_name"]) == ("张三", "指标01-01-01")


def test_a_state_that_comes_late_changes_no_name(bureau: Bureau, on: On) -> None:
    on("2026-03-02")
    for name, revision in (("一所", 5), ("旧所", 4), ("一所", 5)):
        bureau.handle(projections.keep_units, renamed(S01, name, revision))
    assert bureau.rows("SELECT name, former_names FROM declarations.unit WHERE unit = 'S01'") == [
        {"name": "一所", "former_names": [["S01", "2026-03-01"]]}
    ]


def test_quantities_are_called_as_people_call_them(bureau: Bureau) -> None:
    library = indicator("02-01-09", "deduct", {"per": {"account": "0.5", "missing": "1"}}, source="declared")
    bureau.handle(projections.keep_indicators, library)
    bureau.declare("PS", {"indicator": "02-01-09", "counts": {"account": "1", "missing": "0"}})
    (item,) = listed(bureau)["items"]
    assert [(one["label"], one["unit"], one["declared"]) for one in item["quantities"]] == [
        ("转借账号或弱口令", "次", 1),
        ("漏报", "次", 0),
    ]


def test_lists_are_searched_sorted_counted_and_scrolled(bureau: Bureau) -> None:
    bureau.handle(projections.keep_persons, renamed(QS, "李四", 2))
    bureau.handle(projections.keep_claims, claim("QS", "01-01-01", "10"))
    for by, done in (("PS", "1"), ("QS", "9"), ("HS", "5")):
        bureau.declare(by, ratio(done))
    assert [one["subject"] for one in listed(bureau, q="李")["items"]] == ["QS"]
    assert [one["subject"] for one in listed(bureau, q="hs")["items"]] == ["HS"]
    assert listed(bureau, q="指标01-01-01", total=True)["total"] == 3
    assert listed(bureau, q="%", total=True)["total"] == 0
    by_points = listed(bureau, sort="-points", limit=2)
    assert [one["subject"] for one in by_points["items"]] == ["QS", "HS"]
    rest = listed(bureau, sort="-points", limit=2, after=by_points["next"])
    assert ([one["subject"] for one in rest["items"]], rest["next"]) == (["PS"], None)
    assert [one["subject"] for one in listed(bureau, sort="subject", skip=1)["items"]] == ["PS", "QS"]
    with pytest.raises(Invalid):
        listed(bureau, sort="remark")


@pytest.mark.parametrize(
    "sort", ["due_on", "subject", "indicator", "period", "unit", "status", "points", "self_points"]
)
def test_every_order_pages_to_its_end(bureau: Bureau, on: On, sort: str) -> None:
    on("2026-02-02")
    bureau.rule()
    for by in ("PS", "QS", "HS"):
        bureau.declare(by, ratio("2"))
        bureau.declare(by, ratio("3"), period="2026-M02", draft=True)
    for name in (sort, f"-{sort}"):
        seen, after = list[str](), None
        while True:
            page = listed(bureau, sort=name, limit=1, **({"after": after} if after else {}))
            seen += [one["declaration"] for one in page["items"]]
            after = page["next"]
            if after is None:
                break
        assert len(seen) == len(set(seen)) == 3


def test_steps_say_who_did_what_when_for_whom_and_why(bureau: Bureau, on: On) -> None:
    on("2026-02-03")
    bureau.declare("PS", ratio("2"), draft=True)
    (one,) = bureau.declare("PS", ratio("3", revision=1))
    away = {"starts": "2026-02-03", "ends": "2026-02-06", "reason": "出差"}
    bureau.ask("delegate", "HS", {"delegate": "QS", "role": "unit_head", "target": "S01", **away})
    bureau.decide("return", "QS", [one["declaration"]], reason="请补充台账")
    bureau.declare("PS", ratio("3", revision=3))
    bureau.decide("verify", "HS", [one["declaration"]])
    bureau.decide("assess", "P10", [one["declaration"]])
    shown = bureau.ask("get_declaration", "PS", {"cycle": CYCLE, "declaration": one["declaration"]})
    told = [(step["step"], step["by"], step["by_name"], step["for"], step["reason"]) for step in shown["steps"]]
    assert told == [
        ("save", "PS", "PS", None, ""),
        ("declare", "PS", "PS", None, ""),
        ("return", "QS", "QS", "HS", "请补充台账"),
        ("declare", "PS", "PS", None, ""),
        ("verify", "HS", "HS", None, ""),
        ("assess", "P10", "P10", None, ""),
    ]
    assert shown["steps"][2]["for_name"] == "HS"
    assert all(step["at"].tzinfo is not None for step in shown["steps"])


def test_ones_own_items_of_all_periods_in_one_list(bureau: Bureau, on: On) -> None:
    on("2026-02-05")
    figures = attendance("PS", "2026-01", {"late_early": {"late": "2", "early": "0"}})
    bureau.handle(projections.keep_figures, figures, source="attendance")
    (done,) = bureau.declare("PS", ratio("3"))
    bureau.declare("PS", {"indicator": "06-06-06"}, draft=True)
    bureau.decide("return", "HS", [done["declaration"]], reason="请补充")
    (before,) = [
        one
        for one in bureau.ask("list_mine", "PS", {"cycle": CYCLE, "period": "2026-M01"})["items"]
        if one["indicator"] == "02-01-01"
    ]
    (declared,) = bureau.declare("PS", {"indicator": "02-01-01"})
    assert (before["state"], before["points"], before["missing"]) == ("due", declared["points"], [])
    mine = bureau.ask("list_mine", "PS", {"cycle": CYCLE, "period": "2026-M01"})
    state = {one["indicator"]: one["state"] for one in mine["items"]}
    assert (state["01-01-01"], state["06-06-06"], state["02-01-01"]) == ("returned", "draft", "declared")
    (counts,) = mine["counts"]
    assert {name: counts[name] for name in ("draft", "returned", "declared", "decided")} == {
        "draft": 1, "returned": 1, "declared": 1, "decided": 0,
    }  # fmt: skip
    assert sum(counts[name] for name in ("due", "draft", "returned", "declared", "decided")) == len(mine["items"])
    items = {one["indicator"]: one for one in mine["items"]}
    assert items["06-06-06"]["missing"] == ["counts"]
    assert items["01-01-01"]["reason"] == "请补充"
    assert [one["machine"] for one in items["02-01-01"]["quantities"]] == [2, 0]
    chosen = bureau.ask("list_mine", "PS", {"cycle": CYCLE, "state": "returned"})
    assert [one["indicator"] for one in chosen["items"]] == ["01-01-01"]
    assert [one["period"] for one in chosen["counts"]] == sorted(one["period"] for one in chosen["counts"])
    due = {one["indicator"] for one in bureau.ask("list_due", "PS", {"cycle": CYCLE, "period": "2026-M01"})["items"]}
    assert due == {code for code, one in state.items() if one in ("due", "draft", "returned")}


def test_what_was_declared_stays_among_ones_own_when_its_item_is_retired(bureau: Bureau, on: On) -> None:
    on("2026-02-05")
    bureau.declare("PS", ratio("3"))
    (retired,) = [one for one in LIBRARY if one.indicator == "01-01-01"]
    bureau.handle(projections.keep_indicators, replace(retired, active=False, revision=2))
    mine = bureau.ask("list_mine", "PS", {"cycle": CYCLE, "state": "declared"})
    assert [(one["period"], one["indicator"]) for one in mine["items"]] == [("2026-M01", "01-01-01")]
    assert mine["counts"][0]["declared"] + mine["counts"][1]["declared"] == 1


def test_ones_own_items_are_paged(bureau: Bureau, on: On) -> None:
    on("2026-04-05")
    whole = bureau.ask("list_mine", "PS", {"cycle": CYCLE, "limit": 500})["items"]
    seen, after = list[tuple[str, str]](), None
    while True:
        page = bureau.ask("list_mine", "PS", {"cycle": CYCLE, "limit": 2, **({"after": after} if after else {})})
        seen += [(one["period"], one["indicator"]) for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert seen == [(one["period"], one["indicator"]) for one in whole]
    assert len(seen) > 4


def test_a_draft_may_be_half_filled_in_but_is_not_declared_so(bureau: Bureau) -> None:
    bureau.handle(
        projections.keep_indicators, indicator("02-01-08", "tier", {"direction": "higher", "steps": [["0.9", "1.0"]]})
    )
    entry = {"indicator": "02-01-08", "counts": {"numerator": "3"}, "self_points": "2"}
    (draft,) = bureau.declare("PS", entry, draft=True)
    assert (draft["status"], draft["counts"], draft["points"], draft["self_points"]) == (
        "draft",
        {"numerator": 3},
        0,
        2,
    )
    with pytest.raises(Invalid) as raised:
        bureau.declare("PS", {**entry, "revision": 1})
    assert refusal(raised) == (0, "counts.missing")
    (empty,) = bureau.declare("PS", {"indicator": "06-06-06"}, draft=True)
    assert (empty["status"], empty["counts"]) == ("draft", {})
    with pytest.raises(Invalid) as raised:
        bureau.declare("PS", {"indicator": "06-06-06", "revision": 1})
    assert refusal(raised) == (0, "counts.missing")


def test_a_draft_that_differs_from_the_machine_waits_for_its_remark(bureau: Bureau) -> None:
    figures = attendance("PS", "2026-01", {"late_early": {"late": "2", "early": "0"}})
    bureau.handle(projections.keep_figures, figures, source="attendance")
    entry = {"indicator": "02-01-01", "counts": {"late": "1", "early": "0"}}
    bureau.declare("PS", entry, draft=True)
    items = bureau.ask("list_due", "PS", {"cycle": CYCLE, "period": "2026-M01"})["items"]
    (item,) = [one for one in items if one["indicator"] == "02-01-01"]
    assert item["missing"] == ["remark", "evidence"]
    with pytest.raises(Invalid) as raised:
        bureau.declare("PS", {**entry, "revision": 1})
    assert refusal(raised) == (0, "remark.required")
