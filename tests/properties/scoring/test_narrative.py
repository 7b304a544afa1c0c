"""Explanations in sentences: the arithmetic as data/README.md shows it, who stands behind each fact, what counted against whom."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import counted, in_words
from services.scoring.domain.dossier import Dossier
from services.scoring.domain.explanation import explain_subject
from services.scoring.domain.narrative import narrated, people_in
from services.scoring.domain.sheets import score_subject
from services.scoring.usecases.scoring import score_bureau
from shared.vocabulary.periods import period, period_place
from tests.oracle.worlds import small_bureau
from tests.unit.scoring.inputs import dossier, frame_of

NAMES = {"P01": "张三", "H01": "李四", "X09": "王五"}


def trees(seed: int) -> list[dict[str, Any]]:
    world = small_bureau(Random(seed))
    frame = frame_of(world)
    raw = {code: dossier(world, code) for code in frame.by_code}
    sheets = {code: score_subject(frame, one, Dossier.from_json(raw[code])) for code, one in frame.by_code.items()}
    rows = score_bureau(frame, [raw[code] for code in sorted(raw)]).scoring.rows
    people = {"declared_by": "P01", "verified_by": "H01", "assessed_by": "X09"}
    facts = {code: [{**fact, "people": people} for fact in one["facts"]] for code, one in raw.items()}
    return [
        narrated({"cycle": "2026", **explain_subject(frame, sheets[row["subject"]], row, facts[row["subject"]])}, NAMES)
        for row in rows
    ]


def items_of(tree: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for line in tree["lines"] for one in line["categories"] for item in one["items"]]


@given(st.integers(0, 2**32))
@settings(max_examples=25)
def test_every_node_of_every_tree_has_a_sentence_that_states_its_number(seed: int) -> None:
    for tree in trees(seed):
        assert tree["final"] is None or f"{tree['final']} 分" in tree["sentence"]
        for line in tree["lines"]:
            assert line["score"] is None or f"得 {line['score']} 分" in line["sentence"]
            for category in line["categories"]:
                assert category["score"] is None or category["score"] in category["sentence"]
        for item in items_of(tree):
            assert not item["applicable"] or f"得 {item['points']} 分" in item["sentence"]
            assert all(fact["sentence"] for fact in item["facts"])
            assert item["rule_text"]


def test_a_fact_names_who_declared_verified_and_assessed_it() -> None:
    facts = [fact for seed in range(8) for tree in trees(seed) for item in items_of(tree) for fact in item["facts"]]
    declared = next(fact for fact in facts if fact["kind"] == "declaration" and fact["counts"])
    assert declared["sentence"].endswith("（张三（P01）申报，李四（H01）核实，王五（X09）核评）")


def test_facts_stand_in_the_order_of_their_periods() -> None:
    told = [item["facts"] for seed in range(8) for tree in trees(seed) for item in items_of(tree) if item["facts"]]
    assert any(len({fact["period"] for fact in facts}) > 2 for facts in told)
    for facts in told:
        places = [period_place(fact["period"]) for fact in facts]
        assert places == sorted(places)
    mixed = ["2026-M10", "2026-Q1", "2026-M02", "2026-Y", "2026-H1", "2025-Y", "2026-Q4"]
    expected = ["2025-Y", "2026-M02", "2026-Q1", "2026-H1", "2026-M10", "2026-Q4", "2026-Y"]
    assert sorted(mixed, key=period_place) == expected


def test_no_sentence_names_an_identifier_of_a_campaign() -> None:
    evaluated = [
        (item, fact)
        for seed in range(8)
        for tree in trees(seed)
        for item in items_of(tree)
        for fact in item["facts"]
        if fact["kind"] == "evaluation"
    ]
    assert evaluated
    assert all(fact["fact"] not in item["sentence"] + fact["sentence"] for item, fact in evaluated)


def test_an_evaluation_lives_without_its_counts() -> None:
    tree = next(
        tree for seed in range(8) for tree in trees(seed) if any(item["rule"] == "grade" for item in items_of(tree))
    )
    fact = {"kind": "evaluation", "period": "2026-Y", "not_applicable": False, "people": {}}
    item = next(item for item in items_of(tree) if item["rule"] == "grade")
    item["facts"] = [fact]
    told = next(one for one in items_of(narrated(tree, NAMES)) if one["indicator"] == item["indicator"])
    assert told["facts"][0]["sentence"] == "2026 年全年评价：已测评，不显示票数明细"


def test_components_stand_as_the_model_orders_them() -> None:
    for tree in trees(1):
        assert list(tree["components"]) == [name for name in tree["weights"] if name in tree["components"]]


def test_quantities_are_told_in_one_order_and_unknown_ones_last() -> None:
    assert counted({"early": "1", "late": "3"}) == counted({"late": "3", "early": "1"}) == "迟到 3、早退 1"
    assert counted({"好": "2", "done": "1"}) == "完成 1、好 2"
    assert counted({"好": "2", "优": "1"}) == "优 1、好 2"


def test_people_whose_names_are_needed_are_those_behind_the_facts() -> None:
    tree = next(tree for seed in range(8) for tree in trees(seed) if any(item["facts"] for item in items_of(tree)))
    assert people_in(tree) == {"P01", "H01", "X09", tree["subject"], tree["unit"]}


def test_what_was_never_declared_says_so() -> None:
    missed = [
        item
        for seed in range(8)
        for tree in trees(seed)
        for item in items_of(tree)
        if item["applicable"] and item["periods"]["due"] and not item["periods"]["declared"]
    ]
    assert missed
    assert all("不申报不得分" in item["sentence"] for item in missed)


def test_what_waits_is_set_apart_from_what_was_never_declared() -> None:
    found = [
        item["sentence"]
        for seed in range(60)
        for tree in trees(seed)
        for item in items_of(tree)
        if item["periods"]["due"] and not item["periods"]["declared"] and item["applicable"]
        if "waiting" in {one["cause"] for one in item["causes"]}
    ]
    assert found
    assert all("其余应申报" in sentence and "待核评，暂不计入" in sentence for sentence in found)


def test_a_vetoed_subject_reads_why_it_is_not_recommended() -> None:
    struck = [tree for seed in range(40) for tree in trees(seed) if tree["struck"]]
    assert struck
    for tree in struck:
        assert "从推荐名单中剔除" in tree["sentence"]
        assert f"{tree['vetoes'][0]['reason']}（已查实" in tree["sentence"]


def test_a_veto_tells_what_it_is() -> None:
    tree = next(tree for seed in range(40) for tree in trees(seed) if tree["struck"])
    veto = {"veto": "v", "indicator": "01-03-05", "name": "瞒报虚报绩效数据", "reason": "虚报 3 件"}
    told = narrated({**tree, "vetoes": [veto]}, NAMES)
    assert "（01-03-05 瞒报虚报绩效数据：虚报 3 件（已查实））" in told["sentence"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("2026-M03", "2026 年 3 月"),
        ("2026-Q4", "2026 年第四季度"),
        ("2026-H2", "2026 年下半年"),
        ("2026-Y", "2026 年全年"),
        ("odd", "odd"),
    ],
)
def test_periods_read_as_people_say_them(code: str, text: str) -> None:
    assert period(code) == text


@pytest.mark.parametrize(
    ("rule", "params", "text"),
    [
        ("ratio", {"cap": "1.0"}, "满分 × 实际 ÷ 目标，完成比例以 100% 为限"),
        ("deduct", {"per": {"late": "0.5", "early": "0.5"}}, "迟到每次扣 0.5 分、早退每次扣 0.5 分，扣完为止"),
        ("accumulate", {"per": "2", "cap": "10"}, "每次计 2 分，以 10 分为限"),
        (
            "tier",
            {"direction": "higher", "steps": [["0.99", "1.0"], ["0.97", "0.8"]]},
            "≥ 0.99 得满分的 100%，≥ 0.97 得满分的 80%，其余不得分",
        ),
        ("checklist", {"items": ["a", "b", "c", "d"]}, "满分 × 落实项数 ÷ 4 项"),
    ],
)
def test_parameters_are_told_in_words(rule: str, params: dict[str, Any], text: str) -> None:
    assert in_words(rule, params) == text
