"""Names are found by their sound, whichever reading of a surname is meant."""

import pytest

from shared.spelling import spelling


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("张三", ("zs", "zhangsan")),
        ("单田芳", ("stf", "dtf", "shantianfang")),
        ("曾国藩", ("zgf", "zengguofan")),
        ("仇英", ("qy", "cy", "qiuying")),
        ("欧阳 修", ("oyx", "ouyangxiu")),
        ("Li Lei", ("lilei",)),
    ],
)
def test_a_name_is_spelled_as_people_type_it(name, typed):
    assert set(typed) <= set(spelling(name).split())


def test_the_first_spelling_orders_names():
    assert sorted(["张三", "王五", "李四", "安六"], key=spelling) == ["安六", "李四", "王五", "张三"]


def test_many_readings_have_an_end():
    assert len(spelling("重" * 20).split()) <= 32
