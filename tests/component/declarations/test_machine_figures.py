"""What the machines count: verified by who keeps them, and shown where it changes after it was declared."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.declarations.storage import projections
from services.declarations.usecases.review.declare import declare_items
from shared.contracts.declarations import declarations as contract
from shared.errors import Forbidden
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import ACTORS, CYCLE, TIER, attendance, cases, indicator, unit

LATE = {"indicator": "02-01-01", "period": "2026-M01"}


def clock(bureau: Bureau, late: str, revision: int = 1, month: str = "2026-01") -> None:
    state = attendance("PS", month, {"late_early": {"late": late, "early": "0"}}, revision)
    bureau.handle(projections.keep_figures, state, source="attendance")


def shown(bureau: Bureau, by: str = "R1", **query: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = bureau.ask("list_declarations", by, {"cycle": CYCLE, **query})["items"]
    return items


def test_hr_verifies_what_the_clocks_counted_and_the_head_does_not(bureau: Bureau):
    clock(bureau, "2")
    (one,) = bureau.declare("PS", LATE)
    assert bureau.ask("list_to_dos", "HS", {})["lists"]["to_verify"]["count"] == 0
    assert bureau.ask("list_to_dos", "R1", {})["lists"]["to_verify"]["count"] == 1
    with pytest.raises(Forbidden):
        bureau.decide("verify", "HS", [one["declaration"]])
    bureau.decide("verify", "R1", [one["declaration"]])
    assert bureau.decide("assess", "P10", [one["declaration"]])[0]["status"] == "assessed"


def test_the_desks_own_people_are_verified_by_their_head(bureau: Bureau):
    figures = attendance("Q10", "2026-01", {"late_early": {"late": "0"}})
    bureau.handle(projections.keep_figures, figures, source="attendance")
    (one,) = bureau.declare("Q10", LATE)
    with pytest.raises(Forbidden):
        bureau.decide("verify", "R1", [one["declaration"]])
    bureau.decide("verify", "H10", [one["declaration"]])


def test_the_centre_verifies_what_12315_counted(bureau: Bureau):
    bureau.handle(projections.keep_units, unit("C01", "centre", "special_supervision"))
    state = cases("QS", "2026-01", {"accepted_in_time": {"numerator": "3", "denominator": "4"}})
    bureau.handle(projections.keep_figures, state, source="complaints")
    bureau.declare("QS", {"indicator": "08-01-01"})
    assert bureau.rows("SELECT verifier FROM declarations.declaration") == [{"verifier": "complaints_centre"}]


def test_a_figure_that_changes_later_stands_beside_the_declared_and_changes_nothing(bureau: Bureau):
    clock(bureau, "2")
    (one,) = bureau.declare("PS", LATE)
    before = bureau.rows("SELECT counts, machine, points, revision FROM declarations.declaration")
    clock(bureau, "3", revision=2)
    assert bureau.rows("SELECT counts, machine, points, revision FROM declarations.declaration") == before
    (changed,) = shown(bureau, machine_changed=True)
    assert (changed["declaration"], changed["machine_now"]["late"]) == (one["declaration"], 3)
    assert [len(shown(bureau, differs=value)) for value in (True, False)] == [1, 0]
    clock(bureau, "2", revision=3)
    assert shown(bureau, machine_changed=True) == []


@pytest.mark.parametrize(("late", "differs"), [("1", False), ("2", True)])
def test_what_was_declared_before_the_machine_counted_is_compared_when_it_has(bureau: Bureau, late, differs):
    bureau.declare("PS", {**LATE, "counts": {"late": "1", "early": "0"}})
    clock(bureau, late)
    assert bool(shown(bureau, machine_changed=True)) == differs


def test_of_a_draft_or_another_month_nothing_is_shown(bureau: Bureau):
    clock(bureau, "2")
    bureau.declare("PS", LATE, draft=True)
    clock(bureau, "3", revision=2)
    clock(bureau, "5", month="2026-02")
    assert shown(bureau, "PS", machine_changed=True) == []
    bureau.declare("PS", LATE)
    assert shown(bureau, "PS")[0]["counts"]["late"] == 3


def test_a_correction_is_weighed_with_what_the_machine_counts_now(bureau: Bureau):
    clock(bureau, "2")
    (one,) = bureau.declare("PS", LATE)
    bureau.decide("verify", "R1", [one["declaration"]])
    clock(bureau, "3", revision=2)
    entry = {"declaration": one["declaration"], "counts": {"late": "3", "early": "0"}, "reason": "补录打卡后更正"}
    (done,) = bureau.ask("assess_declarations", "P10", {"cycle": CYCLE, "declarations": [entry]})["declarations"]
    assert (str(done["points"]), done["differs"]) == ("6.50", False)
    assert shown(bureau, machine_changed=True) == []


def test_a_correction_that_is_taken_back_leaves_the_machines_counts_as_they_were_declared_by(bureau: Bureau):
    clock(bureau, "2")
    (one,) = bureau.declare("PS", LATE)
    bureau.decide("verify", "R1", [one["declaration"]])
    clock(bureau, "3", revision=2)
    before = bureau.rows("SELECT counts, machine, machine_now, points FROM declarations.declaration")
    corrected = {"declaration": one["declaration"], "counts": {"late": "3", "early": "0"}, "reason": "按机器记录"}
    bureau.ask("assess_declarations", "P10", {"cycle": CYCLE, "declarations": [corrected]})
    assert shown(bureau, machine_changed=True) == []
    back = {"cycle": CYCLE, "declarations": [{"declaration": one["declaration"]}], "reason": "误"}
    bureau.ask("take_back_decisions", "P10", back)
    assert bureau.rows("SELECT counts, machine, machine_now, points FROM declarations.declaration") == before
    assert [each["machine_now"]["late"] for each in shown(bureau, machine_changed=True)] == [3]


def test_a_figure_that_comes_while_something_is_declared_is_not_overlooked(bureau: Bureau):
    """Declared in a transaction that is still open when the new figures come: they wait for it, and then mark it."""
    clock(bureau, "2")
    command = contract.declare_items.decode({"cycle": CYCLE, "entries": [LATE]})
    with ThreadPoolExecutor(1) as pool:
        with bureau.sessions.begin(ACTORS["PS"]) as session:
            declare_items(session, ACTORS["PS"], command)
            coming = pool.submit(clock, bureau, "4", 2)
            with pytest.raises(TimeoutError):
                coming.result(timeout=0.5)
        coming.result(timeout=20)
    assert shown(bureau)[0]["machine_now"]["late"] == 4


def test_sign_ins_to_study_and_meetings_stand_in_as_lateness_does(bureau: Bureau):
    counted: dict[str, Any] = {"tool": "electronic", "layers": ["person"], "source": "attendance"}
    bureau.handle(
        projections.keep_indicators,
        indicator("02-02-01", "tier", TIER, **counted, figure="study_sign_in", full="4"),
        indicator("02-01-07", "deduct", {"per": {"count": "1"}}, **counted, figure="meeting_absences", full="3"),
    )
    told = {"study_sign_in": {"numerator": "97", "denominator": "100"}, "meeting_absences": {"count": "2"}}
    bureau.handle(projections.keep_figures, attendance("PS", "2026-01", told), source="attendance")
    done = bureau.declare("PS", *({"indicator": code, "period": "2026-M01"} for code in ("02-02-01", "02-01-07")))
    assert [(str(one["points"]), one["differs"]) for one in done] == [("3.20", False), ("1.00", False)]
