"""Grades of the civil servants' appraisal: proposed by scores, within the quota, capped by what befell a person."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.scoring.domain.circumstances import EFFECTS
from services.scoring.domain.grades import Candidate, Graded, Marks, absent_half, at_best, grade, quota

D = Decimal


def _ten(**changes: Candidate) -> list[Candidate]:
    ten = {f"P{rank}": Candidate(f"P{rank}", D(100 - rank), rank) for rank in range(10)}
    return list(
        {**{code: one for code, one in ten.items() if one.rank}, "P10": Candidate("P10", D(50), 10), **changes}.values()
    )


def _grades(candidates: list[Candidate], marks: Marks | None = None) -> dict[str, str]:
    return {one.person: one.grade for one in grade(candidates, marks or Marks())}


def test_two_of_ten_are_excellent_and_the_rest_go_by_the_marks() -> None:
    found = _grades(_ten())
    assert [code for code, one in found.items() if one == "优秀"] == ["P1", "P2"]
    assert (found["P3"], found["P10"]) == ("称职", "不称职")
    assert _grades([Candidate("A", D("69.99"), 1), Candidate("B", D("60.00"), 2)]) == {"A": "基本称职", "B": "基本称职"}


@pytest.mark.parametrize("name", ["warning", "admonition", "adjustment", "veto"])
def test_a_lighter_circumstance_excludes_excellent_and_the_next_one_finds_room(name: str) -> None:
    found = grade(_ten(P1=Candidate("P1", D(99), 1, frozenset([name]))), Marks())
    assert Graded("P1", "称职", name) in found
    assert [one.person for one in found if one.grade == "优秀"] == ["P2", "P3"]


@pytest.mark.parametrize("name", ["probation", "absent_half", "demerit", "heavier_penalty"])
def test_a_heavier_one_leaves_no_grade_and_takes_no_part_in_the_quota(name: str) -> None:
    found = _grades(_ten(P9=Candidate("P9", D(91), 9, frozenset([name]))), Marks(quota_base="graded"))
    assert found["P9"] == "不确定等次"
    assert sum(one == "优秀" for one in found.values()) == 9 * 20 // 100


def test_the_heaviest_of_several_counts_and_some_weigh_on_the_year_after() -> None:
    both = Candidate("P1", D(99), 1, frozenset(["warning", "demerit"]))
    assert grade([both], Marks()) == [Graded("P1", "不确定等次", "demerit")]
    after = Candidate("P1", D(99), 1, last_year=frozenset(["heavier_penalty"]))
    assert _grades([after]) == {"P1": "不确定等次"}
    forgiven = Candidate("P1", D(99), 1, last_year=frozenset(["demerit", "warning"]))
    assert _grades([forgiven], Marks(excellent_percent=25)) == {"P1": "称职"}


def test_who_equals_the_first_outside_is_not_excellent_before_him() -> None:
    tied = _ten(P2=Candidate("P2", D(98), 2), P3=Candidate("P3", D(98), 2))
    assert [code for code, one in _grades(tied).items() if one == "优秀"] == ["P1"]


def test_more_than_a_quarter_is_no_quota_and_marks_go_upwards() -> None:
    for wrong in ({"excellent_percent": 26}, {"basic": D(80), "competent": D(70)}):
        with pytest.raises(ValueError):
            Marks(**wrong)  # type: ignore[arg-type]


def test_exactly_half_a_year_of_leave_is_not_over_half() -> None:
    assert not absent_half(124, 248)
    assert absent_half(125, 248)


@given(
    st.lists(st.tuples(st.integers(40, 100), st.sets(st.sampled_from(list(EFFECTS)))), max_size=40), st.integers(0, 25)
)
def test_never_more_than_the_quota_and_never_somebody_limited(people: list[tuple[int, set[str]]], percent: int) -> None:
    finals = [final for final, _ in people]
    candidates = [
        Candidate(f"P{n:02}", D(final), 1 + sum(other > final for other in finals), frozenset(circumstances))
        for n, (final, circumstances) in enumerate(people)
    ]
    found = grade(candidates, Marks(excellent_percent=percent))
    excellent = {one.person for one in found if one.grade == "优秀"}
    assert len(excellent) <= len(people) * percent // 100
    assert all(not one.circumstances for one in candidates if one.person in excellent)
    assert grade(candidates[::-1], Marks(excellent_percent=percent)) == found


def test_who_has_no_score_makes_no_room_for_others_and_gets_no_grade() -> None:
    unscored = [Candidate(f"Q{n}", None, None, frozenset(["warning"] if n else [])) for n in range(5)]
    assert quota([*_ten(), *unscored], Marks())["graded"] == 10
    assert {at_best(one) for one in unscored} == {"不确定等次"}
    assert sum(one == "优秀" for one in _grades([*_ten(), *unscored]).values()) == 2


@pytest.mark.parametrize(
    ("name", "years"),
    [
        ("party_expulsion", ["不称职", "不确定等次", "不确定等次"]),
        ("party_probation_two", ["不称职", "不确定等次", "不确定等次"]),
        ("party_probation", ["不称职", "不确定等次", "优秀"]),
        ("party_removal", ["不称职", "优秀", "优秀"]),
        ("refusal", ["不称职", "优秀", "优秀"]),
        ("investigation", ["不确定等次", "优秀", "优秀"]),
        ("heavier_penalty", ["不确定等次", "不确定等次", "优秀"]),
        ("removal", ["不确定等次", "优秀", "优秀"]),
        ("demerit", ["不确定等次", "优秀", "优秀"]),
    ],
)
def test_a_sanction_weighs_on_its_year_and_on_those_that_follow(name: str, years: list[str]) -> None:
    befell = frozenset([name])
    this_year, after, later = (
        Candidate("P1", D(99), 1, befell),
        Candidate("P1", D(99), 1, last_year=befell),
        Candidate("P1", D(99), 1, year_before=befell),
    )
    others = [one for one in _ten() if one.person != "P1"]
    assert [_grades([one, *others])["P1"] for one in (this_year, after, later)] == years


def test_a_party_sanction_weighs_more_than_an_administrative_one_of_the_same_case() -> None:
    both = Candidate("P1", D(99), 1, frozenset(["heavier_penalty", "party_removal"]))
    assert grade([both], Marks()) == [Graded("P1", "不称职", "party_removal")]


def test_who_refuses_to_be_appraised_is_incompetent_without_any_score() -> None:
    assert grade([Candidate("P1", None, None, frozenset(["refusal"]))], Marks()) == [Graded("P1", "不称职", "refusal")]


def test_the_quota_is_taken_of_all_who_take_part_unless_the_bureau_says_otherwise() -> None:
    ten = _ten(
        P8=Candidate("P8", D(92), 8, frozenset(["absent_half"])), P9=Candidate("P9", D(91), 9, frozenset(["demerit"]))
    )
    more = [Candidate(f"Q{n}", D(50), 11) for n in range(6)]
    assert quota([*ten, *more], Marks()) == {"graded": 14, "base": 15, "places": 3}
    assert quota([*ten, *more], Marks(quota_base="graded")) == {"graded": 14, "base": 14, "places": 2}


def test_the_tie_chain_decides_at_the_edge_of_the_quota_too() -> None:
    def tied(second: tuple[Decimal, ...], third: tuple[Decimal, ...]) -> list[str]:
        ten = _ten(P2=Candidate("P2", D(98), 2, chain=second), P3=Candidate("P3", D(98), 2, chain=third))
        return [code for code, one in _grades(ten).items() if one == "优秀"]

    assert tied((D(90), D(80)), (D(90), D("79.99"))) == ["P1", "P2"]
    assert tied((D(90), D(80)), (D(91), D(10))) == ["P1", "P3"]
    assert tied((D(90), D(80)), (D(90), D(80))) == ["P1"]
