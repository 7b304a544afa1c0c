"""What the second sentence of a standard (考核标准) says of points, held against parameters (data/README.md §三, 3)."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from rules.numbers import plain

Difference = tuple[str, str]  # zh, en
NUMBER = r"([0-9]+(?:\.[0-9]+)?)"
_AMOUNT = re.compile(rf"([^，、；。]*?)[扣计]?{NUMBER}分")


def amounts(text: str, per: Any, words: Mapping[str, tuple[str, ...]]) -> Iterator[Difference]:
    """Compare the points a time: one number for all, or one for each kind, found by its ``words``."""
    told = [(before, Decimal(amount)) for before, amount in _AMOUNT.findall(text)]
    if not isinstance(per, Mapping):
        yield from same("单次分值", "the points a time", {amount for _, amount in told}, {Decimal(str(per))})
        return
    left = list(told)
    for key, amount in per.items():
        at = next((one for one in left if any(word in one[0] for word in words.get(key) or (key,))), None)
        if at is not None:
            left.remove(at)
        yield from same(f"“{key}”的单次分值", f"the points of {key!r}", at and at[1], Decimal(str(amount)))
    if left:
        told_extra = "、".join(before for before, _ in left)
        yield f"标准中的“{told_extra}”在参数中没有对应", f"the parameters have nothing for {told_extra!r}"


def same(zh: str, en: str, told: Any, expected: Any) -> Iterator[Difference]:
    """Yield a difference unless both are the same, as numbers or as they stand."""
    if told == expected or (told is not None and _number(told) == _number(expected) is not None):
        return
    shown = "无" if told in (None, "", set()) else _plainly(told)
    yield (
        f"{zh}：标准为 {shown}，参数为 {_plainly(expected)}",
        f"{en}: {shown} in the standard, {_plainly(expected)} in the parameters",
    )


def first_number(text: str) -> str | None:
    """Return the first number that is told."""
    found = re.search(NUMBER, text)
    return found and found[1]


def _number(value: Any) -> Decimal | None:
    text = str(value)
    return Decimal(text) if re.fullmatch(NUMBER, text) else None


def _plainly(value: Any) -> str:
    if isinstance(value, set):
        return "、".join(sorted(_plainly(one) for one in value))
    return plain(value) if isinstance(value, Decimal) else str(value) or "无"
