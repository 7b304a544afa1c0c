"""checklist: F × fulfilled items ÷ all items."""
# ruff: noqa: ARG001 - every rule answers the same four questions; none needs all it is told

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from rules.counting import Counts, Params, count_faults, keys_faults, quantity
from rules.faults import RuleFault
from rules.numbers import text

QUANTITIES = {"done": "完成"}


def exact_points(params: Params, full: Fraction, counts: Counts, target: Decimal | None) -> Fraction:
    return full * min(Fraction(1), quantity(counts, "done") / len(params["items"]))


def params_faults(params: Params, full: Fraction) -> Iterable[RuleFault]:
    yield from keys_faults(params, ("items",))
    if "items" in params and not _is_list_of_texts(params["items"]):
        yield RuleFault(
            "rule.items", "items", "要求清单应为不重复的文字", "the items must be different texts, at least one"
        )


def counts_faults(params: Params, counts: Counts) -> Iterable[RuleFault]:
    faults = list(count_faults(counts, ("done",), whole=True))
    yield from faults
    if not faults and quantity(counts, "done") > len(params["items"]):
        yield RuleFault("counts.too_many", "done", "落实项数多于清单项数", "more items are fulfilled than the list has")


def sentence(params: Params, full: Fraction, counts: Counts, target: Decimal | None, points: Decimal) -> str:
    return f"{text(full)} × {text(quantity(counts, 'done'))} ÷ {len(params['items'])} = {points}"


def _is_list_of_texts(items: object) -> bool:
    if not isinstance(items, list) or not items or not all(isinstance(item, str) for item in items):
        return False
    return all(item.strip() for item in items) and len(set(items)) == len(items)


def in_words(params: Params) -> str:
    return f"满分 × 落实项数 ÷ {len(params['items'])} 项"
