"""Who moves within the year is judged by what was his in each place: lines and units count by days (data/reference/README.md, 任职区间)."""

from decimal import Decimal
from random import Random
from typing import Any

from tests.oracle.periods import PERIODS
from tests.oracle.recompute import recompute
from tests.oracle.worlds import small_bureau
from tests.unit.scoring.inputs import score_world

D = Decimal
OLD, NEW = "access", "special_supervision"


def item(code: str, line: str, rule: str = "deduct", **more: Any) -> dict[str, Any]:
    params = {"deduct": {"per": "1"}, "ratio": {"cap": "1"}}[rule]
    plain = {"name": code, "tool": "review", "full_points": "5", "frequency": "monthly", "active": True}
    category = "common" if line == "all" else "professional"
    return {"indicator": code, "category": category, "line": line, "layers": ["person"], "rule": rule, "rule_params": params, **plain, **more}  # fmt: skip


def place(unit: str, line: str, starts: str, ends: str | None = None) -> dict[str, Any]:
    return {"unit": unit, "line": line, "starts": starts, "ends": ends}


def declared(who: str, code: str, months: Any, status: str = "assessed", **counts: str) -> list[dict[str, Any]]:
    return [
        {
            "code": f"{who}-{code}-{month}", "indicator": code, "subject": who, "period": f"2026-M{month:02}",
            "status": status, "not_applicable": False, "counts": counts or {"count": "0"},
        }
        for month in months
    ]  # fmt: skip


def bureau(persons: dict[str, list[dict[str, Any]]], items: list[dict[str, Any]], **facts: Any) -> dict[str, Any]:
    world = small_bureau(Random(1))
    weights = {"common": "0.5", "professional": "0.5", "contribution": "0", "additional": "0"}
    world["cycle"]["weights"]["person"] = dict.fromkeys(world["cycle"]["weights"]["person"], weights)
    people = [{"person": code, "active": True, "assignments": places} for code, places in persons.items()]
    nothing = {kind: [] for kind in ("claims", "declarations", "task_orders", "contributions", "evaluations", "vetoes")}
    return {**world, "persons": people, "indicators": items, **nothing, **facts}


def rows(world: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The kernel's rows, which are the oracle's too."""
    scoring, _ = score_world(world)
    found = {row["subject"]: row for row in scoring.rows}
    for code, other in recompute(world)["subjects"].items():
        assert (found[code]["layer_score"] and D(found[code]["layer_score"])) == other["layer_score"]
        assert (found[code]["final"] and D(found[code]["final"])) == other["final"]
    return found


def test_flawless_in_both_lines_is_flawless() -> None:
    places = [place("D01", OLD, "2025-01-01", "2026-10-31"), place("D02", NEW, "2026-11-01")]
    facts = [*declared("P1", "01-01-01", range(1, 11)), *declared("P1", "02-01-01", (11, 12))]
    world = bureau({"P1": places}, [item("01-01-01", OLD), item("02-01-01", NEW)], declarations=facts)
    row = rows(world)["P1"]
    assert D(row["categories"]["professional"]) == 100
    assert row["line_scores"] == {OLD: "100.00", NEW: "100.00"}
    assert row["line"] == NEW


def test_two_lines_weigh_by_the_days_in_each() -> None:
    places = [place("D01", OLD, "2025-01-01", "2026-10-31"), place("D02", NEW, "2026-11-01")]
    facts = [*declared("P1", "01-01-01", range(1, 11)), *declared("P1", "02-01-01", (11, 12), count="5")]
    world = bureau({"P1": places}, [item("01-01-01", OLD), item("02-01-01", NEW)], declarations=facts)
    assert rows(world)["P1"]["layer_score"] == "83.29"  # 100 × 304 ÷ 365


def test_good_and_bad_who_swap_units_on_the_last_day_leave_the_units_where_they_were() -> None:
    def moved(first: str, then: str) -> list[dict[str, Any]]:
        return [place(first, OLD, "2025-01-01", "2026-12-30"), place(then, OLD, "2026-12-31")]

    facts = [*declared("P1", "01-01-01", range(1, 13)), *declared("P2", "01-01-01", range(1, 13), count="0.5")]
    world = bureau({"P1": moved("D01", "D02"), "P2": moved("D02", "D01")}, [item("01-01-01", OLD)], declarations=facts)
    found = rows(world)
    means = {unit: D(found[unit]["components"]["members_mean"]) for unit in ("D01", "D02")}
    good, bad = (D(found[code]["layer_score"]) for code in ("P1", "P2"))
    assert good == 100 > bad
    assert means["D01"] == round((364 * good + bad) / 365, 4)
    assert means["D02"] == round((364 * bad + good) / 365, 4)


def test_a_hundred_and_77_78_who_swap_units_on_the_last_day_leave_means_of_99_94_and_77_84() -> None:
    """By the units of the last day alone they were 77.78 and 100."""
    good = [place("D01", OLD, "2025-01-01", "2026-12-30"), place("D02", OLD, "2026-12-31")]
    bad = [place("D02", OLD, "2025-01-01", "2026-12-30"), place("D01", OLD, "2026-12-31")]
    facts = [*declared("P1", "01-01-01", range(1, 13)), *declared("P2", "01-01-01", (1,), count="2")]
    facts += declared("P2", "01-01-01", range(2, 13))
    world = bureau({"P1": good, "P2": bad}, [item("01-01-01", OLD, full_points="9")], declarations=facts)
    found = rows(world)
    assert [found[code]["layer_score"] for code in ("P1", "P2")] == ["100.00", "77.78"]
    assert [found[code]["components"]["members_mean"] for code in ("D01", "D02")] == ["99.9391", "77.8409"]


def test_present_for_one_day_and_done_what_was_to_be_done_is_full() -> None:
    claim = {"code": "c", "indicator": "01-01-01", "subject": "P1", "target": "1", "days": None, "status": "claimed"}
    world = bureau(
        {"P1": [place("D01", OLD, "2026-12-31")]},
        [item("01-01-01", OLD, "ratio")],
        claims=[claim],
        declarations=declared("P1", "01-01-01", (12,), done="1"),
    )
    assert rows(world)["P1"]["layer_score"] == "100.00"


def test_what_was_never_allotted_leaves_the_others_to_count() -> None:
    items = [item("01-01-01", OLD, "ratio"), item("01-01-02", OLD)]
    facts = declared("P1", "01-01-02", range(1, 13))
    world = bureau({"P1": [place("D01", OLD, "2025-01-01")]}, items, declarations=facts)
    assert rows(world)["P1"]["layer_score"] == "100.00"


def test_an_assessor_who_is_silent_costs_the_declarer_nothing() -> None:
    facts = [*declared("P1", "01-01-01", range(1, 12)), *declared("P1", "01-01-01", (12,), status="verified")]
    world = bureau({"P1": [place("D01", OLD, "2025-01-01")]}, [item("01-01-01", OLD)], declarations=facts)
    assert rows(world)["P1"]["layer_score"] == "100.00"
    assert len(PERIODS["monthly"]) == 12
