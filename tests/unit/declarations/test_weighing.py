"""What counts are worth, what the machine knows, and when a self score is too high."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from services.declarations.domain.cycles import Period
from services.declarations.domain.prefill import machine_counts, same_counts
from services.declarations.domain.weighing import Scale, check_self_points, weigh
from shared.vocabulary.refusals import Refused
from tests.unit.declarations.examples import indicator

TIER = {"direction": "higher", "steps": [["0.99", "1.0"], ["0.97", "0.8"], ["0.93", "0.5"]]}
RATIO = indicator("ratio", {"cap": "1.0"})
LATE = indicator(
    "deduct", {"per": {"late": "0.5", "early": "0.5"}}, source="attendance", figure="late_early", full_points=Decimal(8)
)
CASES = indicator("tier", TIER, source="complaints", figure="accepted", full_points=Decimal(4))
hundredths = st.decimals(0, 1000, places=2)


def numbers(**counts: str) -> dict[str, Decimal]:
    return {key: Decimal(value) for key, value in counts.items()}


def code_of(refused) -> str:
    return refused.value.refusals[0].code


def test_the_worked_examples_of_the_reference():
    ratio = Scale(indicator("ratio", {"cap": "1.0"}), Decimal(40), None, "half_up")
    assert weigh(ratio, numbers(done="34"), "").points == Decimal("4.25")
    late = Scale(LATE, None, numbers(late="3", early="1"), "half_up")
    assert weigh(late, None, "").points == Decimal("6.00")
    cases = Scale(CASES, None, None, "half_up")
    assert weigh(cases, numbers(numerator="116", denominator="120"), "").points == Decimal("2.00")


def test_a_ratio_without_a_claim_earns_nothing():
    assert weigh(Scale(RATIO, None, None, "half_up"), numbers(done="9"), "").points == 0


@given(hundredths, hundredths)
def test_a_self_score_is_kept_or_refused_never_raised(given_points, computed):
    if given_points <= computed:
        assert check_self_points(given_points, computed) == given_points
        return
    with pytest.raises(Refused) as refused:
        check_self_points(given_points, computed)
    assert code_of(refused) == "self_points.above"


def test_the_self_score_is_the_rules_by_default():
    assert check_self_points(None, Decimal("4.25")) == Decimal("4.25")


def test_counts_that_differ_from_the_machine_need_a_remark_and_are_marked():
    scale = Scale(LATE, None, numbers(late="3", early="1"), "half_up")
    with pytest.raises(Refused) as refused:
        weigh(scale, numbers(late="2", early="1"), " ")
    assert code_of(refused) == "remark.required"
    weighed = weigh(scale, numbers(late="2", early="1"), "一次为因公外出")
    assert (weighed.differs, weighed.points) == (True, Decimal("6.50"))


def test_counts_equal_to_the_machines_are_not_marked():
    scale = Scale(LATE, None, numbers(late="3", early="0"), "half_up")
    assert not weigh(scale, numbers(late="3"), "").differs


def test_nothing_to_measure_is_not_applicable():
    scale = Scale(CASES, None, numbers(numerator="0", denominator="0"), "half_up")
    weighed = weigh(scale, None, "")
    assert (weighed.not_applicable, weighed.differs, weighed.points) == (True, False, 0)


def test_a_machines_numerator_without_denominator_is_declared_for_the_years_sum():
    counts = numbers(numerator="1", denominator="0")
    weighed = weigh(Scale(CASES, None, counts, "half_up"), None, "")
    assert (weighed.counts, weighed.not_applicable, weighed.points) == (counts, False, 0)


def test_a_denominator_cannot_be_declared_away():
    scale = Scale(CASES, None, numbers(numerator="1", denominator="4"), "half_up")
    with pytest.raises(Refused) as refused:
        weigh(scale, numbers(numerator="0", denominator="0"), "没有")
    assert code_of(refused) == "counts.denominator"


def test_without_a_machine_a_denominator_of_0_earns_nothing_and_is_still_declared():
    weighed = weigh(Scale(indicator("tier", TIER), None, None, "half_up"), numbers(numerator="0", denominator="0"), "")
    assert (weighed.not_applicable, weighed.points) == (False, 0)


def test_no_counts_and_no_machine_is_refused():
    with pytest.raises(Refused) as refused:
        weigh(Scale(LATE, None, None, "half_up"), None, "")
    assert code_of(refused) == "counts.missing"


def test_counts_that_do_not_fit_the_rule_are_refused_in_their_column():
    with pytest.raises(Refused) as refused:
        weigh(Scale(RATIO, None, None, "half_up"), numbers(late="1"), "")
    assert refused.value.refusals[0].field == "counts.late"


@given(st.lists(st.integers(0, 50), min_size=1, max_size=12), st.lists(st.integers(0, 50), min_size=12, max_size=12))
def test_a_prefill_is_the_sum_of_its_months(late, early):
    months = [f"2026-{number:02d}" for number in range(1, len(late) + 1)]
    known = {
        month: {"late_early": numbers(late=str(one), early=str(other))}
        for month, one, other in zip(months, late, early, strict=False)
    }
    assert machine_counts(LATE, months, known) == numbers(late=str(sum(late)), early=str(sum(early[: len(late)])))


def test_a_month_of_attendance_not_closed_yet_leaves_the_prefill_open():
    assert machine_counts(LATE, ["2026-01", "2026-02"], {"2026-01": {"late_early": numbers(late="1")}}) is None


def test_a_closed_month_without_a_figure_counts_nothing():
    assert machine_counts(LATE, ["2026-01"], {"2026-01": {}}) == numbers(late="0", early="0")


def test_a_month_without_cases_is_a_month_without_cases():
    counts = machine_counts(CASES, ["2026-01"], {})
    assert counts == numbers(numerator="0", denominator="0")
    assert rules.not_applicable("tier", counts)


def test_what_no_machine_counts_has_no_prefill():
    assert machine_counts(RATIO, ["2026-01"], {}) is None


@given(st.dictionaries(st.sampled_from("abc"), st.decimals(0, 9, places=1)))
def test_a_quantity_not_named_is_nothing(counts):
    padded = {"a": Decimal(0), "b": Decimal(0), **counts}
    assert same_counts(counts, padded)
    assert not same_counts(counts, {**padded, "c": padded.get("c", Decimal(0)) + 1})


@pytest.mark.parametrize(
    ("starts", "ends", "months"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), ["2026-02"]),
        (date(2026, 1, 1), date(2026, 3, 31), ["2026-01", "2026-02", "2026-03"]),
        (date(2025, 11, 16), date(2026, 1, 15), ["2025-11", "2025-12", "2026-01"]),
    ],
)
def test_the_months_of_a_period(starts, ends, months):
    assert Period("x", "monthly", starts, ends).months == months


SHARE = indicator("tier", TIER, measure_unit="%", full_points=Decimal(4))


def test_a_rate_above_the_whole_is_refused():
    scale, impossible = Scale(SHARE, None, None, "half_up"), numbers(numerator="130", denominator="120")
    with pytest.raises(Refused) as refused:
        weigh(scale, impossible, "")
    assert code_of(refused) == "counts.rate"
    assert weigh(scale, numbers(numerator="120", denominator="120"), "").points == 4
    hours = Scale(indicator("tier", TIER, measure_unit="小时"), None, None, "half_up")
    weigh(hours, impossible, "")  # a mean, no part of a whole


def test_where_the_machine_counted_more_than_fell_due_so_may_who_puts_it_right():
    """What fell due in one month is done in the next: the year's sum is the rate."""
    over = numbers(numerator="5", denominator="4")
    assert weigh(Scale(SHARE, None, over, "half_up"), None, "").points == 4
    weigh(Scale(SHARE, None, over, "half_up"), numbers(numerator="6", denominator="4"), "漏计一件")
    with pytest.raises(Refused) as refused:
        weigh(
            Scale(SHARE, None, numbers(numerator="3", denominator="4"), "half_up"),
            numbers(numerator="5", denominator="4"),
            "漏计两件",
        )
    assert code_of(refused) == "counts.rate"
