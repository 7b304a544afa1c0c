"""The year's points of one item: missing periods, periods without anything to measure, orders, campaigns (decision 0302)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rules import in_words
from services.scoring.domain.ballots import ballots_in_words
from services.scoring.domain.dossier import Fact
from services.scoring.domain.frame import Item, Model
from services.scoring.domain.items import Cut, ItemScore, score_item
from services.scoring.domain.sentences import item_sentence

D = Decimal
QUARTERS = ("Q1", "Q2", "Q3", "Q4")
MODEL = Model("2026", date(2026, 1, 1), date(2026, 12, 31), {"quarterly": QUARTERS}, {}, {}, "half_up", 20, (), 1, 1)
TIER = {"direction": "higher", "steps": [["0.9", "1.0"], ["0.5", "0.5"]]}
GRADE = {"values": {"优": "1.0", "好": "0.85", "一般": "0.7", "可以": "0.6", "差": "0.4"}}
LIST = {"items": ["甲", "乙", "丙"]}


def _item(rule: str, params: dict[str, Any], tool: str = "review", full: str = "6") -> Item:
    return Item("01-01-01", "指标", "common", tool, "all", ("person",), rule, params, D(full), "quarterly")


def _fact(period: str, kind: str = "declaration", *, judged: bool = True, none: bool = False, **counts: str) -> Fact:
    code = f"{kind}{period}{sorted(counts.items())}"
    return Fact(kind, code, "01-01-01", period, judged, none, {name: D(value) for name, value in counts.items()})


def _score(item: Item, facts: list[Fact], target: str | None = None) -> ItemScore:
    return score_item(item, MODEL, facts, D(target) if target else None)


def _made(*periods: str, **counts: str) -> list[Fact]:
    return [_fact(period, **counts) for period in periods]


def test_a_deduction_item_pays_for_every_period_that_was_not_declared() -> None:
    score = _score(_item("deduct", {"per": "1"}), _made("Q1", "Q2", "Q3", count="0"))
    assert score.points == D("4.50")
    assert item_sentence(score, MODEL) == "6 − 0×1 = 6.00；应申报 4 期，已申报 3 期：× 3 ÷ 4 = 4.50"


def test_nothing_declared_scores_nothing_even_where_nothing_went_wrong() -> None:
    assert _score(_item("deduct", {"per": "1"}), []).points == D("0.00")


def test_a_missing_period_is_rounded_once_at_the_end() -> None:
    deduct = _item("deduct", {"per": "0.01"}, full="3")
    assert _score(deduct, _made("Q1", "Q2", "Q3", count="0.33")).points == D("2.24")  # 2.9901 × 3/4 = 2.242575


def test_a_ratio_is_measured_by_what_was_done_and_no_period_is_punished() -> None:
    assert _score(_item("ratio", {"cap": "1"}), _made("Q1", done="20"), "40").points == D("3.00")


def test_a_ratio_that_was_never_allotted_does_not_apply() -> None:
    score = _score(_item("ratio", {"cap": "1"}), _made(*QUARTERS, done="20"))
    assert (score.points, score.cause) == (None, "not_allotted")
    assert item_sentence(score, MODEL) == "没有分解到本对象，满分不计入"


def test_a_tier_uses_the_years_numerator_and_denominator() -> None:
    facts = [_fact("Q1", numerator="0", denominator="1"), *_made("Q2", "Q3", "Q4", numerator="10", denominator="10")]
    assert _score(_item("tier", TIER), facts).points == D("6.00")  # 30 ÷ 31, though the first quarter alone met no step


def test_a_period_with_nothing_to_measure_counts_as_declared() -> None:
    facts = [_fact("Q1", none=True), *_made("Q2", "Q3", "Q4", numerator="9", denominator="10")]
    assert _score(_item("tier", TIER), facts).points == D("6.00")


def test_an_item_with_nothing_to_measure_all_year_does_not_apply() -> None:
    score = _score(_item("tier", TIER), [_fact(period, none=True) for period in QUARTERS])
    assert score.points is None
    assert item_sentence(score, MODEL) == "本年度不适用，满分不计入"


def test_nothing_to_measure_in_some_periods_does_not_excuse_the_others_which_cost_their_part() -> None:
    assert _score(_item("tier", TIER), [_fact("Q1", none=True)]).points == D("1.50")


@pytest.mark.parametrize(
    ("rule", "params", "points"),
    [
        ("tier", TIER, "4.50"),
        ("deduct", {"per": "1"}, "4.50"),
        ("checklist", LIST, "4.50"),
        ("ratio", {"cap": "1"}, "4.50"),
    ],
)
def test_a_single_period_missing_from_an_empty_year_costs_one_part(rule: str, params: Any, points: str) -> None:
    facts = [_fact(period, none=True) for period in ("Q1", "Q2", "Q3")]
    assert _score(_item(rule, params), facts, "7").points == D(points)


def test_eleven_months_without_anything_to_measure_and_one_not_declared_are_eleven_twelfths() -> None:
    months = tuple(f"2026-M{month:02}" for month in range(1, 13))
    model = replace(MODEL, due={"monthly": months})
    item = replace(_item("tier", TIER, full="12"), frequency="monthly")
    nothing = [_fact(one, none=True) for one in months]
    assert score_item(item, model, nothing, None).points is None
    assert score_item(item, model, nothing[:11], None).points == D("11.00")


def test_a_checklist_is_the_mean_of_rounded_periods_and_a_missing_one_is_zero() -> None:
    score = _score(_item("checklist", LIST, full="5"), [*_made("Q1", "Q2", done="1"), _fact("Q3", done="3")])
    assert score.points == D("2.09")  # (1.67 + 1.67 + 5.00 + 0.00) ÷ 4 = 2.085
    assert item_sentence(score, MODEL) == (
        "Q1，5 × 1 ÷ 3 = 1.67；Q2，5 × 1 ÷ 3 = 1.67；Q3，5 × 3 ÷ 3 = 5.00；Q4没有申报，得 0.00；"
        "平均 (1.67 + 1.67 + 5.00 + 0.00) ÷ 4 = 2.09"
    )


def test_a_period_with_nothing_to_measure_leaves_the_mean() -> None:
    facts = [_fact("Q1", none=True), *_made("Q2", "Q3", done="3")]
    score = _score(_item("checklist", LIST), facts)
    assert score.points == D("4.50")  # (6 + 6) ÷ 2, and of it three quarters
    assert "平均 (6.00 + 6.00) ÷ 2；应申报 4 期，已申报 3 期：× 3 ÷ 4 = 4.50" in item_sentence(score, MODEL)


def test_an_order_that_its_issuer_has_not_judged_costs_nothing() -> None:
    orders = [_fact("Q1", "task_order", count="0"), _fact("Q2", "task_order", judged=False)]
    score = _score(_item("deduct", {"per": "1"}, "accountability"), orders)
    assert (score.points, score.causes) == (D("6.00"), [("Q1", "done"), ("Q2", "waiting")])


def test_ten_orders_judged_full_and_one_that_nobody_judged_are_full() -> None:
    judged = [_fact("Q1", "task_order", done="3") for _ in range(10)]
    orders = [*judged, _fact("Q1", "task_order", judged=False, done="0")]
    score = _score(_item("checklist", LIST, "accountability"), orders)
    assert (score.points, score.waiting) == (D("6.00"), ("Q1",))


def test_what_was_declared_and_waits_for_its_assessor_costs_nothing_and_is_not_called_undeclared() -> None:
    facts = [*_made("Q1", "Q2", count="0"), _fact("Q3", judged=False, count="0")]
    score = _score(_item("deduct", {"per": "1"}), facts)
    assert (score.points, score.due, score.declared) == (D("4.00"), 3, 2)  # the fourth quarter was not declared
    assert score.causes == [("Q1", "done"), ("Q2", "done"), ("Q3", "waiting"), ("Q4", "not_declared")]
    alone = _score(_item("deduct", {"per": "1"}), [_fact(one, judged=False, count="0") for one in QUARTERS])
    assert (alone.points, alone.cause) == (None, "waiting")


def test_several_orders_of_one_period_give_their_mean() -> None:
    orders = [_fact("Q1", "task_order", done="3"), _fact("Q1", "task_order", done="2")]
    assert _score(_item("checklist", LIST, "accountability"), orders).points == D("5.00")


def test_without_orders_or_campaigns_an_item_does_not_apply_but_contributions_do() -> None:
    assert _score(_item("tier", TIER, "accountability"), []).points is None
    assert _score(_item("grade", GRADE, "subjective"), []).points is None
    assert _score(_item("accumulate", {"per": "3", "cap": "6"}, "contribution"), []).points == D("0.00")


def test_campaigns_are_averaged_and_one_without_votes_says_nothing() -> None:
    campaigns = [_fact("Q1", "evaluation", 优="1"), _fact("Q2", "evaluation", 差="1"), _fact("Q3", "evaluation")]
    assert _score(_item("grade", GRADE, "subjective"), campaigns).points == D("4.20")
    assert _score(_item("grade", GRADE, "subjective"), campaigns[2:]).points is None


def campaign(code: str, **counts: str) -> Fact:
    return Fact(
        "evaluation", f"{code}/S01", "01-01-01", "2026-Y", True, False, {name: D(one) for name, one in counts.items()}
    )


def test_a_campaign_is_told_by_its_period_and_its_votes_and_never_by_its_identifier() -> None:
    score = _score(_item("grade", GRADE, "subjective", "15"), [campaign("01a2-99", 优="2", 好="3", 一般="1")])
    arithmetic = "优 2、好 3、一般 1：平均系数 0.875，15 × 0.875 = 13.125，得 13.13"
    assert item_sentence(score, MODEL) == f"2026 年全年测评，{arithmetic}"


def test_campaigns_of_one_period_are_told_by_their_number_and_votes_by_how_they_were_weighed() -> None:
    item = _item("grade", GRADE, "subjective", "15")
    score = _score(item, [campaign("a", 优="1"), campaign("b", 好="4", adjusted="0.9")])
    remarks = {"b/S01": ballots_in_words({"votes": 7, "weighted": True, "left_out": ["服务对象"]})}
    assert item_sentence(score, MODEL, remarks) == (
        "2026 年全年测评（第 1 次），优 1：平均系数 1，15 × 1 = 15，得 15.00；"
        "2026 年全年测评（第 2 次），好 4：平均系数 0.85，按宽严校正后系数 0.9，15 × 0.9 = 13.5，得 13.50"
        "（实投 7 票，票数已按评价组或评价维度的权重折算；未达最低票数、不计入的评价组：服务对象）；"
        "平均 (15.00 + 13.50) ÷ 2 = 14.25"
    )


@pytest.mark.parametrize("order", [("late", "early"), ("early", "late")])
def test_terms_are_named_and_stand_in_one_order_however_the_parameters_were_stored(order: tuple[str, ...]) -> None:
    item = _item("deduct", {"per": dict.fromkeys(order, "0.5")}, full="8")
    score = _score(item, [*_made("Q1", early="1", late="0"), *_made("Q2", "Q3", "Q4", late="1", early="0")])
    assert item_sentence(score, MODEL) == "迟到 3、早退 1：8 − (3×0.5 + 1×0.5) = 6.00"
    assert in_words("deduct", item.params).startswith("迟到")


def test_a_contribution_that_nobody_made_is_told_without_a_formula() -> None:
    score = _score(_item("accumulate", {"per": {"national": "5"}, "cap": "10"}, "contribution"), [])
    assert item_sentence(score, MODEL) == "没有认定的贡献，得 0.00"


def test_contributions_add_up_to_their_cap() -> None:
    settled = [_fact("Q1", "contribution", count="1"), _fact("Q4", "contribution", count="2")]
    assert _score(_item("accumulate", {"per": "3", "cap": "6"}, "contribution"), settled).points == D("6.00")


AWAY = frozenset({"Q1", "Q2"})


def test_periods_without_a_day_of_somebodys_are_not_due() -> None:
    deduct = _item("deduct", {"per": "1"})
    score = score_item(deduct, MODEL, _made("Q3", "Q4", count="0"), None, AWAY)
    assert (score.points, score.due, score.declared) == (D("6.00"), 2, 2)
    assert score_item(deduct, MODEL, _made("Q4", count="0"), None, AWAY).points == D("3.00")


def test_what_is_declared_for_a_period_that_is_not_due_counts_and_the_period_with_it() -> None:
    checklist = _item("checklist", LIST)
    facts = [_fact("Q2", done="3"), _fact("Q3", done="3"), _fact("Q4", done="0")]
    assert score_item(checklist, MODEL, facts, None, AWAY).points == D("4.00")


def test_not_applicable_says_nothing_for_a_period_that_is_not_due() -> None:
    deduct = _item("deduct", {"per": "1"})
    score = score_item(deduct, MODEL, [_fact("Q1", none=True), *_made("Q3", count="0")], None, AWAY)
    assert (score.points, score.due, score.declared) == (D("3.00"), 2, 1)


def test_one_month_missing_from_an_empty_year_is_told_as_the_reason() -> None:
    score = _score(_item("tier", TIER), [_fact(period, none=True) for period in ("Q1", "Q2", "Q3")])
    assert score.points == D("4.50")
    told = item_sentence(score, MODEL)
    assert told.startswith("应申报 4 期，已申报的 3 期都不适用，还缺 1 期")
    assert told.endswith("得 4.50")


def test_a_claim_that_counts_in_part_is_told_with_its_days() -> None:
    score = _score(_item("ratio", {"cap": "1"}), _made(*QUARTERS, done="1"), "4.99")
    told = item_sentence(replace(score, cut=Cut(D(7), 260, 365)), MODEL)
    assert "认领 7，对应 365 天，在岗 260 天，按 4.99 计" in told
