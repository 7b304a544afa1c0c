"""ratio: F × min(cap, done ÷ target). The target is the subject's own, never the bureau's."""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from rules.counting import Counts, Params, quantity
from rules.numbers import as_percent, exact, text
from rules.params import positive
from rules.rule import Inputs, Quantity, Rule
from rules.standard import NUMBER, Difference, same


class Ratio(Rule):
    code = "ratio"
    title = "比例计分"
    formula = "满分 × min(上限, 实际 ÷ 目标)"
    params = {"cap": positive("完成比例上限", "what completion counts for at most, 1.2 for 120 %", default="1.0")}
    quantities = {"done": Quantity("完成")}
    shared_out = True

    def exact_points(self, inputs: Inputs) -> Fraction:
        """Return the exact points. Without a target nothing was taken on, and what is not taken on
        scores nothing; a cap above 1 never passes F."""
        if not inputs.target or inputs.target < 0:
            return Fraction(0)
        reached = quantity(inputs.counts, "done") / exact(inputs.target)
        return min(inputs.full, inputs.full * min(exact(inputs.params["cap"]), reached))

    def best(self, inputs: Inputs) -> dict[str, Decimal]:
        return self.further(inputs) or {"done": Decimal(0)}

    def further(self, inputs: Inputs) -> dict[str, Decimal]:
        """Return what the target, or the part of it at which points end, still lacks."""
        end = (inputs.target or Decimal(0)) * min(Decimal(1), Decimal(inputs.params["cap"]))
        lacking = end - inputs.counts.get("done", Decimal(0))
        return {"done": lacking} if lacking > 0 else {}

    def sentence(self, inputs: Inputs, points: Decimal) -> str:
        if not inputs.target or inputs.target < 0:
            return f"未认领目标，得 {points}"
        done, cap = text(quantity(inputs.counts, "done")), text(exact(inputs.params["cap"]))
        return f"{text(inputs.full)} × min({cap}, {done} ÷ {text(exact(inputs.target))}) = {points}"

    def in_words(self, params: Params) -> str:
        return f"满分 × 实际 ÷ 目标，完成比例以 {as_percent(params['cap'])} 为限"

    def at_best(self, params: Params, full: Fraction) -> Fraction:
        return full * min(Fraction(1), exact(params["cap"]))

    def measure(self, counts: Counts) -> Fraction | None:
        return exact(counts["done"]) if "done" in counts else None

    def standard_differences(self, second: str, params: Params, *, percent: bool) -> Iterable[Difference]:
        most = re.search(rf"最高(?:计|按|为)?{NUMBER}%", second)
        told = (
            Decimal(most[1]) / 100 if most else Decimal(1) if re.search("不再?加分|不加分|不另加分", second) else None
        )
        return same("完成比例上限", "the cap of the ratio", told, Decimal(str(params["cap"])))
