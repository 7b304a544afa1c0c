"""Which part of the year a frame knows of a person: its days, the periods without one, what of a claim counts (decisions 0315, 0302)."""

from decimal import Decimal
from random import Random
from typing import Any

from services.scoring.domain.frame import Frame
from tests.oracle.worlds import small_bureau
from tests.unit.scoring.inputs import frame_of

D = Decimal


def _frame(*spans: tuple[str, str | None], known: bool = True) -> Frame:
    world: dict[str, Any] = small_bureau(Random(1))
    if not known:
        periods = [{name: one[name] for name in ("code", "frequency")} for one in world["cycle"]["periods"]]
        world["cycle"]["periods"] = periods
    places = [{"unit": "D01", "line": "access", "starts": first, "ends": last} for first, last in spans]
    world["persons"] = [{"person": "P", "active": True, "assignments": places}]
    return frame_of(world)


def test_a_period_with_a_single_day_is_due_and_one_in_a_gap_is_not() -> None:
    frame = _frame(("2026-03-31", "2026-04-30"), ("2026-10-01", None))
    away = frame.by_code["P"].away
    assert sorted(away) == [f"2026-M{month:02}" for month in (1, 2, 5, 6, 7, 8, 9)] + ["2026-Q3"]
    assert frame.by_code["D01"].away == frozenset()


def test_a_frame_that_knows_no_days_of_periods_has_all_of_them_due() -> None:
    assert _frame(("2026-07-01", None), known=False).by_code["P"].away == frozenset()


def test_a_claim_counts_by_the_days_that_it_is_meant_for() -> None:
    frame = _frame(("2026-07-01", None))
    days = frame.by_code["P"].days
    assert frame.own_target(D(42), days, 184) == 42
    assert frame.own_target(D(85), days) == D("42.85")
    assert frame.own_target(D(42), days, 100) == 42
    assert frame.own_target(D(300), frame.by_code["D01"].days) == 300


def test_whoever_was_given_something_has_at_least_a_hundredth_of_it() -> None:
    frame = _frame(("2026-12-31", None))
    assert frame.own_target(D(1), frame.by_code["P"].days) == D("0.01")
    assert frame.own_target(D(0), frame.by_code["P"].days) == 0


def test_what_is_a_lines_own_is_due_in_the_periods_of_that_line() -> None:
    world: dict[str, Any] = small_bureau(Random(1))
    places = [
        {"unit": "D01", "line": "access", "starts": "2025-01-01", "ends": "2026-10-31"},
        {"unit": "D02", "line": "special_supervision", "starts": "2026-11-01", "ends": None},
    ]
    world["persons"] = [{"person": "P", "active": True, "assignments": places}]
    person = frame_of(world).by_code["P"]
    assert person.lines == {"access": 304, "special_supervision": 61}
    months = {line: sorted(one for one in away if "-M" in one) for line, away in person.line_away.items()}
    assert months["access"] == ["2026-M11", "2026-M12"]
    assert months["special_supervision"] == [f"2026-M{month:02}" for month in range(1, 11)]
