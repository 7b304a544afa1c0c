"""deduct: max(0, F − Σ times × per)."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from rules.counting import COUNT, Counts, Params, by_kinds, per_in_words, per_keys, per_terms
from rules.numbers import text
from rules.params import per
from rules.rule import Inputs, Quantity, Rule
from rules.standard import Difference, amounts

KINDS = {
    "late": Quantity("迟到", "迟到一次", ("迟到",)),
    "early": Quantity("早退", "早退一次", ("早退",)),
    "absent": Quantity("旷工天数", "旷工一天", ("旷工",)),
    "overleave": Quantity("超假天数", "超假未归一天", ("超假",)),
    "overdue": Quantity("逾期", "逾期一次", ("逾期", "迟报")),
    "missing": Quantity("漏报", "漏报一次", ("漏报",)),
    "error": Quantity("差错", "差错一次", ("差错", "退回")),
    "violation": Quantity("违章", "车辆违章一次", ("违章",)),
    "accident": Quantity("有责事故", "有责事故一次", ("事故",)),
    "general": Quantity("一般问题", "一般问题一项", ("一般",)),
    "serious": Quantity("严重问题", "严重问题一项", ("严重",)),
    "account": Quantity("转借账号或弱口令", "转借账号或弱口令一次", ("账号", "弱口令")),
    "incident": Quantity("有责网络安全事件", "有责网络安全事件一次", ("事件",)),
}


class Deduct(Rule):
    code = "deduct"
    title = "扣分"
    formula = "max(0, 满分 − Σ 次数 × 单次扣分)"
    params = {"per": per("单次扣分", "points that each takes off", {key: one.each for key, one in KINDS.items()})}
    quantities = {COUNT: Quantity("次数"), **KINDS}
    declared_part = True
    less_is_better = True

    def keys(self, params: Params) -> tuple[str, ...]:
        return per_keys(params)

    def exact_points(self, inputs: Inputs) -> Fraction:
        return max(Fraction(0), inputs.full - _lost(per_terms(inputs.params, inputs.counts)))

    def sentence(self, inputs: Inputs, points: Decimal) -> str:
        terms = per_terms(inputs.params, inputs.counts)
        lost = " + ".join(f"{text(times)}×{text(each)}" for times, each in terms)
        difference = f"{text(inputs.full)} − ({lost})" if len(terms) > 1 else f"{text(inputs.full)} − {lost}"
        return f"max(0, {difference}) = {points}" if _lost(terms) > inputs.full else f"{difference} = {points}"

    def in_words(self, params: Params) -> str:
        return f"{per_in_words(params, '扣', self.names())}，扣完为止"

    def kinds_told(self, params: Params, counts: Counts) -> tuple[str, ...]:
        """Return the kinds that are told, all of them: each stands in the sentence."""
        return self.keys(params) if by_kinds(params) else ()

    def standard_differences(self, second: str, params: Params, *, percent: bool) -> Iterable[Difference]:
        return amounts(second, params["per"], self.words())


def _lost(terms: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    return sum((times * each for times, each in terms), Fraction(0))
