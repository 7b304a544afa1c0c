# local times, as clocks mean them
"""Month figures: the counts that indicators 02-01-01 to 02-02-01 work on, and whose key names the library fixes."""

import csv
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from services.attendance.domain.days import Day
from services.attendance.domain.gatherings import EXCUSED, MEETING, MISSING, SIGNED, STUDY, Gathering, sign_in
from services.attendance.domain.leaves import Leave
from services.attendance.domain.months import (
    Month,
    after_leave,
    attended,
    figures_from,
    figures_text,
    month_of,
    person_figures,
    unit_figures,
)
from services.attendance.domain.plausibility import IN_FUTURE, TOO_OLD, doubt

LIBRARY = Path(__file__).parents[3] / "data" / "reference" / "indicators.csv"
D = Decimal


def days(*halves: tuple[str, str], late: int = 0, early: int = 0, missed: tuple[str, ...] = ()) -> list[Day]:
    return [Day(date(2026, 3, 2 + n), pair, late, early, missed) for n, pair in enumerate(halves)]


P, A = "present", "absent"


def test_counts_are_summed_and_absence_is_in_half_days() -> None:
    figures = person_figures(days((P, P), (A, P), (A, A), late=1, missed=("depart",)), [])
    assert figures["late_early"] == {"late": D(3), "early": D(0)}
    assert figures["absence"] == {"absent": D("1.5"), "overleave": D(0)}
    assert figures["missed_punches"] == {"count": D(3)}


def test_absence_after_leave_is_overstayed_until_the_person_is_back() -> None:
    judged = after_leave(days((P, "annual"), (A, A), (A, P), (A, A)))
    assert [day.halves for day in judged] == [(P, "annual"), ("overleave", "overleave"), ("overleave", P), (A, A)]


def test_absence_after_an_outing_is_plain_absence() -> None:
    assert after_leave(days((P, "outing"), (A, A)))[1].halves == (A, A)


def test_statutory_leave_and_outings_count_as_attended_and_sick_and_personal_leave_do_not() -> None:
    assert attended(days((P, "annual"), ("outing", "maternity"), ("sick", "personal"), (A, P))) == (D("2.5"), D(4))


def test_sick_and_personal_leave_is_told_in_days_and_no_other_absence_is() -> None:
    told = person_figures(days((P, "sick"), ("personal", "personal"), ("injury", "annual"), (A, "outing")), [])
    assert told["leave"] == {"days": D("1.5")}
    assert "leave" not in person_figures(days((P, "injury"), (A, A)), [])


def test_gatherings_count_only_what_was_due() -> None:
    outcomes = [
        (MEETING, MISSING),
        (MEETING, SIGNED),
        (MEETING, EXCUSED),
        (STUDY, SIGNED),
        (STUDY, EXCUSED),
        (STUDY, MISSING),
    ]
    figures = person_figures([], outcomes)
    assert figures["meeting_absences"] == {"count": D(1)}
    assert figures["study_sign_in"] == {"numerator": D(1), "denominator": D(2)}


def test_a_unit_sums_its_members() -> None:
    summed = unit_figures([(D("20.5"), D(22)), (D(11), D(11))])
    assert summed == {"unit_attendance": {"numerator": D("31.5"), "denominator": D(33)}}


def test_figures_keep_their_value_as_text() -> None:
    figures = {"absence": {"absent": D("1.50"), "overleave": D("0.0")}, "missed_punches": {"count": D("10")}}
    assert figures_text(figures) == {"absence": {"absent": "1.5", "overleave": "0"}, "missed_punches": {"count": "10"}}
    assert figures_from(figures_text(figures)) == figures


@pytest.mark.parametrize(
    ("code", "figure"),
    [
        ("02-01-01", "late_early"),
        ("02-01-02", "absence"),
        ("02-01-03", "missed_punches"),
        ("02-01-04", "unit_attendance"),
        ("02-01-07", "meeting_absences"),
        ("02-02-01", "study_sign_in"),
    ],
)
def test_each_figure_has_the_keys_its_indicators_rule_asks_for(code: str, figure: str) -> None:
    with LIBRARY.open(encoding="utf-8", newline="") as sheet:
        row = next(one for one in csv.DictReader(sheet) if one["code"] == code)
    figures = person_figures([], []) | unit_figures([])
    per = json.loads(row["rule_params"]).get("per")
    expected = {"tier": {"numerator", "denominator"}}.get(row["rule"]) or (
        set(per) if isinstance(per, dict) else {"count"}
    )
    assert set(figures[figure]) == expected
    assert row["source"] == "attendance"


def test_a_month_knows_its_days() -> None:
    assert (Month("2026-02").first, Month("2026-02").last) == (date(2026, 2, 1), date(2026, 2, 28))
    assert Month("2026-12").last == date(2026, 12, 31)
    assert month_of(date(2026, 3, 31)) == Month("2026-03")


MEETING_AT = Gathering("G1", MEETING, datetime(2026, 3, 4, 14, 0), datetime(2026, 3, 4, 14, 30))


@pytest.mark.parametrize(
    ("time", "expected"), [("13:59", MISSING), ("14:00", SIGNED), ("14:30", SIGNED), ("14:31", MISSING)]
)
def test_a_punch_signs_in_within_the_window_only(time: str, expected: str) -> None:
    assert sign_in(MEETING_AT, [datetime.fromisoformat(f"2026-03-04 {time}")], []) == expected


@pytest.mark.parametrize(
    ("leave", "expected"),
    [
        (Leave("sick", date(2026, 3, 4), date(2026, 3, 4)), EXCUSED),
        (Leave("sick", date(2026, 3, 4), date(2026, 3, 4), last_half=0), MISSING),
        (
            Leave(
                "outing", date(2026, 3, 4), date(2026, 3, 4), 0, 1, datetime(2026, 3, 4, 13), datetime(2026, 3, 4, 15)
            ),
            EXCUSED,
        ),
        (
            Leave(
                "outing", date(2026, 3, 4), date(2026, 3, 4), 0, 1, datetime(2026, 3, 4, 9), datetime(2026, 3, 4, 11)
            ),
            MISSING,
        ),
    ],
)
def test_leave_over_a_meeting_excuses_from_it(leave: Leave, expected: str) -> None:
    assert sign_in(MEETING_AT, [], [leave]) == expected


RECEIVED = datetime(2026, 3, 4, 9, 0)


@pytest.mark.parametrize(
    ("time", "why"),
    [
        (datetime(2026, 3, 4, 8, 59), None),
        (datetime(2025, 6, 1, 8), None),
        (datetime(2000, 1, 1), TOO_OLD),
        (datetime(1971, 5, 5), TOO_OLD),
        (datetime(2026, 3, 4, 9, 10), None),
        (datetime(2026, 3, 4, 9, 11), IN_FUTURE),
        (datetime(2026, 12, 25, 8), IN_FUTURE),
    ],
)
def test_only_times_that_can_be_true_count(time: datetime, why: str | None) -> None:
    assert doubt(time, RECEIVED) == why
