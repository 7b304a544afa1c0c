"""Counting, case by case: the worked examples of the rules (令121 art. 45) against the official calendar of 2026."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.complaints.domain.calendars import Almanac, Paused, period_end
from services.complaints.domain.cases import Case, day_of
from services.complaints.domain.deadlines import KEPT, LATE, OVERDUE, PAUSED, RUNNING, Deadline, deadlines
from services.complaints.domain.regimes import CALENDAR, ORDER_20, ORDER_121, WORKING, Term, regime_on
from shared.working_days import WorkingDays
from tests.support.histories import DAYS, case_of, day, lived, moment, registration


def case(kind: str, received: str | datetime, *steps: Any) -> Case:
    return case_of(lived([registration(received, kind)], *steps))


def due(of: Case, name: str) -> date | None:
    return clock(of, name).due


def clock(of: Case, name: str) -> Deadline:
    return [one for one in deadlines(of, DAYS) if one.name == name][-1]


AGREED = {"outcome": "agreement"}
ENDED = {"outcome": "terminated", "termination_ground": "3"}


@pytest.mark.parametrize(
    ("received", "ends"),
    [
        ("04-20", "04-29"),
        ("04-30", "05-13"),
        ("05-09", "05-19"),
        ("09-24", "10-12"),
    ],
)
def test_accept_within_seven_working_days(received: str, ends: str) -> None:
    assert due(case("complaint", received), "accept") == day(ends)


def test_a_complaint_late_in_the_utc_day_was_received_on_the_next_day_in_shanghai() -> None:
    received = datetime(2026, 4, 15, 16, 30, tzinfo=UTC)
    assert day_of(received) == day("04-16")
    assert due(case("complaint", received), "accept") == day("04-27")


@pytest.mark.parametrize(("accepted", "ends"), [("04-30", "06-29"), ("08-11", "10-10")])
def test_mediate_within_sixty_days(accepted: str, ends: str) -> None:
    assert due(case("complaint", accepted, ("accept", accepted)), "mediate") == day(ends)


def test_while_an_appraisal_is_open_nobody_can_say_when_the_time_is_over() -> None:
    open_ = case("complaint", "06-01", ("accept", "06-01"), ("pause", "06-08"))
    (mediate,) = [one for one in deadlines(open_, DAYS, today=day("08-15")) if one.name == "mediate"]
    assert (mediate.due, mediate.state) == (None, PAUSED)


def test_the_days_of_an_appraisal_are_excluded_first_day_out_last_day_in() -> None:
    appraised = case("complaint", "05-11", ("accept", "05-11"), ("pause", "05-20"), ("resume", "06-10"))
    assert due(appraised, "mediate") == day("07-31")


def test_an_appraisal_over_a_weekend_excludes_no_more_than_its_days() -> None:
    plain = case("complaint", "05-11", ("accept", "05-11"))
    over = case("complaint", "05-11", ("accept", "05-11"), ("pause", "05-22"), ("resume", "05-25"))
    assert due(plain, "mediate") == day("07-10")
    assert due(over, "mediate") == day("07-13")


def test_sixty_days_that_end_in_a_holiday_block_end_after_it_and_on_an_ordinary_weekend_stay() -> None:
    assert due(case("complaint", "08-03", ("accept", "08-03")), "mediate") == day("10-08")
    assert due(case("complaint", "05-12", ("accept", "05-12")), "mediate") == day("07-11"), "a Saturday"


@pytest.mark.parametrize(
    ("received", "steps", "ends"),
    [
        ("04-15", [], "05-09"),
        ("04-15", [("extend", "05-08")], "05-29"),
        ("06-01", [("pause", "06-05"), ("resume", "06-23")], "07-08"),
        ("04-20", [("restart", "05-12")], "06-02"),
        ("04-20", [("restart", "05-12"), ("restart", "05-01")], "06-02"),
    ],
)
def test_verify_within_fifteen_working_days(received: str, steps: list[Any], ends: str) -> None:
    assert due(case("report", received, *steps), "verify") == day(ends)


def test_the_parties_are_told_of_a_termination_within_seven_working_days() -> None:
    ended = case("complaint", "06-01", ("accept", "06-02"), ("conclude", "06-18", ENDED))
    assert due(ended, "tell_termination") == day("06-30")


def test_a_report_whose_result_must_be_told_is_told_within_five_working_days() -> None:
    done = case("report", "04-15", ("conclude", "05-09", {"outcome": "not_filed", "must_tell": True}))
    assert due(done, "tell_result") == day("05-15")
    plain = case("report", "04-15", ("conclude", "05-09", {"outcome": "not_filed"}))
    assert [one.name for one in deadlines(plain, DAYS)] == ["verify"]


@pytest.mark.parametrize(("decided", "state"), [(None, RUNNING), ("04-29", KEPT), ("04-30", LATE)])
def test_a_deadline_says_whether_it_was_kept(decided: str | None, state: str) -> None:
    steps = [("accept", decided)] if decided else []
    assert deadlines(case("complaint", "04-20", *steps), DAYS)[0].state == state


def test_a_deadline_that_nobody_met_is_overdue_from_the_day_after() -> None:
    open_ = case("complaint", "04-20")
    assert deadlines(open_, DAYS, today=day("04-29"))[0].state == RUNNING
    assert deadlines(open_, DAYS, today=day("04-30"))[0].state == OVERDUE


def test_a_deadline_in_a_year_without_calendar_is_provisional() -> None:
    (accept,) = deadlines(case("complaint", "12-30"), DAYS)
    assert (accept.due, accept.provisional) == (date(2027, 1, 8), True)
    accepted = case("complaint", "11-20", ("accept", "11-20"))
    assert (due(accepted, "mediate"), clock(accepted, "mediate").provisional) == (date(2027, 1, 19), True)


def test_the_regime_is_the_one_in_force_at_the_receipt() -> None:
    assert regime_on(day("04-14")) is ORDER_20
    assert regime_on(day("04-15")) is ORDER_121
    old = case("complaint", "03-02", ("accept", "03-03"))
    mediate = clock(old, "mediate")
    assert (mediate.regime, mediate.article, mediate.due) == ("令20", "第21条第5项", DAYS.add(day("03-03"), 45))
    beside = {one.reading: (one.due, one.article) for one in mediate.others}
    assert beside["earlier_of_two"] == (day("05-02") + timedelta(days=4), "消保法实施条例第46条"), (
        "past the May holiday"
    )


def test_the_other_reading_is_shown_where_it_gives_another_day() -> None:
    saturday = clock(case("complaint", "05-12", ("accept", "05-12")), "mediate")
    assert (saturday.due, [(one.reading, one.due) for one in saturday.others]) == (
        day("07-11"),
        [("weekend_moves", day("07-13"))],
    )
    steps = (("accept", "05-11"), ("pause", "05-20"), ("resume", "06-10"))
    appraised = clock(case("complaint", "05-11", *steps), "mediate")
    assert [(one.reading, one.due) for one in appraised.others] == [("pause_both_ends", day("08-01"))]


def test_what_another_bureau_received_first_is_shown_beside() -> None:
    handed_on = case_of([registration("06-10", first_received_at=moment("06-01"))])
    (accept,) = deadlines(handed_on, DAYS)
    assert (accept.due, accept.others[0].reading, accept.others[0].due) == (day("06-22"), "first_receipt", day("06-10"))


def test_a_filed_case_is_decided_in_ninety_days_or_a_hundred_and_twenty() -> None:
    filed = ("conclude", "06-10", {"outcome": "filed"})
    assert due(case("report", "06-01", filed), "filed") == day("09-08")
    longer = case("report", "06-01", filed, ("extend_filed", "09-01"))
    assert due(longer, "filed") == day("10-08"), "past the National Day holiday"
    ended = clock(case("report", "06-01", filed, ("end_filed", "09-08")), "filed")
    assert ended.state == KEPT


def test_a_real_name_reporter_was_told_of_the_filing_under_the_old_order_only() -> None:
    def names(received: str, filed: str) -> list[str]:
        history = lived([registration(received, "report", real_name=True)], ("conclude", filed, {"outcome": "filed"}))
        return [one.name for one in deadlines(case_of(history), DAYS)]

    assert "tell_filing" in names("03-02", "03-10")
    assert "tell_filing" not in names("06-01", "06-10")


def test_leads_disputes_and_the_traders_own_answer_have_their_clocks() -> None:
    steps = (("accept", "06-01"), ("send_to_trader", "06-01"), ("lead", "06-02"), ("trader_answered", "06-15"))
    told = {one.name: one.due for one in deadlines(case("complaint", "06-01", *steps), DAYS)}
    assert told["odr"] == DAYS.add(day("06-01"), 10)
    assert told["lead"] == DAYS.add(day("06-02"), 15)
    longer = case("complaint", "06-01", *steps, ("extend_lead", "06-20"))
    assert due(longer, "lead") == DAYS.add(day("06-02"), 30)
    disputed = case("report", "06-01", ("dispute", "06-02"))
    assert due(disputed, "dispute") == DAYS.add(day("06-02"), 7)


def test_an_associations_case_has_no_statutory_deadline() -> None:
    own = case_of([registration("04-20", organisation="association", intake_unit="A01")])
    assert deadlines(own, DAYS) == []


def test_what_was_decided_stays_judged_by_the_calendar_that_was_known_then() -> None:
    early = WorkingDays({day("04-27"): False})
    calendar = Almanac([(moment("01-01"), DAYS), (moment("05-15"), early)])
    decided = case("complaint", "04-20", ("accept", "04-30"))
    assert deadlines(decided, calendar)[0].state == LATE
    assert deadlines(case("complaint", "04-20"), calendar)[0].due == day("04-30")


STARTS = st.dates(date(2026, 1, 5), date(2026, 6, 1))


@given(STARTS, st.integers(1, 40))
def test_a_working_day_period_ends_where_the_calendar_counts_it(start: date, n: int) -> None:
    assert period_end(DAYS, start, Term(n, WORKING, "")) == DAYS.add(start, n)


@given(STARTS, st.integers(0, 20), st.integers(0, 30))
def test_a_pause_within_the_period_moves_its_end_by_its_days_and_the_holidays_after(
    start: date, into: int, length: int
) -> None:
    term = Term(60, CALENDAR, "")
    began = start + timedelta(days=into)
    paused = period_end(DAYS, start, term, [(began, began + timedelta(days=length))])
    end = start + timedelta(days=60 + length)
    while DAYS.is_holiday(end):
        end += timedelta(days=1)
    assert paused == end


@given(STARTS, st.integers(0, 59))
def test_an_open_pause_stops_the_clock_and_one_after_the_end_does_not(start: date, into: int) -> None:
    term = Term(60, CALENDAR, "")
    with pytest.raises(Paused):
        period_end(DAYS, start, term, [(start + timedelta(days=into), None)])
    end = period_end(DAYS, start, term)
    assert period_end(DAYS, start, term, [(end, None)]) == end
