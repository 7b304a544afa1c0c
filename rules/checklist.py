"""checklist: F × fulfilled items ÷ all items."""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rules.counting import Counts, Params, count_faults, quantity
from rules.faults import RuleFault
from rules.numbers import text
from rules.params import Param
from rules.rule import Inputs, Quantity, Rule
from rules.standard import Difference, same

_PARTS = ("", "", *(f"{one}分之一" for one in "二三四五六七八九十"))
_COUNT = ("", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十")
_SCHEMA = {
    "type": "array",
    "title": "要求清单",
    "items": {"type": "string", "pattern": r"\S"},
    "minItems": 1,
    "uniqueItems": True,
}


def _items_faults(items: Any, path: str) -> Iterable[RuleFault]:
    if not isinstance(items, list) or not items or not _are_different_texts(items):
        yield RuleFault(
            "rule.items", path, "要求清单应为不重复的文字", "the items must be different texts, at least one"
        )


def _are_different_texts(items: list[Any]) -> bool:
    return all(isinstance(item, str) and item.strip() for item in items) and len(set(items)) == len(items)


class Checklist(Rule):
    code = "checklist"
    title = "清单计分"
    formula = "满分 × 落实项数 ÷ 总项数"
    params = {"items": Param(_SCHEMA, _items_faults, "what is asked for")}
    quantities = {"done": Quantity("完成")}
    by_period = True

    def exact_points(self, inputs: Inputs) -> Fraction:
        return inputs.full * min(Fraction(1), quantity(inputs.counts, "done") / len(inputs.params["items"]))

    def sentence(self, inputs: Inputs, points: Decimal) -> str:
        done, items = text(quantity(inputs.counts, "done")), len(inputs.params["items"])
        return f"{text(inputs.full)} × {done} ÷ {items} = {points}"

    def in_words(self, params: Params) -> str:
        return f"满分 × 落实项数 ÷ {len(params['items'])} 项"

    def counts_faults(self, params: Params, counts: Counts) -> Iterable[RuleFault]:
        faults = list(count_faults(counts, self.keys(params), whole=True))
        yield from faults
        if not faults and quantity(counts, "done") > len(params["items"]):
            yield RuleFault(
                "counts.too_many", "done", "落实项数多于清单项数", "more items are fulfilled than the list has"
            )

    def measure(self, counts: Counts) -> Fraction | None:
        return None

    def standard_differences(self, second: str, params: Params, *, percent: bool) -> Iterable[Difference]:
        missing = [item for item in params["items"] if item not in second]
        yield from same("清单项", "the items", "、".join(missing), "")
        count, parts = len(params["items"]), re.search("[二三四五六七八九十]分之一", second)
        if parts and count < len(_PARTS):
            yield from same("每项占比", "each item's share", parts[0], _PARTS[count])
        counted = re.search(r"([一两二三四五六七八九十]|[0-9]+)项要求", second)
        if counted and count < len(_COUNT):
            yield from same("清单项数", "the number of items", counted[1].replace("二", "两"), _COUNT[count])
