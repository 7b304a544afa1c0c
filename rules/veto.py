"""veto: no points ever; found true once, it strikes the subject from the 先进 list and leaves its other scores alone."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from rules.counting import COUNT, Counts, Params, count_faults, quantity
from rules.faults import RuleFault
from rules.numbers import text
from rules.rule import Inputs, Quantity, Rule
from rules.standard import Difference


class Veto(Rule):
    code = "veto"
    title = "一票否决"
    formula = "恒为 0；查实即列入否决"
    quantities = {COUNT: Quantity("次数")}
    strikes = True

    def exact_points(self, inputs: Inputs) -> Fraction:
        return Fraction(0)

    def sentence(self, inputs: Inputs, points: Decimal) -> str:
        times = quantity(inputs.counts, COUNT)
        effect = "列入否决，从先进推荐名单中剔除" if times else "不影响先进推荐"
        return f"查实 {text(times)} 次，{effect}，得 {points}"

    def in_words(self, params: Params) -> str:
        return "不计分；查实即列入否决"

    def counts_faults(self, params: Params, counts: Counts) -> Iterable[RuleFault]:
        return count_faults(counts, self.keys(params), whole=True)

    def standard_differences(self, second: str, params: Params, *, percent: bool) -> Iterable[Difference]:
        if "否决" not in second:
            yield "否决项的标准应写明“否决”", "a veto's standard must say so"
