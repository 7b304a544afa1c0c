"""What the past lets expect, and what is done to it on the way to a target."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.targets.domain.forecast import expect, forecast_target
from services.targets.domain.sharing import SharingSettings
from tests.unit.targets.reference import library, sheet

LIBRARY = {one.indicator: one for one in library(sheet("indicators"))[0]}
SETUPS = LIBRARY["04-01-01"]
FREE = (None, None)
SETTINGS = SharingSettings()


def years(*values):
    return {str(2026 - len(values) + number): Decimal(str(value)) for number, value in enumerate(values)}


def codes(forecast):
    return [one.code for one in forecast.reasons]


def test_three_years_are_smoothed_with_half_the_weight_on_the_last():
    """100 → (120 + 100)/2 = 110 → (140 + 110)/2 = 125"""
    assert expect([Fraction(100), Fraction(120), Fraction(140)], SETTINGS) == ("smoothing", 125)
    assert expect([Fraction(7)], SETTINGS) == ("smoothing", 7)


def test_more_years_are_the_mean_of_last_recent_and_a_damped_trend():
    """last 130; mean of 110, 120, 130 = 120; trend 130 + 0.8 × 10 = 138; (130 + 120 + 138)/3"""
    series = [Fraction(value) for value in (100, 110, 120, 130)]
    assert expect(series, SETTINGS) == ("combined", Fraction(388, 3))


def test_the_forecast_is_drawn_to_the_median_so_that_a_good_year_is_not_next_years_duty():
    forecast = forecast_target(SETUPS, years(100, 100, 200), FREE, SETTINGS)
    assert (forecast.forecast, forecast.peer, forecast.damped) == (150, 100, 135)
    undamped = forecast_target(SETUPS, years(100, 100, 200), FREE, SharingSettings(ratchet=Decimal(0)))
    assert undamped.damped == 150
    assert "ratchet" in codes(forecast)


def test_a_target_stays_within_what_the_library_allows_of_last_years_result():
    forecast = forecast_target(SETUPS, years(300, 300, 100), FREE, SETTINGS)
    assert (forecast.proposed, codes(forecast)[-1]) == (120, "jump")


def test_how_far_a_target_may_move_and_how_far_back_it_looks_are_settings():
    wide = SharingSettings(lowest=Decimal("0.5"), highest=Decimal("1.5"))
    forecast = forecast_target(SETUPS, years(300, 300, 100), FREE, wide)
    assert (forecast.proposed, forecast.reasons[-1].zh) == (150, "限于上年实绩的 0.5～1.5 倍")
    series = [Fraction(value) for value in (100, 100, 130, 160)]
    assert expect(series, SharingSettings(years=4))[0] == "smoothing"
    trend = 160 + Fraction(4, 5) * 30
    assert expect(series, SharingSettings(years=2)) == ("combined", (160 + Fraction(145) + trend) / 3)


@pytest.mark.parametrize(("limits", "proposed", "code"), [((150, None), 150, "floor"), ((None, 90), 90, "ceiling")])
def test_the_leaders_word_is_the_last_one_and_is_told(limits, proposed, code):
    floor, ceiling = (None if one is None else Decimal(one) for one in limits)
    forecast = forecast_target(SETUPS, years(100, 100, 100), (floor, ceiling), SETTINGS)
    assert (forecast.proposed, codes(forecast)[-1]) == (proposed, code)
    assert (forecast.forecast, forecast.floor, forecast.ceiling) == (100, floor, ceiling)


def test_without_a_past_the_present_target_stays():
    forecast = forecast_target(SETUPS, {}, FREE, SETTINGS)
    assert (forecast.proposed, forecast.method, codes(forecast)) == (SETUPS.target, "none", ["history.none"])


def test_a_tiers_target_is_its_best_step_and_a_past_that_beats_it_is_told():
    tier = LIBRARY["01-01-02"]  # higher, best step 0.95
    weak, strong = (forecast_target(tier, years(value), FREE, SETTINGS) for value in ("0.93", "0.99"))
    assert (weak.proposed, "step.beaten" in codes(weak)) == (Decimal("0.95"), False)
    assert (strong.proposed, "step.beaten" in codes(strong)) == (Decimal("0.95"), True)


def test_the_limit_of_a_deduction_is_never_above_last_years_number():
    forecast = forecast_target(LIBRARY["02-01-01"], years(412, 368, 331), FREE, SETTINGS)
    assert (forecast.proposed, "deduct.last" in codes(forecast)) == (331, True)


def test_a_vetos_target_is_nothing():
    assert forecast_target(LIBRARY["01-03-01"], years(3, 1, 2), FREE, SETTINGS).proposed == 0


amounts = st.lists(st.integers(0, 10_000), min_size=1, max_size=8)


@given(amounts, st.decimals(0, 1, places=2), st.decimals(0, 1, places=2))
def test_three_years_or_fewer_never_forecast_outside_what_was_seen(values, smoothing, ratchet):
    settings = SharingSettings(smoothing=smoothing, ratchet=ratchet)
    seen = values[-3:]
    forecast = forecast_target(replace(SETUPS, rule="accumulate"), years(*seen), FREE, settings)
    assert min(seen) <= forecast.proposed <= max(seen)


@given(amounts, st.integers(0, 5000), st.integers(0, 5000))
def test_a_proposal_lies_within_the_leaders_limits_in_whole_pieces(values, one, other):
    floor, ceiling = Decimal(min(one, other)), Decimal(max(one, other))
    forecast = forecast_target(SETUPS, years(*values), (floor, ceiling), SETTINGS)
    assert floor <= forecast.proposed <= ceiling
    assert forecast.proposed % SETUPS.quantum == 0


@given(st.integers(1, 1000), st.integers(0, 1000), st.decimals(0, 1, places=2))
def test_holding_back_in_one_year_lowers_the_next_target_and_overdoing_raises_it_never_in_full(steady, change, ratchet):
    """With a median of steady years, only (1 - λ) of the smoothed change comes through."""
    settings = SharingSettings(ratchet=ratchet)
    raised = forecast_target(replace(SETUPS, rule="accumulate"), years(steady, steady, steady + change), FREE, settings)
    assert steady <= raised.proposed <= steady + (Decimal(change) * (1 - ratchet) / 2) + 1
