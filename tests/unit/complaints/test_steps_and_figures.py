"""Steps that a case's state allows or refuses, and the keys that the library's indicators ask of the figures."""

import csv
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services.complaints.domain.events import Event
from services.complaints.domain.figures import LAYERS, Fact, empty, facts, sums, working_minutes
from shared.vocabulary.refusals import Refused
from tests.support.histories import DAYS, case_of, day, lived, moment, registration

LIBRARY = Path(__file__).parents[3] / "data" / "reference" / "indicators.csv"
COMPLAINT = [registration("04-20")]
REPORT = [registration("04-20", "report")]
ACCEPTED = lived(COMPLAINT, ("assign", "04-20", {"unit": "S01", "handler": "P2"}), ("accept", "04-21"))
CONCLUDED = lived(ACCEPTED, ("conclude", "05-06", {"outcome": "agreement"}))
History = list[Event]


@pytest.mark.parametrize(
    ("case", "step", "code"),
    [
        (COMPLAINT, ("contact", "04-21"), "case.not_assigned"),
        (COMPLAINT, ("accept", "04-19"), "case.order"),
        (COMPLAINT, ("refuse", "04-21", {"ground": None}), "case.ground"),
        (COMPLAINT, ("refuse", "04-21", {"ground": "8"}), "case.ground"),
        (COMPLAINT, ("conclude", "04-22", {"outcome": "agreement"}), "case.not_running"),
        (COMPLAINT, ("tell", "04-22"), "case.not_concluded"),
        (COMPLAINT, ("extend", "04-22"), "case.not_running"),
        (ACCEPTED, ("accept", "04-22"), "case.decided"),
        (ACCEPTED, ("refuse", "04-22", {"ground": "1"}), "case.decided"),
        (ACCEPTED, ("conclude", "04-20", {"outcome": "agreement"}), "case.order"),
        (ACCEPTED, ("conclude", "04-22", {"outcome": "filed"}), "case.outcome"),
        (ACCEPTED, ("conclude", "04-22", {"outcome": "terminated"}), "case.ground"),
        (ACCEPTED, ("conclude", "04-22", {"outcome": "agreement", "termination_ground": "1"}), "case.ground"),
        (ACCEPTED, ("conclude", "04-22", {"outcome": "terminated", "termination_ground": "9"}), "case.ground"),
        (ACCEPTED, ("resume", "04-22"), "case.not_paused"),
        (ACCEPTED, ("pause", "06-23"), "case.overdue"),
        (ACCEPTED, ("restart", "04-22"), "case.not_running"),
        (CONCLUDED, ("conclude", "05-07", {"outcome": "agreement"}), "case.not_running"),
        (CONCLUDED, ("assign", "05-07", {"unit": "S02"}), "case.finished"),
        (CONCLUDED, ("follow_up", "05-05", {"answered": False}), "case.order"),
        (CONCLUDED, ("follow_up", "05-07", {"answered": True}), "case.answer"),
        (CONCLUDED, ("follow_up", "05-07", {"answered": False, "satisfaction": "satisfied"}), "case.answer"),
        (CONCLUDED, ("perform", "05-07"), "case.no_agreement"),
        (REPORT, ("accept", "04-21"), "case.kind"),
        (REPORT, ("conclude", "04-22", {"outcome": "agreement"}), "case.outcome"),
        (REPORT, ("extend", "05-14"), "case.overdue"),
    ],
)
def test_a_step_that_the_state_does_not_allow_is_refused(case: History, step: tuple[Any, ...], code: str) -> None:
    with pytest.raises(Refused) as refused:
        lived(case, step)
    assert refused.value.refusals[0].code == code
    assert refused.value.refusals[0].zh
    assert refused.value.refusals[0].en


def test_a_case_walks_through_its_states() -> None:
    steps = [COMPLAINT, lived(COMPLAINT, ("assign", "04-20", {"unit": "S01"})), ACCEPTED, CONCLUDED]
    assert [case_of(one).status for one in steps] == ["registered", "assigned", "accepted", "concluded"]
    assert case_of(lived(COMPLAINT, ("refuse", "04-21", {"ground": "3"}))).status == "refused"


def test_only_the_first_contact_and_the_first_dispatch_are_measured() -> None:
    again = (("contact", "04-22"), ("contact", "04-25"), ("assign", "04-27", {"unit": "S02"}))
    twice = case_of(lived(ACCEPTED, *again))
    assert (twice.contacted_at, twice.assigned_at) == (moment("04-22"), moment("04-20"))
    assert (twice.unit, twice.handler) == ("S02", None), "the handler stays with the unit"


def test_concluding_ends_an_open_appraisal() -> None:
    ended = lived(ACCEPTED, ("pause", "04-25"), ("conclude", "05-06", {"outcome": "settled"}))
    assert not case_of(ended).paused


REPEATED = {"original": "c1", "repeat_unit": "S01", "repeat_handler": "P2", "repeat_concluded": day("05-06")}


