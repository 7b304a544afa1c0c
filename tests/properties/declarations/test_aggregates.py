"""Declarations, orders, contributions, ballots and vetoes: what their commands change and what they ask for."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.declarations.domain import campaigns
from services.declarations.domain.bureau_rules import PanelRules
from services.declarations.domain.contributions import claimed_counts, title_key
from services.declarations.domain.vetoes import Veto
from services.declarations.domain.weighing import Weighed
from shared.vocabulary.refusals import Refused
from tests.unit.declarations.examples import contribution, declaration, indicator, order

NOTE = {"on": "2026-01-31", "by": "P10", "text": "完成"}
EMPTY = {**NOTE, "text": "  "}
PANEL = PanelRules()


def code_of(refused) -> str:
    return refused.value.refusals[0].code


def test_a_return_needs_a_reason_and_forgets_who_verified():
    with pytest.raises(Refused) as refused:
        declaration().returned(" ")
    assert code_of(refused) == "reason.required"
    returned = declaration(status="verified", verified_by="H10").returned("缺佐证")
    assert (returned.status, returned.verified_by, returned.reason, returned.revision) == (
        "returned",
        None,
        "缺佐证",
        2,
    )


def test_a_correction_needs_a_reason_and_leaves_the_self_score():
    weighed = Weighed({"done": Decimal(0)}, not_applicable=False, differs=False, points=Decimal(0))
    with pytest.raises(Refused):
        declaration().corrected(weighed, "")
    corrected = declaration().corrected(weighed, "重复计数")
    assert (corrected.points, corrected.self_points, corrected.reason) == (0, 1, "重复计数")


def test_an_order_not_completed_is_judged_only_after_its_deadline():
    early, late = date(2026, 1, 31), date(2026, 2, 1)
    with pytest.raises(Refused) as refused:
        order(status="accepted").judged({}, NOTE, "H9", early)
    assert code_of(refused) == "task_order.not_due"
    assert order(status="accepted").judged({}, NOTE, "H9", late).status == "judged"
    assert order(status="completed", completed_on=early).judged({}, NOTE, "H9", early).status == "judged"


@pytest.mark.parametrize(
    ("status", "completed_on", "today", "overdue"),
    [
        ("issued", None, date(2026, 1, 31), False),
        ("issued", None, date(2026, 2, 1), True),
        ("completed", date(2026, 1, 31), date(2026, 3, 1), False),
        ("judged", date(2026, 2, 1), date(2026, 3, 1), True),
        ("withdrawn", None, date(2026, 3, 1), False),
    ],
)
def test_an_order_is_overdue_when_its_deadline_passed_before_completion(status, completed_on, today, overdue):
    assert order(status=status, completed_on=completed_on).overdue(today) == overdue


def test_progress_and_withdrawal_need_their_words():
    with pytest.raises(Refused):
        order(status="accepted").progressed(EMPTY, 50, date(2026, 1, 15))
    with pytest.raises(Refused):
        order().withdrawn(EMPTY)


@given(st.lists(st.booleans(), max_size=9))
def test_a_contribution_is_settled_by_a_majority_of_a_quorum(opinions):
    enough = len(opinions) >= PANEL.quorum
    if enough and sum(opinions) * 2 > len(opinions):
        settled = contribution().settled({"district": Decimal(1)}, opinions, PANEL, "K1")
        assert (settled.status, settled.settled_by) == ("settled", "K1")
        return
    with pytest.raises(Refused) as refused:
        contribution().settled({"district": Decimal(1)}, opinions, PANEL, "K1")
    assert code_of(refused) == ("contribution.no_majority" if enough else "contribution.quorum")


def test_a_rejection_needs_the_quorum_and_a_reason():
    with pytest.raises(Refused):
        contribution().rejected("", [True] * 3, PANEL, "K1")
    with pytest.raises(Refused):
        contribution().rejected("无证明", [False], PANEL, "K1")
    assert contribution().rejected("无证明", [False] * 3, PANEL, "K1").counts == {}


@given(st.text(min_size=1, max_size=30))
def test_width_case_spaces_and_punctuation_do_not_tell_titles_apart(title):
    assert title_key(f" 《{title}》！") == title_key(title) or not any(map(str.isalnum, title))
    assert title_key(title_key(title)) == title_key(title)


def test_full_width_and_half_width_titles_are_the_same():
    assert title_key("关于ＡＢＣ的 “经验材料”（２０２６）") == title_key("关于abc的经验材料(2026)")
    assert title_key("经验一") != title_key("经验二")


def test_a_claimed_level_must_be_one_of_the_indicators():
    levels = indicator("accumulate", {"cap": "10", "per": {"national": "5", "district": "1"}})
    single = indicator("accumulate", {"cap": "5", "per": "1"})
    assert claimed_counts(levels, "district") == {"district": 1}
    assert claimed_counts(single, None) == {"count": 1}
    for one, level in ((levels, None), (levels, "municipal"), (single, "district")):
        with pytest.raises(Refused):
            claimed_counts(one, level)


@pytest.mark.parametrize(
    ("votes", "code"),
    [
        ({}, "votes.missing"),
        ({"P9": "优"}, "votes.subject"),
        ({"P1": "excellent"}, "votes.grade"),
        ({"P1": {"协作": "优"}}, "votes.dimensions"),
        ({"P7": "优"}, "own.decision"),
    ],
)
def test_a_ballot_that_does_not_fit_is_refused(votes, code):
    with pytest.raises(Refused) as refused:
        campaigns.check_votes(votes, ["P1", "P7"], "P7", [""])
    assert code_of(refused) == code


def test_a_token_is_random_and_kept_only_as_its_hash():
    token = campaigns.new_token()
    assert token != campaigns.new_token()
    assert len(token) >= 24
    assert token not in campaigns.token_hash(token)


def test_lifting_a_veto_needs_the_panels_words():
    known = (
        "B00",
        "2026",
        str(uuid.uuid4()),
        1,
        "01-03-05",
        "P1",
        "person",
        "D10",
        "confirmed",
        "瞒报",
        "",
        "K1",
        None,
    )
    veto = Veto(*known, source="section", source_ref=None, evidence=[], fact_on=None, decided_on=None)
    with pytest.raises(Refused):
        veto.decided("lift", " ", "K2", date(2026, 2, 1))
    lifted = veto.decided("lift", "查无实据", "K2", date(2026, 2, 1))
    assert (lifted.status, lifted.decided_on) == ("lifted", date(2026, 2, 1))
