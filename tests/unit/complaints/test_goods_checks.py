"""A sample's way: what follows what, what stands in the way, and rates that say nothing of nothing."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from services.complaints.domain.goods_checks import Sample, after, choices, rate, why_not
from shared.vocabulary.case_knowledge import SAMPLE_STATES, SAMPLE_STEPS
from shared.vocabulary.refusals import Refused

TODAY = date(2026, 6, 30)
TOLD = {"laboratory": "示范检验所", "report_number": "R-1", "standard": "GB 19301-2010", "items": ["菌落总数"]}


def took(sample: Sample, step: str, on: str = "2026-06-10", **given: Any) -> Sample:
    plain = {"passed": None, "case": None, **dict.fromkeys(TOLD, ""), "items": []}
    return after(sample, {"step": step, "on": on, **plain, **given}, TODAY)


def failed() -> Sample:
    return took(Sample("taken", date(2026, 6, 1)), "test", passed=False, **TOLD)


def test_a_failed_sample_goes_through_retest_to_its_end() -> None:
    one = failed()
    assert (one.status, one.failed) == ("failed", True)
    told = took(took(one, "withdraw_goods"), "tell_trader")
    again = took(told, "ask_retest")
    assert (took(again, "retest", passed=True, **TOLD).status, took(again, "retest", passed=True, **TOLD).failed) == (
        *("cleared", False),
    )
    upheld = took(again, "retest", passed=False, **TOLD)
    assert (upheld.status, upheld.failed, took(upheld, "close").status) == ("upheld", True, "closed")


def test_what_failed_is_not_closed_while_it_is_still_sold() -> None:
    told = took(failed(), "tell_trader")
    with pytest.raises(Refused, match="state"):
        took(told, "close")
    assert took(took(told, "withdraw_goods"), "close").status == "closed"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"passed": None}, "passed"),
        ({"passed": True, "laboratory": ""}, "laboratory"),
        ({"passed": False, "items": []}, "items"),
        ({"passed": True, "on": "2026-05-31"}, "on"),
        ({"passed": True, "on": "2026-07-01"}, "on"),
    ],
)
def test_a_result_says_what_was_found_by_whom_and_when(given: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        took(Sample("taken", date(2026, 6, 1)), "test", **{**TOLD, **given})
    assert refused.value.refusals[0].field == field


def test_every_step_in_every_state_is_allowed_or_tells_why_not() -> None:
    for status, step in product(SAMPLE_STATES, SAMPLE_STEPS):
        sample = Sample(status, TODAY)
        may, not_now = choices(sample)
        assert (step in may) == (why_not(sample, step) is None)
        assert len(may) + len(not_now) == len(SAMPLE_STEPS)


def test_a_rate_of_nothing_is_none_and_halves_go_up() -> None:
    assert (rate(0, 0), rate(0, 3), rate(3, 3), rate(1, 8), rate(1, 3)) == (None, "0.0", "100.0", "12.5", "33.3")
    assert rate(1, 2000) == "0.1"
