"""统一社会信用代码 against the standard's arithmetic, written independently."""

from hypothesis import given
from hypothesis import strategies as st

from services.complaints.domain.credit_codes import check_sign, is_credit_code, written

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FIRST = st.builds(
    lambda a, b, c: a + b + c,
    st.text(SIGNS, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(SIGNS, min_size=9, max_size=9),
)
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)  # table of the standard


@given(FIRST)
def test_the_check_sign_makes_the_weighted_sum_a_multiple_of_31(first: str) -> None:
    code = first + check_sign(first)
    total = sum(weight * SIGNS.index(sign) for weight, sign in zip(WEIGHTS, first, strict=True))
    assert (total + SIGNS.index(code[17])) % 31 == 0
    assert is_credit_code(code)


@given(FIRST, st.integers(0, 17), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_found(first: str, place: int, sign: str) -> None:
    code = first + check_sign(first)
    changed = code[:place] + sign + code[place + 1 :]
    assert is_credit_code(changed) == (changed == code)


@given(FIRST, st.integers(0, 15))
def test_two_neighbours_that_changed_places_are_found(first: str, place: int) -> None:
    code = first + check_sign(first)
    changed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert is_credit_code(changed) == (changed == code)


def test_a_known_code_holds_and_others_do_not() -> None:
    assert check_sign("91350100M000100Y4") == "3"  # the standard's own example
    assert is_credit_code(written(" 91350100-m000100y43 "))
    for wrong in ("", "91350100M000100Y44", "9135010OM000100Y43", "91350100M000100Y4"):
        assert not is_credit_code(wrong)
