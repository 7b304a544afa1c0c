"""From the leaders' comparisons to a proposed change of the model."""

from decimal import Decimal
from itertools import combinations

import pytest

from shared.actor import Actor, Grant
from shared.errors import Conflict, Forbidden, Invalid
from tests.component.targets.world import BUREAU, CYCLE, World, staff_actor

CRITERIA = ("common", "professional", "contribution", "additional")


def leader(name: str) -> Actor:
    return Actor(name, name, BUREAU, None, (Grant("leader", "bureau"),))


def said(*ratios: str):
    """Comparisons in the order of the pairs: common-professional, common-contribution …"""
    return [{"a": a, "b": b, "ratio": ratio} for (a, b), ratio in zip(combinations(CRITERIA, 2), ratios, strict=True)]


SOUND = said("1/2", "5", "2", "9", "5", "1/3")
ABSURD = said("9", "9", "1/9", "9", "9", "9")


def ask(world: World, part: str = "person/access", **options: str) -> str:
    return world.call("create_questionnaire", cycle=CYCLE, part=part, **options)["questionnaire"]


def answer(world: World, questionnaire: str, comparisons, judge: str = "l1"):
    key = {"cycle": CYCLE, "questionnaire": questionnaire}
    return world.call("answer_questionnaire", leader(judge), **key, comparisons=comparisons)


def close(world: World, questionnaire: str):
    return world.call("close_questionnaire", cycle=CYCLE, questionnaire=questionnaire)


def test_judges_are_combined_and_the_result_is_a_proposed_change_of_the_model(opened: World):
    asked = ask(opened)
    assert answer(opened, asked, SOUND)["acceptable"]
    answer(opened, asked, said("1/3", "4", "3", "9", "6", "1/2"), "l2")
    closed = close(opened, asked)
    assert (closed["judges"], closed["outcome"]["acceptable"]) == (2, True)
    proposal = opened.call("propose_model", cycle=CYCLE, questionnaires=[asked], reason="班子会议商定")
    weights = proposal["weights"]["person"]["access"]
    assert sum(Decimal(one) for one in weights.values()) == 1
    assert weights == closed["outcome"]["weights"]
    assert {one["part"] for one in proposal["changes"]} == {"person/access"}
    assert proposal["basis"][0]["consistency_ratio"] == closed["outcome"]["consistency_ratio"]
    assert opened.call("get_cycle", cycle=CYCLE)["weights"]["person"]["access"]["common"] == "0.35"
    assert opened.pages("list_model_proposals", cycle=CYCLE) == [proposal]


def test_one_questionnaire_may_speak_for_all_lines_of_a_layer(opened: World):
    asked = ask(opened, "station/all")
    answer(opened, asked, SOUND)
    close(opened, asked)
    proposal = opened.call("propose_model", cycle=CYCLE, questionnaires=[asked], reason="一")
    rows = proposal["weights"]["station"].values()
    assert len(rows) == 5
    assert len({tuple(row.items()) for row in rows}) == 1


def test_a_contradictory_judgement_is_told_and_proposed_only_on_record(opened: World):
    asked = ask(opened)
    told = answer(opened, asked, ABSURD)
    assert (told["acceptable"], told["worst"]["a"], told["worst"]["b"]) == (False, "common", "additional")
    close(opened, asked)
    with pytest.raises(Conflict, match="weights.inconsistent"):
        opened.call("propose_model", cycle=CYCLE, questionnaires=[asked], reason="一")
    forced = opened.call(
        "propose_model", cycle=CYCLE, questionnaires=[asked], reason="已讨论", despite_inconsistency=True
    )
    assert forced["basis"][0]["acceptable"] is False


def test_a_judge_may_think_again_until_it_is_closed(opened: World):
    asked = ask(opened)
    answer(opened, asked, ABSURD)
    assert answer(opened, asked, SOUND)["revision"] == 2
    close(opened, asked)
    with pytest.raises(Conflict, match="questionnaire.closed"):
        answer(opened, asked, SOUND)


def test_an_answer_that_is_no_answer_is_refused(opened: World):
    asked = ask(opened)
    for wrong, code in (
        (SOUND[:-1], "weights.incomplete"),
        ([*SOUND, SOUND[0]], "weights.pair"),
        (said("11", "1", "1", "1", "1", "1")[:], "weights.ratio"),
    ):
        broken = [{**one, "ratio": one["ratio"].replace("11", "0")} for one in wrong]
        with pytest.raises(Invalid, match=code):
            answer(opened, asked, broken)
    with pytest.raises(Conflict, match="questionnaire.empty"):
        close(opened, asked)
    with pytest.raises(Invalid, match="weights.part"):
        ask(opened, "person/sea")


def test_only_leaders_and_the_panel_judge_and_others_judgements_are_not_for_staff(opened: World):
    asked = ask(opened)
    clerk = staff_actor("P0001")
    key = {"cycle": CYCLE, "questionnaire": asked}
    for method, body in (("answer_questionnaire", {**key, "comparisons": SOUND}), ("get_questionnaire", key)):
        with pytest.raises(Forbidden):
            opened.call(method, clerk, **body)
    with pytest.raises(Forbidden):
        opened.call("create_questionnaire", leader("l1"), cycle=CYCLE, part="person/access")


def test_entropy_is_advice_and_leaves_no_trace(opened: World):
    lines = opened.count("audit")
    rows = [{"common": "90", "professional": "60"}, {"common": "91", "professional": "95"}]
    advice = opened.call("advise_weights", rows=rows)
    assert Decimal(advice["weights"]["professional"]) > Decimal(advice["weights"]["common"])
    assert opened.count("audit") == lines
