from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.targets.domain.apportionment import Bearer, apportion

weights = st.integers(min_value=1, max_value=60)


@st.composite
def bounded(draw):
    """(total, bearers) whose lower bounds do not exceed the total."""
    bearers = {}
    for number in range(draw(st.integers(1, 12))):
        most = draw(st.none() | st.integers(0, 400))
        least = draw(st.integers(0, min(5, 5 if most is None else most)))
        bearers[f"U{number:02d}"] = Bearer(draw(weights), least, most, draw(st.integers(0, 3)))
    lowest = sum(bearer.least for bearer in bearers.values())
    return draw(st.integers(lowest, 5000)), bearers


def capacity(bearers):
    mosts = [bearer.most for bearer in bearers.values()]
    return None if None in mosts else sum(mosts)


@given(bounded())
def test_shares_add_up_to_the_total_or_to_what_all_can_carry(case):
    total, bearers = case
    most = capacity(bearers)
    assert sum(apportion(total, bearers).values()) == (total if most is None else min(total, most))


@given(bounded())
def test_every_share_stays_within_its_bounds(case):
    total, bearers = case
    for code, share in apportion(total, bearers).items():
        bearer = bearers[code]
        assert bearer.least <= share
        assert bearer.most is None or share <= bearer.most


@given(bounded())
def test_the_order_of_the_bearers_changes_nothing(case):
    total, bearers = case
    assert apportion(total, dict(reversed(bearers.items()))) == apportion(total, bearers)


@given(st.integers(0, 10_000), st.lists(weights, min_size=1, max_size=12))
def test_without_bounds_a_share_is_the_proportional_one_rounded(total, shares_of):
    bearers = {f"U{number:02d}": Bearer(weight) for number, weight in enumerate(shares_of)}
    for code, share in apportion(total, bearers).items():
        assert abs(share - Fraction(total * bearers[code].weight, sum(shares_of))) < 1


def test_the_largest_remainders_are_rounded_up():
    bearers = {"a": Bearer(47), "b": Bearer(16), "c": Bearer(15), "d": Bearer(12), "e": Bearer(6), "f": Bearer(4)}
    assert apportion(10, bearers) == {"a": 5, "b": 2, "c": 1, "d": 1, "e": 1, "f": 0}


def test_what_one_cannot_carry_falls_to_the_others():
    assert apportion(100, {"a": Bearer(9, most=30), "b": Bearer(1), "c": Bearer(1)}) == {"a": 30, "b": 35, "c": 35}


def test_equal_remainders_go_by_the_tie_then_by_the_code():
    assert apportion(1, {"a": Bearer(1, tie=9), "b": Bearer(1, tie=2)}) == {"a": 0, "b": 1}
    assert apportion(1, {"b": Bearer(1), "a": Bearer(1)}) == {"b": 0, "a": 1}


def test_nobody_carries_nothing():
    assert apportion(5, {}) == {}
    assert apportion(0, {"a": Bearer(3)}) == {"a": 0}
