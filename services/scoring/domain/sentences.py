"""The arithmetic behind a number, written out for the person it judges (law 6)."""

from collections.abc import Mapping
from decimal import Decimal

from rules import RULES, explain_by_kinds
from services.scoring.domain.frame import Model
from services.scoring.domain.items import ItemScore
from services.scoring.domain.period_sentences import Remarks, period_sentence
from services.scoring.domain.results import shown
from services.scoring.domain.sheets import CategoryScore
from services.scoring.domain.stages import Value


def item_sentence(score: ItemScore, model: Model, remarks: Remarks | None = None) -> str:
    """Tell how the year's points of one item came about; its periods where some are missing."""
    if score.points is None:
        return "没有分解到本对象，满分不计入" if score.cause == "not_allotted" else "本年度不适用，满分不计入"
    if score.unmeasured:
        return (
            f"应申报 {score.due} 期，已申报的 {score.declared} 期都不适用，还缺 {score.due - score.declared} 期："
            f"已申报部分按最好计，缺的只失去各自的一份，× {score.declared} ÷ {score.due}，得 {score.points}"
        )
    if RULES[score.item.rule].by_period:
        return period_sentence(score, model.rounding, remarks or {})
    item = score.item
    if item.tool == "contribution" and not score.terms:
        return f"没有认定的贡献，得 {score.points}"
    sentence = explain_by_kinds(item.rule, item.params, item.full, score.counts, score.target, model.rounding)
    if score.cut:
        sentence += (
            f"（认领 {score.cut.claimed}，对应 {score.cut.of} 天，在岗 {score.cut.days} 天，按 {score.target} 计）"
        )
    if score.declared == score.due:
        return sentence
    if RULES[item.rule].declared_part:
        return f"{sentence}；应申报 {score.due} 期，已申报 {score.declared} 期：× {score.declared} ÷ {score.due} = {score.points}"
    return f"{sentence}（应申报 {score.due} 期，已申报 {score.declared} 期）"


def category_sentence(category: CategoryScore) -> str:
    if category.score is None:
        return "没有适用的指标，权重由其他类别分担"
    if category.category == "contribution":
        return f"min(100, {category.points}) = {category.score}"
    return f"100 × {category.points} ÷ {category.full} = {category.score}"


def stage_sentence(weights: Mapping[str, Decimal], values: Mapping[str, Value | None], result: Decimal | None) -> str:
    """Return ``86.94×0.5 + 90.00×0.3 + 88.00×0.2 = 88.07``; where a component is
    missing the sum is divided by the weights left."""
    present = {name: weight for name, weight in weights.items() if values.get(name) is not None}
    if not present:
        return "没有得分"
    total = " + ".join(f"{shown(values[name])}×{_plain(weight)}" for name, weight in present.items())
    left = sum(present.values(), Decimal(0))
    return f"{total} = {result}" if left == 1 else f"({total}) ÷ {_plain(left)} = {result}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
