"""What follows a run: states exhaustively, settings of publication, what lost points cost, the panel's grades."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from services.scoring.domain import conversation, improvement
from services.scoring.domain.circumstances import EXCELLENT, GRADES, UNDETERMINED
from services.scoring.domain.conversation import Conversation
from services.scoring.domain.feedback import feedback
from services.scoring.domain.grades import Marks
from services.scoring.domain.grading import PersonalGrade, decided, proposals
from services.scoring.domain.improvement import Improvement
from services.scoring.domain.publication import EVERYTHING, LEVELS, Publication, complete, reaches
from shared.vocabulary.refusals import Refused

DAY, AT = date(2027, 1, 12), datetime(2027, 1, 12, tzinfo=UTC)
TEXTS = dict.fromkeys(("strengths", "shortcomings", "measures"), "文字")
TALK = Conversation("B", "r", "P1", "2026", "D1", DAY, **TEXTS, head="H1")
MEASURE = Improvement(
    "B", "i", "r", "P1", "person", "D1", "01-01-01", "2027", "03-01-01", "2027-M01", "题", "标准", DAY, "H1"
)
TALKS = {
    "revise": lambda one: one.revised(DAY, TEXTS, "H1"),
    "offer": lambda one: one.offered("H1", AT),
    "return": lambda one: one.returned("不符"),
    "confirm": lambda one: one.confirmed("同意", AT),
}
MEASURES = {
    "order": lambda one: one.ordered("L1", DAY),
    "drop": lambda one: one.dropped("理由"),
    "withdraw": lambda one: one.withdrawn("理由"),
}
CASES = [
    *product([TALK], [conversation.STATES], TALKS.items(), conversation.STATES.names),
    *product([MEASURE], [improvement.STATES], MEASURES.items(), improvement.STATES.names),
]


@pytest.mark.parametrize(("one", "states", "step", "before"), CASES, ids=lambda value: getattr(value, "word", None))
def test_every_step_leads_from_where_it_is_allowed_and_from_nowhere_else(
    one: Any, states: Any, step: Any, before: str
) -> None:
    command, do = step
    there = replace(one, status=before)
    if before in states.moves[command]:
        after = do(there)
        assert (after.status, after.revision) == (states.moves[command][before], there.revision + 1)
    else:
        with pytest.raises(Refused, match=f"{states.word}.step"):
            do(there)


def test_every_state_but_the_first_is_reached_and_the_ends_are_ends() -> None:
    for states, first, ends in (
        (conversation.STATES, "drafted", {"confirmed"}),
        (improvement.STATES, "proposed", {"dropped", "withdrawn"}),
    ):
        reached = {after for steps in states.moves.values() for after in steps.values()}
        left = {before for steps in states.moves.values() for before in steps}
        assert reached | {first} == set(states.names)
        assert set(states.names) - left == ends


def test_only_who_led_the_conversation_confirms_it_for_that_side() -> None:
    with pytest.raises(Refused, match="not_yours"):
        TALK.offered("H2", AT)


def test_a_change_takes_back_the_confirmation_that_was_given() -> None:
    returned = TALK.offered("H1", AT).returned("不符")
    assert returned.revised(DAY, TEXTS, "H1").offered_at is None


def test_each_level_of_publication_shows_what_the_one_before_shows() -> None:
    for place, level in enumerate(LEVELS):
        assert [reaches(level, wanted) for wanted in LEVELS] == [True] * (place + 1) + [False] * (3 - place)
    assert complete({"person": "own"}) == {**EVERYTHING, "person": "own"}


def test_an_objection_is_in_time_on_the_last_day_and_not_on_the_next() -> None:
    one = Publication("B", "r", "2026", 1, EVERYTHING, 5, DAY, date(2027, 1, 19), "office")
    days = (date(2027, 1, 11), DAY, date(2027, 1, 19), date(2027, 1, 20))
    assert [one.is_open(day) for day in days] == [False, True, True, False]


def item(code: str, points: str | None, full: str = "5") -> dict[str, Any]:
    return {
        "indicator": code,
        "name": code,
        "points": points,
        "full_points": full,
        "formula": "",
        "applicable": points is not None,
        "periods": {"due": 12, "declared": 11 if points == "0.00" else 12},
    }


def tree() -> dict[str, Any]:
    items = [item("a", "5.00"), item("b", "3.00"), item("c", "0.00"), item("d", None)]
    categories = [
        {"category": "common", "weight": "0.6", "score": "53.3333", "points": "8.00", "full_points": "15", "items": items},
        {"category": "additional", "weight": "0.4", "score": None, "points": None, "full_points": None, "items": []},
    ]  # fmt: skip
    line = {"line": "access", "weight": "1", "score": "53.33", "categories": categories}
    return {
        "layer": "person",
        "weights": {"personal": "0.5", "unit": "0.3", "bureau": "0.2"},
        "components": {"personal": "53.33", "unit": "80.00", "bureau": "90.00"},
        "lines": [line],
    }


def test_what_lost_points_cost_is_what_the_final_score_would_gain_by_them() -> None:
    told = feedback(tree())
    assert [one["indicator"] for one in told["strong"]] == ["a"]
    # c: 5 of 15 points, a category that bears all the weight, half of the final score
    assert [(one["indicator"], one["cost"]) for one in told["weak"]] == [("c", "16.67"), ("b", "6.67")]
    assert [one["indicator"] for one in told["missing"]] == ["c"]
    assert Fraction(1, 2) * Fraction(5, 15) * 100 == Fraction(50, 3)


def test_contributions_that_nobody_made_are_no_losses() -> None:
    before = tree()
    gift = {"category": "contribution", "weight": "0.4", "score": "0.0000", "points": "0.00", "full_points": "10"}
    before["lines"][0]["categories"][1] = {**gift, "items": [item("g", "0.00", "10")]}
    assert "g" not in [one["indicator"] for one in feedback(before)["weak"]]


def person(code: str, final: str | None, rank: int | None, **circumstances: str) -> PersonalGrade:
    return PersonalGrade(code, "D1", final, rank, "", None, "", "", circumstances)


MARKS = Marks(excellent_percent=20)
PEOPLE = proposals(
    [
        *(person(f"P{n:02d}", f"{95 - n}.00", n) for n in range(1, 10)),
        person("P10", "85.00", 10, warning="文"),
        person("P11", "84.00", 11, demerit="文"),
    ],
    MARKS,
)


def test_the_panel_follows_the_proposal_unless_it_says_why() -> None:
    assert [one.grade for one in PEOPLE].count(EXCELLENT) == 2
    after = decided(
        PEOPLE, MARKS, {"P02": {"grade": "称职", "reason": "轮换"}, "P03": {"grade": EXCELLENT, "reason": "立功"}}
    )
    assert [one.person for one in after if one.grade == EXCELLENT] == ["P01", "P03"]
    assert next(one for one in after if one.person == "P02").proposed == EXCELLENT


@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize("who", ["P09", "P10", "P11"])
def test_what_circumstances_exclude_the_panel_cannot_give(who: str, grade: str) -> None:
    allowed = {
        "P09": {"称职", "基本称职", "不称职"},  # 优秀 is full
        "P10": {"称职", "基本称职", "不称职"},
        "P11": {UNDETERMINED},
    }
    decision = {who: {"grade": grade, "reason": "理由"}}
    if grade in allowed[who]:
        assert next(one for one in decided(PEOPLE, MARKS, decision) if one.person == who).grade == grade
    else:
        with pytest.raises(Refused):
            decided(PEOPLE, MARKS, decision)


def test_a_decision_without_a_reason_or_about_nobody_is_refused() -> None:
    with pytest.raises(Refused, match=r"reason\.required"):
        decided(PEOPLE, MARKS, {"P01": {"grade": "称职", "reason": " "}})
    with pytest.raises(Refused, match=r"grade\.unknown"):
        decided(PEOPLE, MARKS, {"X": {"grade": "称职", "reason": "x"}})


def test_what_lasted_from_the_year_before_leaves_no_grade() -> None:
    (before,) = proposals([replace(person("P1", "99.00", 1), last_year=("heavier_penalty",))], MARKS)
    assert (before.grade, before.limited_by) == (UNDETERMINED, "heavier_penalty")
    assert Decimal(before.final or 0) == 99
