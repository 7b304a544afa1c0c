"""An achievement of several is split to exactly its whole; titles that mean the same are found."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from services.declarations.domain.sharing import check_shares, split, split_counts
from services.declarations.domain.similarity import ALIKE, MOST, Titles, pairs
from shared.vocabulary.refusals import Refused
from tests.unit.declarations.examples import contribution, indicator

POINTS = st.sampled_from(["6", "4", "2", "5", "3", "1", "8", "2.5", "0.5", "0.25", "1.2", "0.01", "0.3"]).map(Decimal)
PROPORTIONS = st.lists(st.decimals("0.01", "100", places=2), min_size=1, max_size=12)
TIMES = st.sampled_from(["1", "2", "0.5", "0.33", "3"]).map(Decimal)


@given(TIMES, POINTS, PROPORTIONS)
def test_a_split_is_exactly_the_whole(count, per, proportions):
    parts = split(count, per, proportions)
    assert sum(parts) == count
    assert all(part >= 0 and part == round(part, 6) for part in parts)


@given(POINTS, PROPORTIONS)
def test_the_points_of_one_achievement_are_whole_hundredths_and_sum_to_all_of_it(per, proportions):
    points = [part * per for part in split(Decimal(1), per, proportions)]
    assert sum(points) == per
    assert all(one == round(one, 2) for one in points)


@given(POINTS, PROPORTIONS)
def test_nobody_gets_a_whole_step_more_or_less_than_their_proportion(per, proportions):
    """Against the plain definition: floors, then one more for the largest remainders."""
    step = Fraction(Fraction(per).denominator, 100)
    exact = [Fraction(one) / sum(map(Fraction, proportions)) for one in proportions]
    for part, fair in zip(split(Decimal(1), per, proportions), exact, strict=True):
        assert abs(Fraction(part) - fair) < step


@given(POINTS, st.integers(2, 9))
def test_equal_shares_differ_by_one_step_at_most_and_the_first_named_have_it(per, people):
    parts = split(Decimal(1), per, [Decimal(1)] * people)
    assert parts == sorted(parts, reverse=True)
    assert Fraction(max(parts)) - Fraction(min(parts)) <= Fraction(Fraction(per).denominator, 100)


@given(PROPORTIONS.filter(lambda given_shares: len(given_shares) > 1))
def test_scored_one_by_one_the_parts_are_worth_what_the_whole_was(proportions):
    """The fact of each goes through the rule by itself, rounding included."""
    item = indicator(
        "accumulate", {"cap": "10", "per": {"provincial": "5", "district": "0.5"}}, full_points=Decimal(10)
    )
    counts = {"provincial": Decimal(1), "district": Decimal(2)}
    each = split_counts(item, counts, proportions)
    points = [rules.points("accumulate", item.rule_params, item.full_points, one) for one in each]
    assert sum(points) == rules.points("accumulate", item.rule_params, item.full_points, counts)


def shares(**proportions: str) -> list[dict[str, object]]:
    return [{"subject": name, "share": Decimal(share)} for name, share in proportions.items()]


@pytest.mark.parametrize(
    ("given_shares", "code"),
    [
        (shares(P10="1"), "shares.subjects"),
        (shares(P8="1", P9="1"), "shares.subjects"),
        (shares(P10="1", P8="0"), "shares.positive"),
        ([*shares(P10="1", P8="1"), *shares(P8="1")], "shares.repeated"),
    ],
)
def test_shares_that_do_not_fit_are_refused(given_shares, code):
    with pytest.raises(Refused) as refused:
        check_shares(given_shares, "P10")
    assert refused.value.refusals[0].code == code


def test_a_partner_answers_for_themselves_and_an_objection_has_its_reason():
    kept = [
        {"subject": one, "unit": "D10", "layer": "person", "share": "1", "agreed": None, "note": ""}
        for one in ("P10", "Q10")
    ]
    shared = contribution(shares=kept)
    assert [one["agreed"] for one in shared.answered("Q10", "", agree=True).shares] == [None, True]
    for subject, note, agree in (("P10", "", True), ("P8", "", True), ("Q10", " ", False)):
        with pytest.raises(Refused):
            shared.answered(subject, note, agree=agree)


keys = st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=8)


@given(st.dictionaries(st.integers(0, 40).map(str), keys, max_size=40), keys)
def test_titles_alike_are_found_as_by_comparing_all(known, key):
    def likeness(other: str) -> int:
        one, two = pairs(key), pairs(other)
        return 200 * len(one & two) // (len(one) + len(two))

    expected = sorted(((name, likeness(other)) for name, other in known.items()), key=lambda one: (-one[1], one[0]))
    assert Titles(known).like(key) == [one for one in expected if one[1] >= ALIKE][:MOST]


def test_a_word_changed_is_alike_and_another_matter_is_not():
    known = Titles({"a": "关于推进放心消费示范街区建设的经验材料", "b": "网络餐饮专项整治工作总结"})
    assert [name for name, _ in known.like("关于推进放心消费示范街区创建的经验材料")] == ["a"]
    assert known.like("农贸市场计量监管办法") == []
