"""Counting, case by case: the worked examples of the rules (令121 art. 45) against the official calendar of 2026."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.complaints.domain.calendars import Paused, period_end
from services.complaints.domain.cases import Case, day_of
from services.complaints.domain.deadlines import BEYOND, KEPT, LATE, PAUSED, RUNNING, deadlines
from services.complaints.domain.regimes import CALENDAR, ORDER_20, ORDER_121, WORKING, Term, regime_on
from shared.working_days import WorkingDays

DAYS = WorkingDays()


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def moment(text: str) -> datetime:
    """Ten in the morning in Shanghai."""
    return datetime.fromisoformat(f"2026-{text}T02:00:00+00:00")


def case(kind: str, received: str | datetime, **given: object) -> Case:
    at = received if isinstance(received, datetime) else moment(received)
    return Case("c1", kind, "bureau", "1", "C01", at, at, **given)  # type: ignore[arg-type]


def due(of: Case, name: str) -> date | None:
    return next(one.due for one in deadlines(of, DAYS) if one.name == name)


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
    assert due(case("complaint", accepted, decided_at=moment(accepted)), "mediate") == day(ends)


def test_while_an_appraisal_is_open_nobody_can_say_when_the_time_is_over() -> None:
    open_ = case("complaint", "06-01", decided_at=moment("06-01"), pauses=((day("06-08"), None),))
    (mediate,) = [one for one in deadlines(open_, DAYS) if one.name == "mediate"]
    assert (mediate.due, mediate.state) == (None, PAUSED)


def test_the_days_of_an_appraisal_are_excluded_first_day_out_last_day_in() -> None:
    appraised = case("complaint", "05-11", decided_at=moment("05-11"), pauses=((day("05-20"), day("06-10")),))
    assert due(appraised, "mediate") == day("07-31")


def test_an_appraisal_over_a_weekend_excludes_no_more_than_its_days() -> None:
    plain = case("complaint", "05-11", decided_at=moment("05-11"))
    over = case("complaint", "05-11", decided_at=moment("05-11"), pauses=((day("05-22"), day("05-25")),))
    assert due(plain, "mediate") == day("07-10")
    assert due(over, "mediate") == day("07-13")


def test_sixty_days_that_end_in_a_holiday_block_end_after_it_and_on_an_ordinary_weekend_stay() -> None:
    assert due(case("complaint", "08-03", decided_at=moment("08-03")), "mediate") == day("10-08")
    assert due(case("complaint", "05-12", decided_at=moment("05-12")), "mediate") == day("07-11"), "a Saturday"


@pytest.mark.parametrize(
    ("given", "ends"),
    [
        ({"received": "04-15"}, "05-09"),
        ({"received": "04-15", "extended_at": moment("05-08")}, "05-29"),
        ({"received": "06-01", "pauses": ((day("06-05"), day("06-23")),)}, "07-08"),
        ({"received": "04-20", "restarted_on": day("05-12")}, "06-02"),
    ],
)
def test_verify_within_fifteen_working_days(given: dict[str, object], ends: str) -> None:
    assert due(case("report", **given), "verify") == day(ends)  # type: ignore[arg-type]


def test_the_parties_are_told_of_a_termination_within_seven_working_days() -> None:
    ended = case(
        "complaint",
        "06-01",
        decided_at=moment("06-02"),
        concluded_at=moment("06-18"),
        outcome="terminated",
        termination_ground="2",
    )
    assert due(ended, "tell_termination") == day("06-30")


def test_a_report_whose_result_must_be_told_is_told_within_five_working_days() -> None:
    done = case("report", "04-15", concluded_at=moment("05-09"), outcome="filed", must_tell=True)
    assert due(done, "tell_result") == day("05-15")
    assert [one.name for one in deadlines(case("report", "04-15", concluded_at=moment("05-09")), DAYS)] == ["verify"]


@pytest.mark.parametrize(("decided", "state"), [(None, RUNNING), (moment("04-29"), KEPT), (moment("04-30"), LATE)])
def test_a_deadline_says_whether_it_was_kept(decided: datetime | None, state: str) -> None:
    assert deadlines(case("complaint", "04-20", decided_at=decided), DAYS)[0].state == state


def test_a_deadline_in_a_year_without_calendar_is_not_guessed() -> None:
    (accept,) = deadlines(case("complaint", "12-30"), DAYS)
    assert (accept.due, accept.state) == (None, BEYOND)


def test_the_regime_is_the_one_in_force_when_the_clock_starts() -> None:
    assert regime_on(day("04-14")) is ORDER_20
    assert regime_on(day("04-15")) is ORDER_121
    old = case("complaint", "03-02", decided_at=moment("03-03"))
    (mediate,) = [one for one in deadlines(old, DAYS) if one.name == "mediate"]
    assert (mediate.regime, mediate.article, mediate.due) == ("令20", "第21条第5项", DAYS.add(day("03-03"), 45))


def test_an_associations_case_has_no_statutory_deadline() -> None:
    own = Case("c1", "complaint", "association", "1", "A01", moment("04-20"), moment("04-20"))
    assert deadlines(own, DAYS) == []


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
