"""When a week is hot: exact for small numbers, and quiet where nothing happens."""

import random
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.complaints.domain.hot_spots import LEAST, LOOKS, chance_of, hot, monday_of, written

MONDAY = date(2026, 6, 1)


@given(st.integers(0, 12), st.integers(0, 30), st.integers(1, 12))
def test_the_chance_is_one_less_the_chances_of_fewer(now: int, former: int, weeks: int) -> None:
    """The other tail, added up by the recurrence of neighbouring terms."""
    total, below = now + former, Fraction(0)
    term = Fraction(weeks, weeks + 1) ** total
    for count in range(now):
        below += term
        term *= Fraction(total - count, (count + 1) * weeks)
    assert chance_of(now, former, weeks) == 1 - below


def test_worked_examples() -> None:
    assert chance_of(0, 0, 12) == 1
    assert chance_of(3, 0, 12) == Fraction(1, 13**3)
    assert chance_of(1, 1, 1) == Fraction(3, 4)
    assert written(Fraction(1, 3)) == "0.333333333333"
    assert written(Fraction(1)) == "1"


def test_a_few_cases_of_what_never_came_are_hot_and_as_many_of_what_always_comes_are_not() -> None:
    found = hot("goods", MONDAY, {"酸奶": [0] * 12 + [4], "手机": [4] * 12 + [4], "白酒": [0] * 12 + [LEAST - 1]})
    assert [(one.about, one.cases, one.former) for one in found] == [("酸奶", 4, 0)]


def test_the_more_things_are_compared_the_rarer_a_chance_has_to_be() -> None:
    alone = {"酸奶": [0] * 12 + [3]}
    among = {**alone, **{f"其他{n}": [1] * 13 for n in range(500)}}
    assert [one.about for one in hot("goods", MONDAY, alone)] == ["酸奶"]
    assert hot("goods", MONDAY, among) == []


def test_a_quiet_year_warns_seldom() -> None:
    """Looks at 40 goods whose cases come by chance alone: at most about one look in twenty may warn."""
    dice = random.Random(7)

    def week() -> int:
        return sum(dice.random() < 0.02 for _ in range(100))

    looks = [{f"商品{n}": [week() for _ in range(13)] for n in range(40)} for _ in range(60)]
    assert sum(bool(hot("goods", MONDAY, one)) for one in looks) <= 3 * len(looks) // LOOKS


def test_a_week_begins_on_monday() -> None:
    assert {monday_of(date(2026, 6, day)) for day in range(1, 8)} == {MONDAY}
    assert monday_of(date(2026, 5, 31)) == date(2026, 5, 25)
