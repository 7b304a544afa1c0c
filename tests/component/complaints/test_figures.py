"""Month figures: sums of dated facts, published at the close and corrected by whatever changes later."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.complaints.usecases import figures, months
from shared.actor import system
from shared.errors import Forbidden
from tests.component.complaints.conftest import BUREAU, Centre, actor, at

ZERO = {"numerator": "0", "denominator": "0"}


def test_whoever_has_no_case_is_told_with_zeros_and_other_lines_are_not_told_at_all(centre: Centre) -> None:
    closed = centre.close("2026-05")
    assert (closed["subjects"], closed["changed"]) == (6, 6)
    assert centre.figure("2026-05", "P2", "accepted_in_time") == ZERO
    assert centre.figure("2026-05", "P2", "recovered_loss") == {"done": "0"}
    assert (centre.figures("2026-05", "C01")["layer"], centre.figures("2026-05", "S01")["layer"]) == (
        "division",
        "station",
    )


def test_acceptance_counts_in_the_month_in_which_it_was_due(centre: Centre) -> None:
    in_time, late, undecided = (centre.handled("2026-04-20") for _ in range(3))
    centre.step(in_time, "accept", "2026-04-29 17:00")
    centre.step(late, "accept", "2026-04-30")
    assert undecided
    centre.close("2026-04")
    for subject in ("P2", "S01"):
        assert centre.figure("2026-04", subject, "accepted_in_time") == {"numerator": "1", "denominator": "3"}


def test_a_refusal_in_time_counts_as_decided_in_time(centre: Centre) -> None:
    case = centre.handled("2026-04-20")
    centre.step(case, "refuse", "2026-04-22", ground="1")
    centre.close("2026-04")
    assert centre.figure("2026-04", "P2", "accepted_in_time") == {"numerator": "1", "denominator": "1"}


def conclude(centre: Centre, case: str, when: str, outcome: str = "agreement", **given: Any) -> None:
    centre.step(case, "accept", "2026-04-21")
    ground = {"termination_ground": "3"} if outcome == "terminated" else {}
    centre.step(case, "conclude", when, outcome=outcome, **ground, **given)


def test_conclusion_success_and_recovery(centre: Centre) -> None:
    agreed, settled, ended = (centre.handled("2026-04-20") for _ in range(3))
    conclude(centre, agreed, "2026-05-06", recovered="12345.60", voucher=True)
    conclude(centre, settled, "2026-05-07", "settled", recovered="500.00")
    conclude(centre, ended, "2026-05-08", "terminated")
    centre.close("2026-05")
    assert centre.figure("2026-05", "P2", "mediation_success") == {"numerator": "2", "denominator": "3"}
    assert centre.figure("2026-05", "S01", "recovered_loss") == {"done": "1.23456"}, "in 万元, and only what is proven"
    centre.close("2026-06")
    assert centre.figure("2026-06", "P2", "concluded_in_time") == {"numerator": "3", "denominator": "3"}


def test_a_late_conclusion_is_not_in_time(centre: Centre) -> None:
    case = centre.handled("2026-04-20")
    conclude(centre, case, "2026-06-23")
    centre.close("2026-06")
    assert centre.figure("2026-06", "P2", "concluded_in_time") == {"numerator": "0", "denominator": "1"}


def test_an_appraisal_moves_the_deadline_into_a_later_month(centre: Centre) -> None:
    case = centre.handled("2026-05-09")
    centre.step(case, "accept", "2026-05-11")
    centre.step(case, "pause", "2026-05-20")
    centre.close("2026-07")
    assert centre.figure("2026-07", "P2", "concluded_in_time") == ZERO
    centre.step(case, "resume", "2026-06-10")
    assert centre.figure("2026-07", "P2", "concluded_in_time") == {"numerator": "0", "denominator": "1"}
    centre.step(case, "conclude", "2026-07-31", outcome="agreement")
    assert centre.figure("2026-07", "P2", "concluded_in_time") == {"numerator": "1", "denominator": "1"}


def test_first_contact_is_in_working_days_and_the_handlers_alone(centre: Centre) -> None:
    quick, slow = centre.handled("2026-04-30"), centre.handled("2026-04-30")
    centre.step(quick, "contact", "2026-04-30 16:00")
    centre.step(slow, "contact", "2026-05-07")
    centre.close("2026-04")
    centre.close("2026-05")
    assert centre.figure("2026-04", "P2", "first_contact_days") == {"numerator": "0", "denominator": "1"}
    assert centre.figure("2026-05", "P2", "first_contact_days") == {"numerator": "2", "denominator": "1"}
    assert "first_contact_days" not in centre.figures("2026-05", "S01")["figures"]


def test_dispatch_is_in_office_hours_and_the_dispatching_units(centre: Centre) -> None:
    (case,) = centre.register({"at": at("2026-04-30 16:00")})
    centre.step(case, "assign", "2026-05-06 10:30", unit="S01", handler="P2")
    centre.step(case, "assign", "2026-05-08 10:30", unit="S02", handler="P3")
    centre.close("2026-05")
    assert centre.figure("2026-05", "C01", "dispatch_hours") == {"numerator": "150", "denominator": "60"}


def test_a_repeated_complaint_counts_against_who_handled_the_first(centre: Centre) -> None:
    first = centre.handled("2026-04-20", consumer="示范消费者")
    conclude(centre, first, "2026-05-06")
    centre.close("2026-05")
    assert centre.figure("2026-05", "S01", "repeat_complaints") == {"numerator": "0", "denominator": "1"}
    again = centre.handled("2026-06-01", unit="S02", handler="P3", consumer="示范 消费者")
    centre.step(again, "mark_repeat", "2026-06-01", original=first)
    centre.close("2026-06")
    assert centre.figure("2026-05", "S01", "repeat_complaints") == {"numerator": "1", "denominator": "1"}
    for unit in ("S01", "S02"):
        assert centre.figure("2026-06", unit, "repeat_complaints") == ZERO


def test_an_agreement_counts_when_it_was_to_be_performed(centre: Centre) -> None:
    kept, broken = centre.handled("2026-04-20"), centre.handled("2026-04-20")
    for case in (kept, broken):
        conclude(centre, case, "2026-05-06", perform_by="2026-06-10")
    centre.step(kept, "perform", "2026-06-10")
    centre.step(broken, "perform", "2026-06-11")
    centre.close("2026-06")
    assert centre.figure("2026-06", "S01", "agreement_performance") == {"numerator": "1", "denominator": "2"}


def test_follow_ups(centre: Centre) -> None:
    happy, cross, silent = (centre.handled("2026-04-20") for _ in range(3))
    for case in (happy, cross, silent):
        conclude(centre, case, "2026-05-06")
    centre.step(happy, "follow_up", "2026-05-10", answered=True, satisfaction="satisfied")
    centre.step(cross, "follow_up", "2026-05-10", answered=True, satisfaction="dissatisfied")
    centre.step(silent, "follow_up", "2026-05-10", answered=False)
    centre.close("2026-05")
    assert centre.figure("2026-05", "C01", "follow_ups") == {"numerator": "2", "denominator": "3"}
    centre.step(silent, "follow_up", "2026-06-03", answered=True, satisfaction="satisfied")
    centre.close("2026-06")
    assert centre.figure("2026-05", "C01", "follow_ups") == {"numerator": "3", "denominator": "3"}
    assert centre.figure("2026-06", "P2", "follow_up_satisfaction") == {"numerator": "1", "denominator": "1"}
    assert centre.figure("2026-05", "P2", "follow_up_satisfaction") == {"numerator": "1", "denominator": "2"}


def test_reports_are_verified_and_their_result_told(centre: Centre) -> None:
    told, untold, extended = (centre.handled("2026-04-15", kind="report") for _ in range(3))
    centre.step(extended, "extend", "2026-05-08", why="案情复杂")
    centre.step(extended, "conclude", "2026-05-29", outcome="not_filed")
    for case in (told, untold):
        centre.step(case, "conclude", "2026-05-09", outcome="filed", must_tell=True)
    centre.step(told, "tell", "2026-05-15")
    centre.step(untold, "tell", "2026-05-18")
    centre.close("2026-05")
    assert centre.figure("2026-05", "P2", "reports_verified_in_time") == {"numerator": "3", "denominator": "3"}
    assert centre.figure("2026-05", "P2", "report_result_told_in_time") == {"numerator": "1", "denominator": "2"}


def test_an_associations_case_counts_nowhere(centre: Centre) -> None:
    head = actor("unit_head", unit="A01")
    (case,) = centre.register({"intake_unit": "A01", "at": at("2026-04-20")}, by=head)
    centre.step(case, "assign", "2026-04-20 11:00", by=head, unit="A01", handler="P5")
    centre.step(case, "accept", "2026-04-21", by=actor("staff", person="P5"))
    centre.step(case, "conclude", "2026-04-22", by=actor("staff", person="P5"), outcome="agreement")
    assert centre.count("case_facts") == 0


def test_a_change_of_a_closed_month_gives_a_new_revision_to_those_it_concerns_only(centre: Centre) -> None:
    case = centre.handled("2026-04-20")
    centre.close("2026-04")
    centre.step(case, "accept", "2026-04-22")
    assert centre.figure("2026-04", "P2", "accepted_in_time") == {"numerator": "1", "denominator": "1"}
    assert centre.figures("2026-04", "P2")["revision"] == 2
    assert centre.figures("2026-04", "P3")["revision"] == 1
    assert centre.close("2026-04")["changed"] == 0


def test_a_case_moved_to_another_handler_takes_its_figures_along(centre: Centre) -> None:
    case = centre.handled("2026-04-20")
    centre.close("2026-04")
    centre.step(case, "assign", "2026-04-21", unit="S02", handler="P3")
    assert centre.figure("2026-04", "P2", "accepted_in_time") == ZERO
    assert centre.figure("2026-04", "P3", "accepted_in_time") == {"numerator": "0", "denominator": "1"}


def test_two_late_steps_at_once_are_both_in_the_last_figures(centre: Centre) -> None:
    pair = [centre.handled("2026-04-20") for _ in range(2)]
    centre.close("2026-04")
    ready = threading.Barrier(2)

    def accept(case: str) -> None:
        ready.wait()
        centre.step(case, "accept", "2026-04-22")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(accept, pair))
    assert centre.figure("2026-04", "P2", "accepted_in_time") == {"numerator": "2", "denominator": "2"}


def test_figures_can_be_walked_down_to_their_cases(centre: Centre) -> None:
    case = centre.handled("2026-04-20")
    query = {"month": "2026-04", "subject": "P2", "after": None, "limit": 100}
    listed = centre.do(figures.list_facts, query, by=actor("staff", person="P2"))
    assert {(one["code"], one["figure"]) for one in listed["items"]} == {(case, "accepted_in_time")}
    with pytest.raises(Forbidden):
        centre.do(figures.list_facts, query, by=actor("staff", person="P3"))


def test_staff_see_their_own_figures_only(centre: Centre) -> None:
    centre.close("2026-04")
    query = {"month": "2026-04", "layer": None, "after": None, "limit": 100}
    own = centre.do(figures.list_figures, query, by=actor("staff", person="P2"))
    assert [one["subject"] for one in own["items"]] == ["P2"]


def test_only_the_centre_closes(centre: Centre) -> None:
    with pytest.raises(Forbidden):
        centre.do(months.close_figures, {"month": "2026-04"}, by=actor("hr"))


def test_a_batch_of_five_hundred_is_registered_and_handled(centre: Centre) -> None:
    codes = centre.register(*({"at": at("2026-04-20"), "number": str(number)} for number in range(500)))
    centre.steps(
        *(
            {"case": one, "step": "assign", "at": at("2026-04-20 11:00"), "unit": "S01", "handler": "P2"}
            for one in codes
        )
    )
    centre.steps(*({"case": one, "step": "accept", "at": at("2026-04-21")} for one in codes))
    centre.close("2026-04")
    assert centre.figure("2026-04", "P2", "accepted_in_time") == {"numerator": "500", "denominator": "500"}


def test_every_state_can_be_sent_again(centre: Centre) -> None:
    centre.close("2026-04")
    assert centre.do(figures.replay_state, {}, by=system(BUREAU)) == {"states": 6}
    with pytest.raises(Forbidden):
        centre.do(figures.replay_state, {}, by=actor("office"))