@pytest.mark.parametrize(
    ("received", "allowed"), [("05-06", True), ("07-05", True), ("07-06", False), ("05-05", False)]
)
def test_a_repetition_comes_within_sixty_days_of_the_conclusion(received: str, *, allowed: bool) -> None:
    again = [registration(received)]
    if allowed:
        marked = case_of(lived(again, ("mark_repeat", received, REPEATED)))
        assert (marked.repeat_unit, marked.repeat_handler) == ("S01", "P2")
        undone = case_of(lived(again, ("mark_repeat", received, REPEATED), ("unmark_repeat", "07-10")))
        assert (undone.repeat_of, undone.repeat_unit) == (None, None)
    else:
        with pytest.raises(Refused):
            lived(again, ("mark_repeat", received, REPEATED))


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("04-20T10:00", "04-20T11:30", 90),
        ("04-20T16:30", "04-21T09:30", 60),
        ("04-20T18:00", "04-21T08:00", 0),
        ("04-30T16:00", "05-06T10:00", 120),
        ("05-08T16:00", "05-09T10:00", 120),
        ("04-20T10:00", "04-20T09:30", 0),
    ],
)
def test_dispatch_time_runs_in_office_hours_of_working_days(start: str, end: str, minutes: int) -> None:
    assert working_minutes(DAYS, local(start), local(end)) == minutes


FIGURES = {
    "08-01-01": "accepted_in_time",
    "08-01-02": "concluded_in_time",
    "08-01-03": "mediation_success",
    "08-01-04": "recovered_loss",
    "08-01-05": "first_contact_days",
    "08-01-06": "repeat_complaints",
    "08-01-07": "dispatch_hours",
    "08-01-08": "agreement_performance",
    "08-02-01": "reports_verified_in_time",
    "08-02-02": "report_result_told_in_time",
    "08-02-03": "follow_ups",
    "08-02-04": "follow_up_satisfaction",
}


@pytest.mark.parametrize(("code", "figure"), FIGURES.items())
def test_each_figure_has_the_layers_and_keys_its_indicator_asks_for(code: str, figure: str) -> None:
    with LIBRARY.open(encoding="utf-8", newline="") as sheet:
        row = next(one for one in csv.DictReader(sheet) if one["code"] == code)
    assert row["source"] == "complaints"
    assert LAYERS[figure] == set(row["layers"].split("|"))
    keys = {"tier": {"numerator", "denominator"}, "ratio": {"done"}}[row["rule"]]
    for layer in LAYERS[figure]:
        assert set(empty(layer)[figure]) == keys


def test_every_indicator_of_the_library_that_complaints_feed_has_a_figure() -> None:
    with LIBRARY.open(encoding="utf-8", newline="") as sheet:
        fed = {one["code"] for one in csv.DictReader(sheet) if one["source"] == "complaints"}
    assert fed == set(FIGURES)
    assert set(FIGURES.values()) == set(LAYERS)


def test_an_associations_case_gives_no_facts() -> None:
    own = [registration("04-20", organisation="association", intake_unit="A01"), *CONCLUDED[1:]]
    assert facts(case_of(own), DAYS) == []
    assert facts(case_of(CONCLUDED), DAYS) != []


def test_sums_take_only_what_the_layer_is_judged_by() -> None:
    day = moment("05-06").date()
    given = [
        Fact("first_contact_days", day, "S01", "P2", Decimal(2), Decimal(1)),
        Fact("recovered_loss", day, "S01", "P2", Decimal("0.125"), Decimal(0)),
        Fact("recovered_loss", day, "S01", "P2", Decimal("1.5"), Decimal(0)),
    ]
    assert sums(given, "person")["first_contact_days"] == {"numerator": Decimal(2), "denominator": Decimal(1)}
    assert "first_contact_days" not in sums(given, "station")
    assert sums(given, "station")["recovered_loss"] == {"done": Decimal("1.625")}


def test_no_figure_ever_counts_something_over_nothing() -> None:
    answered = {"answered": True, "satisfaction": "satisfied"}
    followed = case_of(lived(CONCLUDED, ("follow_up", "06-02", answered)))
    again = case_of(lived([registration("06-03")], ("mark_repeat", "06-03", REPEATED)))
    counted = [*facts(followed, DAYS), *facts(again, DAYS)]
    assert {one.figure for one in counted} >= {"follow_ups", "repeat_complaints", "follow_up_satisfaction"}
    for month in {one.day.month for one in counted}:
        for figure, counts in sums((one for one in counted if one.day.month == month), "division").items():
            assert counts.get("denominator", 1) or not counts["numerator"], figure


def test_who_never_made_contact_is_measured_to_the_conclusion() -> None:
    (fact,) = [one for one in facts(case_of(CONCLUDED), DAYS) if one.figure == "first_contact_days"]
    assert fact.numerator == DAYS.count(moment("04-20").date(), moment("05-06").date())
