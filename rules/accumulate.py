"""accumulate: min(cap, Σ times × per); the cap equals F."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from rules.counting import COUNT, Counts, Params, by_kinds, per_in_words, per_keys, per_terms
from rules.faults import RuleFault
from rules.numbers import exact, text
from rules.params import per, positive
from rules.rule import Inputs, Quantity, Rule
from rules.standard import NUMBER, Difference, amounts, same

KINDS = {
    "national": Quantity("国家级", "国家级（中央）一项", ("国家级", "中央")),
    "provincial": Quantity("省级", "省级一项", ("省级",)),
    "municipal": Quantity("市级", "市级一项", ("市级",)),
    "district": Quantity("区级", "区级一项", ("区级",)),
    "core": Quantity("核心期刊", "核心期刊一篇", ("核心",)),
    "other": Quantity("一般公开刊物", "一般公开刊物一篇", ("一般", "其他")),
}
_MOST = re.compile(rf"(?:最高|封顶|不超过){NUMBER}分")


class Accumulate(Rule):
    code = "accumulate"
    title = "累积计分"
    formula = "min(累计上限, Σ 次数 × 单次计分)"
    params = {
        "per": per("单次计分", "points that each brings", {key: one.each for key, one in KINDS.items()}),
        "cap": positive("累计上限（等于满分）", "what they bring at most"),
    }
    quantities = {COUNT: Quantity("次数"), **KINDS}

    def serves(self, tool: str) -> bool:
        return tool == "contribution" or super().serves(tool)

    def keys(self, params: Params) -> tuple[str, ...]:
        return per_keys(params)

    def exact_points(self, inputs: Inputs) -> Fraction:
        return min(exact(inputs.params["cap"]), inputs.full, _earned(inputs))

    def best(self, inputs: Inputs) -> dict[str, Decimal]:
        """Return one of the kind that counts least: nobody fills a cap."""
        per = inputs.params["per"]
        table = per if isinstance(per, Mapping) else {"count": per}
        return {min(table, key=lambda name: (Decimal(table[name]), name)): Decimal(1)}

    def further(self, inputs: Inputs) -> dict[str, Decimal]:
        return self.best(inputs)

    def sentence(self, inputs: Inputs, points: Decimal) -> str:
        terms = [(times, each) for times, each in per_terms(inputs.params, inputs.counts) if times]
        if not terms:
            return f"没有计入的次数，得 {points}"
        told, cap = " + ".join(f"{text(times)}×{text(each)}" for times, each in terms), exact(inputs.params["cap"])
        return f"min({text(cap)}, {told}) = {points}" if _earned(inputs) > cap else f"{told} = {points}"

    def in_words(self, params: Params) -> str:
        return f"{per_in_words(params, '计', self.names())}，以 {params['cap']} 分为限"

    def kinds_told(self, params: Params, counts: Counts) -> tuple[str, ...]:
        """Return the kinds that are told, those that there were: the others bring nothing."""
        return tuple(key for key in self.keys(params) if counts.get(key)) if by_kinds(params) else ()

    def at_best(self, params: Params, full: Fraction) -> Fraction:
        return Fraction(0)

    def faults_between(self, params: Params, full: Fraction) -> Iterable[RuleFault]:
        if exact(params["cap"]) != full:
            yield RuleFault("rule.cap_not_full", "cap", "累计上限应等于满分", "the cap must equal the full points")

    def standard_differences(self, second: str, params: Params, *, percent: bool) -> Iterable[Difference]:
        most = _MOST.search(second)
        yield from amounts(_MOST.sub("", second), params["per"], self.words())
        yield from same("累计上限", "the cap", most and most[1], params["cap"])


def _earned(inputs: Inputs) -> Fraction:
    return sum((times * each for times, each in per_terms(inputs.params, inputs.counts)), Fraction(0))
