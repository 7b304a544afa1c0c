"""By what names cases are numbered."""

import pytest

from services.complaints.domain.numbering import is_made, readable, short_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("滨河市场监管所", "滨河"),
        ("滨河市场监督管理所", "滨河"),
        ("城东工商所", "城东"),
        ("云汀市工商行政管理局滨河分局", "滨河"),
        ("12315中心", "中心"),
        ("消费者委员会", "消协"),
        ("云汀市消费者权益保护委员会", "云汀市消协"),
        ("消保科", "消保"),
        ("所", "S01"),
        ("", "S01"),
    ],
)
def test_a_unit_is_named_by_what_tells_it_from_others_of_its_kind(name, short):
    assert short_name(name, "S01") == short


def test_a_made_number_is_told_from_one_given_by_hand():
    made = readable("2026", "滨河", "complaint", 123)
    assert made == "2026-滨河-投-000123"
    assert is_made(made)
    assert is_made(readable("2026", "滨河", "report", 1_234_567))
    assert not any(map(is_made, ("2026-1", "R-1", "2026-滨河-投-12", "")))
