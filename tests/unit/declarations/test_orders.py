"""Task orders: deadlines that change on record, reports, risk; and what calling to account asks for."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.declarations.domain.inquiries import (
    Inquiry,
    check_answer_by,
    check_consequence,
    with_deductions,
)
from services.declarations.domain.orders import check_points
from shared.vocabulary.refusals import Refused
from tests.unit.declarations.examples import indicator, order

TODAY = date(2026, 1, 15)
NOTE = {"on": TODAY.isoformat(), "by": "H9", "text": "上级调整时限"}


def code_of(refused) -> str:
    return refused.value.refusals[0].code


def test_a_change_of_deadline_keeps_both_dates_and_why():
    moved = order().postponed(date(2026, 2, 10), NOTE)
    assert (moved.deadline, moved.status, moved.revision) == (date(2026, 2, 10), "issued", 2)
    assert moved.deadlines == [
        {"on": "2026-01-15", "by": "H9", "from": "2026-01-31", "to": "2026-02-10", "reason": "上级调整时限"}
    ]


@pytest.mark.parametrize(
    ("deadline", "text", "code"),
    [
        (date(2026, 1, 31), "理由", "deadline.same"),
        (date(2026, 1, 14), "理由", "deadline.past"),
        (date(2026, 2, 10), " ", "note.required"),
    ],
)
def test_a_deadline_does_not_change_without_sense(deadline, text, code):
    with pytest.raises(Refused) as refused:
        order().postponed(deadline, {**NOTE, "text": text})
    assert code_of(refused) == code


def test_work_that_was_put_off_is_not_overdue_until_the_new_deadline():
    moved = order(status="accepted").postponed(date(2026, 2, 10), NOTE)
    assert not moved.overdue(date(2026, 2, 10))
    assert moved.overdue(date(2026, 2, 11))


@pytest.mark.parametrize("step", ["refused", "insisted", "withdrawn", "sent_back"])
def test_a_word_is_needed_against_the_other_side(step):
    status = {"refused": "issued", "insisted": "refused", "withdrawn": "issued", "sent_back": "completed"}[step]
    with pytest.raises(Refused) as refused:
        getattr(order(status=status), step)({**NOTE, "text": "  "})
    assert code_of(refused) == "note.required"


def test_what_is_sent_back_is_open_again_under_its_old_deadline():
    back = order(status="completed", completed_on=TODAY, percent=100).sent_back(NOTE)
    assert (back.status, back.completed_on, back.deadline) == ("accepted", None, date(2026, 1, 31))
    assert back.overdue(date(2026, 2, 1))


def test_a_report_without_a_figure_keeps_the_last_one():
    told = order(status="accepted", percent=40).progressed(NOTE, None, TODAY)
    assert (told.percent, told.reported_on, told.notes[-1]["percent"]) == (40, TODAY, 40)


@given(
    st.sampled_from(["issued", "refused", "accepted", "completed", "judged", "withdrawn"]),
    st.integers(0, 100),
    st.integers(-20, 40),
    st.none() | st.integers(0, 14),
    st.integers(0, 20),
    st.integers(0, 20),
)
def test_risk_is_a_near_deadline_and_either_lag_or_silence(status, percent, due_in, reported, within, silent):
    issued = TODAY - timedelta(days=15)
    one = order(
        status=status,
        percent=percent,
        issued_on=issued,
        deadline=max(issued, TODAY + timedelta(days=due_in)),
        reported_on=None if reported is None else issued + timedelta(days=reported),
    )
    last, since = TODAY + timedelta(days=within), TODAY - timedelta(days=silent)
    still_open = status in ("issued", "refused", "accepted")
    near = TODAY <= one.deadline <= last
    share = Decimal((TODAY - issued).days + 1) / Decimal((one.deadline - issued).days + 1)
    lag = Decimal(percent) / 100 < share
    quiet = (one.reported_on or issued) <= since
    assert one.at_risk(TODAY, last, since) == (still_open and near and (lag or quiet))


@pytest.mark.parametrize(("points", "fits"), [(None, True), ("0.5", True), ("5", True), ("0", False), ("5.01", False)])
def test_the_points_of_an_order_lie_within_the_indicators(points, fits):
    given_points = None if points is None else Decimal(points)
    if fits:
        check_points(given_points, Decimal(5))
        return
    with pytest.raises(Refused):
        check_points(given_points, Decimal(5))


def asked(**changes) -> Inquiry:
    plain = {
        **dict.fromkeys(
            ["bureau", "cycle", "inquiry", "order", "indicator", "layer", "period", "unit", "assessor"], "x"
        ),
        "revision": 1,
        "subject": "P10",
        "status": "asked",
        "question": "为何未办",
        "answer_by": TODAY,
        "answer": "",
        "consequence": None,
        "deduction": {},
        "conclusion": "",
        "asked_by": "L1",
        "asked_on": TODAY,
        **dict.fromkeys(["answered_by", "answered_on", "closed_by", "closed_on"]),
    }
    return Inquiry(**{**plain, **changes})


def test_who_is_asked_has_until_the_day_to_answer():
    with pytest.raises(Refused) as refused:
        asked().closed("reminder", {}, "提醒", "L1", TODAY)
    assert code_of(refused) == "inquiry.not_due"
    assert asked().closed("reminder", {}, "提醒", "L1", TODAY + timedelta(days=1)).status == "closed"
    answered = asked().answered("已补办", "P10", TODAY)
    assert answered.closed("none", {}, "属实", "L1", TODAY).consequence == "none"


def test_an_answer_is_not_asked_for_yesterday():
    with pytest.raises(Refused):
        check_answer_by(TODAY - timedelta(days=1), TODAY)
    check_answer_by(TODAY, TODAY)


DEDUCTS = indicator("deduct", {"per": {"overdue": "0.5"}})
RATES = indicator("ratio", {"cap": "1.0"})


@pytest.mark.parametrize(
    ("item", "consequence", "deduction", "code"),
    [
        (DEDUCTS, "deduction", {"overdue": Decimal(1)}, None),
        (RATES, "reminder", {}, None),
        (RATES, "deduction", {"overdue": Decimal(1)}, "deduction.rule"),
        (DEDUCTS, "deduction", {}, "counts.missing"),
        (DEDUCTS, "deduction", {"other": Decimal(1)}, "counts.unknown"),
        (DEDUCTS, "reminder", {"overdue": Decimal(1)}, "deduction.unwanted"),
    ],
)
def test_only_what_deducts_is_deducted_from(item, consequence, deduction, code):
    if code is None:
        check_consequence(item, consequence, deduction)
        return
    with pytest.raises(Refused) as refused:
        check_consequence(item, consequence, deduction)
    assert code_of(refused) == code


counts = st.dictionaries(st.sampled_from(["overdue", "missing"]), st.integers(0, 9).map(Decimal))


@given(counts, st.lists(counts, max_size=4))
def test_deductions_add_to_what_is_judged(judged, taken_off):
    total = with_deductions(judged, taken_off)
    for key in ("overdue", "missing"):
        assert total.get(key, 0) == sum(one.get(key, 0) for one in [judged, *taken_off])
