"""Every worked example of data/README.md §2 举例, to the digit."""

from decimal import Decimal
from typing import Any

import pytest

from rules import ADJUSTED, GRADES, explain, points

D = Decimal
LATE_EARLY = {"per": {"late": "0.5", "early": "0.5"}}
REPRINTS = {"per": {"national": "5", "provincial": "3", "municipal": "2", "district": "1"}, "cap": "10"}
ACCEPTED = {"direction": "higher", "steps": [["0.99", "1.0"], ["0.97", "0.8"], ["0.93", "0.5"]]}
CONTACT = {"direction": "lower", "steps": [["1", "1.0"], ["2", "0.8"], ["3", "0.5"]]}
PEERS = {"values": dict(zip(GRADES, ["1.0", "0.85", "0.7", "0.6", "0.4"], strict=True))}
GUIDE = {"items": ["一", "二", "三", "四"]}

EXAMPLES: list[tuple[str, dict[str, Any], str, dict[str, Decimal], Decimal | None, str, str]] = [
    ("ratio", {"cap": "1.0"}, "5", {"done": D(34)}, D(40), "4.25", "5 × min(1, 34 ÷ 40) = 4.25"),
    ("ratio", {"cap": "1.0"}, "5", {"done": D(46)}, D(40), "5.00", "5 × min(1, 46 ÷ 40) = 5.00"),
    ("deduct", LATE_EARLY, "8", {"late": D(3), "early": D(1)}, None, "6.00", "8 − (3×0.5 + 1×0.5) = 6.00"),
    ("deduct", {"per": "0.3"}, "3", {"count": D(4)}, None, "1.80", "3 − 4×0.3 = 1.80"),
    ("deduct", {"per": "0.3"}, "3", {"count": D(11)}, None, "0.00", "max(0, 3 − 11×0.3) = 0.00"),
    ("accumulate", REPRINTS, "10", {"provincial": D(1), "municipal": D(3)}, None, "9.00", "1×3 + 3×2 = 9.00"),
    (
        "accumulate",
        REPRINTS,
        "10",
        {"national": D(1), "provincial": D(1), "municipal": D(3)},
        None,
        "10.00",
        "min(10, 1×5 + 1×3 + 3×2) = 10.00",
    ),
    (
        "tier",
        ACCEPTED,
        "4",
        {"numerator": D(116), "denominator": D(120)},
        None,
        "2.00",
        "116 ÷ 120 = 0.9667，落在 0.93 档：4 × 0.5 = 2.00",
    ),
    (
        "tier",
        ACCEPTED,
        "4",
        {"numerator": D(90), "denominator": D(100)},
        None,
        "0.00",
        "90 ÷ 100 = 0.9，各档都不满足，得 0.00",
    ),
    (
        "tier",
        CONTACT,
        "5",
        {"numerator": D("1.6"), "denominator": D(1)},
        None,
        "4.00",
        "实际 1.6，落在 2 档：5 × 0.8 = 4.00",
    ),
    (
        "grade",
        PEERS,
        "15",
        {"优": D(2), "好": D(3), "一般": D(1)},
        None,
        "13.13",
        "优 2、好 3、一般 1：平均系数 0.875，15 × 0.875 = 13.125，得 13.13",
    ),
    (
        "grade",
        PEERS,
        "15",
        {"优": D(2), "好": D(3), "一般": D(1), ADJUSTED: D("0.9")},
        None,
        "13.50",
        "优 2、好 3、一般 1：平均系数 0.875，按宽严校正后系数 0.9，15 × 0.9 = 13.5，得 13.50",
    ),
    ("accumulate", REPRINTS, "10", {}, None, "0.00", "没有计入的次数，得 0.00"),
    ("checklist", GUIDE, "9", {"done": D(3)}, None, "6.75", "9 × 3 ÷ 4 = 6.75"),
    ("veto", {}, "0", {"count": D(1)}, None, "0.00", "查实 1 次，列入否决，从先进推荐名单中剔除，得 0.00"),
]


@pytest.mark.parametrize(("rule", "params", "full", "counts", "target", "expected", "sentence"), EXAMPLES)
def test_a_worked_example_comes_out_to_the_digit_and_explains_itself(
    rule: str,
    params: dict[str, Any],
    full: str,
    counts: dict[str, Decimal],
    target: Decimal | None,
    expected: str,
    sentence: str,
) -> None:
    assert str(points(rule, params, D(full), counts, target)) == expected
    assert explain(rule, params, D(full), counts, target) == sentence


@pytest.mark.parametrize(
    ("numerator", "denominator", "told"),
    [
        ("655", "665", "655 ÷ 665 = 0.98496，落在 0.9 档：4 × 0.5 = 2.00"),  # 0.985 would meet the bound
        ("197", "200", "197 ÷ 200 = 0.985，落在 0.985 档：4 × 1 = 4.00"),
        ("0.9849999999999999", "1", "实际 9849999999999999/10000000000000000，落在 0.9 档：4 × 0.5 = 2.00"),
    ],
)
def test_a_value_is_never_told_so_short_that_it_contradicts_the_bound(
    numerator: str, denominator: str, told: str
) -> None:
    steps = {"direction": "higher", "steps": [["0.985", "1.0"], ["0.9", "0.5"]]}
    assert explain("tier", steps, D(4), {"numerator": D(numerator), "denominator": D(denominator)}) == told
