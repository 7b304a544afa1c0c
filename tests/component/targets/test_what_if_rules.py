import pytest

from shared.errors import Invalid, NotFound
from tests.component.targets.world import CYCLE, World

EXAMPLES = [
    ("05-02-01", {"done": "34"}, "40", "4.25"),
    ("05-02-01", {"done": "46"}, "40", "5.00"),
    ("02-01-01", {"late": "3", "early": "1"}, None, "6.00"),
    ("03-01-02", {"count": "4"}, None, "1.80"),
    ("03-01-02", {"count": "11"}, None, "0.00"),
    ("11-01-03", {"provincial": "1", "municipal": "3"}, None, "9.00"),
    ("11-01-03", {"national": "1", "provincial": "1", "municipal": "3"}, None, "10.00"),
    ("08-01-01", {"numerator": "116", "denominator": "120"}, None, "2.00"),
    ("08-01-05", {"numerator": "1.6", "denominator": "1"}, None, "4.00"),
    ("11-04-06", {"优": "2", "好": "3", "一般": "1"}, None, "13.13"),
    ("10-02-05", {"done": "3"}, None, "6.75"),
    ("01-03-05", {"count": "1"}, None, "0.00"),
]


@pytest.mark.parametrize(("code", "counts", "target", "expected"), EXAMPLES)
def test_the_worked_examples_of_the_reference_come_out_to_the_digit(drafted: World, code, counts, target, expected):
    answer = drafted.call("try_indicator", cycle=CYCLE, indicator=code, counts=counts, target=target)
    assert answer["points"] == expected
    assert expected in answer["explanation"]


@pytest.mark.parametrize(
    ("code", "counts", "fault"),
    [
        ("05-02-01", {"late": "1"}, "counts.unknown"),
        ("05-02-01", {}, "counts.missing"),
        ("10-02-05", {"done": "5"}, "counts.too_many"),
        ("08-01-01", {"numerator": "1"}, "counts.missing"),
    ],
)
def test_counts_that_the_rule_does_not_know_are_refused(drafted: World, code, counts, fault):
    with pytest.raises(Invalid, match="counts.invalid") as refused:
        drafted.call("try_indicator", cycle=CYCLE, indicator=code, counts=counts)
    assert fault in {one["code"] for one in refused.value.errors}


@pytest.mark.parametrize("number", ["-1", "NaN", "1e999999", "0E+999999", "1.1234567", "9" * 30, True, None, [], "x"])
def test_a_number_that_is_none_is_refused_not_a_crash(drafted: World, number):
    with pytest.raises(Invalid):
        drafted.call("try_indicator", cycle=CYCLE, indicator="05-02-01", counts={"done": number}, target="4")


def test_an_unknown_cycle_or_indicator_is_not_found(drafted: World):
    with pytest.raises(NotFound, match="cycle.unknown"):
        drafted.call("get_cycle", cycle="2031")
    with pytest.raises(NotFound, match="indicator.unknown"):
        drafted.call("get_indicator", cycle=CYCLE, indicator="99-01-01")


def test_a_rate_above_the_whole_is_refused(drafted: World):
    with pytest.raises(Invalid, match="counts.invalid") as refused:
        drafted.call(
            "try_indicator", cycle=CYCLE, indicator="08-01-01", counts={"numerator": "130", "denominator": "120"}
        )
    assert [(one["field"], one["code"]) for one in refused.value.errors] == [("counts.numerator", "counts.rate")]


@pytest.mark.parametrize(
    ("code", "counts", "target"),
    [
        ("08-01-01", {"numerator": "0", "denominator": "0"}, None),  # the machine counted nothing
        ("05-02-01", {"done": "34"}, None),
        ("05-02-01", {"done": "34"}, "0"),
        ("11-04-06", {"优": "0"}, None),
    ],
)
def test_what_the_year_leaves_out_is_left_out_when_tried(drafted: World, code, counts, target):
    tried = drafted.call("try_indicator", cycle=CYCLE, indicator=code, counts=counts, target=target)
    assert tried["points"] is None
    assert "不计入" in tried["explanation"]
    assert "0.00" not in tried["explanation"]
