"""For how many days of the cycle a claimed quantity is meant, and that moving it about adds nothing to anybody's measure."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.targets.domain.claim_days import Presence
from services.targets.domain.claims import Claim

YEAR, JULY = 365, 184
D = Decimal


def _claim(target: str | None, days: int | None = None, layer: str = "person") -> Claim:
    return Claim("04-01-01", "P1", layer, "D01", None if target is None else D(target), days=days)


def _there(days: int) -> Presence:
    return Presence(YEAR, {"P1": days})


def _counts(claim: Claim, there: int) -> Fraction:
    """What scoring measures by, unrounded."""
    return Fraction(claim.target or 0) * min(Fraction(1), Fraction(there, claim.days or YEAR))


def test_who_is_there_for_half_a_year_claims_for_half_a_year() -> None:
    claim = _there(JULY).stated(_claim("42"))
    assert (claim.days, _counts(claim, JULY)) == (JULY, 42)


def test_a_claim_for_the_whole_year_a_units_and_one_without_a_quantity_say_no_days() -> None:
    assert _there(YEAR).stated(_claim("85")).days is None
    assert _there(JULY).stated(_claim("85", layer="division")).days is None
    assert _there(JULY).stated(_claim(None)).days is None


def test_who_claimed_for_the_whole_year_and_is_away_then_answers_by_days() -> None:
    assert _counts(_there(YEAR).stated(_claim("85")), 181) == Fraction(85 * 181, 365)


def test_what_is_taken_over_is_added_in_full() -> None:
    assert _counts(_there(JULY).raised(_claim("42", JULY), D(10)), JULY) == 52
    assert _counts(_there(YEAR).raised(_claim("85"), D(10)), YEAR) == 95


def test_what_an_absent_person_keeps_after_handing_over_is_not_cut_again() -> None:
    left = _there(212).lowered(_claim("85"), D(42))
    assert (left.days, _counts(left, 212)) == (212, 42)


def test_a_claim_taken_back_in_parts_is_released_with_the_last() -> None:
    there = _there(JULY)
    part = there.without(_claim("42", JULY), D(2), "a")
    assert (part.target, part.days, part.status, part.by) == (40, JULY, "claimed", "a")
    assert there.without(part, D(40), "a").status == "released"
    assert there.without(part, None, "a").status == "released"


days = st.integers(1, YEAR)
quantities = st.decimals("0.5", "900", places=1)


@given(quantities, st.none() | days, days, quantities)
def test_taking_over_adds_what_was_taken_over_up_to_a_day(
    target: Decimal, meant: int | None, there: int, more: Decimal
):
    before = replace(_claim(str(target)), days=meant)
    after = _there(there).raised(before, more)
    expected = _counts(before, there) + Fraction(more)
    assert after.target == target + more
    assert abs(_counts(after, there) - expected) <= Fraction(after.target) / (2 * there)


@given(quantities, st.none() | days, days, st.fractions(0, 1))
def test_giving_away_never_raises_the_measure(target: Decimal, meant: int | None, there: int, part: Fraction):
    before = replace(_claim(str(target)), days=meant)
    left = max(D("0.1"), D(round(part * Fraction(target) * 10)) / 10)
    after = _there(there).lowered(before, left)
    expected = min(_counts(before, there), Fraction(left))
    assert abs(_counts(after, there) - expected) <= Fraction(left) / (2 * there)


@given(quantities, st.none() | days, days, quantities)
def test_moving_a_quantity_of_one_who_is_there_as_foreseen_is_exact(
    target: Decimal, meant: int | None, there: int, more: Decimal
):
    before = replace(_claim(str(target)), days=there if there < YEAR else None)
    assert _counts(_there(there).raised(before, more), there) == Fraction(target + more)
    assert _counts(_there(there).lowered(before, target / 2), there) == Fraction(target) / 2
