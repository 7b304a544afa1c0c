"""What the second sentence of a standard (考核标准) says, compared with rule_params (data/README.md §三, 3)."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from services.targets.domain.indicators import Indicator
from services.targets.domain.measures import PERCENT
from services.targets.domain.quantities import plain

Difference = tuple[str, str]  # zh, en
Pairs = list[tuple[str, Decimal]]

_NUMBER = r"([0-9]+(?:\.[0-9]+)?)"
_AMOUNT = re.compile(rf"([^，、；。]*?)[扣计]?{_NUMBER}分")
_MOST = re.compile(rf"(?:最高|封顶|不超过){_NUMBER}分")
_SHARE = re.compile(rf"满分的{_NUMBER}%")
_PARTS = (
    "",
    "",
    "二分之一",
    "三分之一",
    "四分之一",
    "五分之一",
    "六分之一",
    "七分之一",
    "八分之一",
    "九分之一",
    "十分之一",
)
_COUNT = ("", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十")

# What stands before the points of each key (data/README.md §二, 对照键).
_KEYS: Mapping[str, tuple[str, ...]] = {
    "late": ("迟到",),
    "early": ("早退",),
    "absent": ("旷工",),
    "overleave": ("超假",),
    "overdue": ("逾期", "迟报"),
    "missing": ("漏报",),
    "error": ("差错", "退回"),
    "violation": ("违章",),
    "accident": ("事故",),
    "general": ("一般",),
    "serious": ("严重",),
    "account": ("账号", "弱口令"),
    "incident": ("事件",),
    "national": ("国家级", "中央"),
    "provincial": ("省级",),
    "municipal": ("市级",),
    "district": ("区级",),
    "core": ("核心",),
    "other": ("一般", "其他"),
}


def check_standard(indicator: Indicator) -> list[Difference]:
    """Where the second sentence says something else than the parameters; they must have passed their own checks."""
    second = indicator.standard.partition("。")[2]
    if not second:
        return [("考核标准应有第二句，写明计分办法", "the standard lacks its second sentence, how points are given")]
    return list(_CHECKS[indicator.rule](second, indicator.rule_params, indicator))


def _deduct(text: str, params: Mapping[str, Any], _indicator: Indicator) -> Iterator[Difference]:
    yield from _amounts(text, params["per"])


def _accumulate(text: str, params: Mapping[str, Any], _indicator: Indicator) -> Iterator[Difference]:
    most = _MOST.search(text)
    yield from _amounts(_MOST.sub("", text), params["per"])
    yield from _same("累计上限", "the cap", most and most[1], params["cap"])


def _amounts(text: str, per: Any) -> Iterator[Difference]:
    """Points a time: one number for all, or one for each key."""
    told: Pairs = [(words, Decimal(amount)) for words, amount in _AMOUNT.findall(text)]
    if not isinstance(per, Mapping):
        yield from _same("单次分值", "the points a time", {amount for _, amount in told}, {Decimal(str(per))})
        return
    left = list(told)
    for key, amount in per.items():
        at = next((one for one in left if any(word in one[0] for word in _KEYS.get(key, (key,)))), None)
        if at is not None:
            left.remove(at)
        yield from _same(f"“{key}”的单次分值", f"the points of {key!r}", at and at[1], Decimal(str(amount)))
    if left:
        told_extra = "、".join(words for words, _ in left)
        yield f"标准中的“{told_extra}”在参数中没有对应", f"the parameters have nothing for {told_extra!r}"


def _tier(text: str, params: Mapping[str, Any], indicator: Indicator) -> Iterator[Difference]:
    scale = Decimal("0.01") if indicator.measure_unit == PERCENT else Decimal(1)
    told = [step for clause in re.split("[，；]", text) for step in _step(clause, scale)]
    expected = [(Decimal(str(bound)), Decimal(str(share))) for bound, share in params["steps"]]
    higher = params["direction"] == "higher"
    turned = "不超过" in text or "以下" in text
    if told and higher == turned:
        yield "标准与参数的优劣方向相反", "the standard and the parameters go opposite ways"
    yield from _same("档位", "the steps", _shown(told), _shown(expected))


def _step(clause: str, scale: Decimal) -> Iterator[tuple[Decimal, Decimal]]:
    bound = re.search(_NUMBER, clause)
    if bound is None or "不得分" in clause or "满分" not in clause:
        return
    share = _SHARE.search(clause)
    yield Decimal(bound[1]) * scale, Decimal(share[1]) / 100 if share else Decimal(1)


def _shown(steps: Sequence[tuple[Decimal, Decimal]]) -> str:
    return "、".join(f"{plain(bound):f}→{plain(share):f}" for bound, share in steps)


def _ratio(text: str, params: Mapping[str, Any], _indicator: Indicator) -> Iterator[Difference]:
    most = re.search(rf"最高(?:计|按|为)?{_NUMBER}%", text)
    told = Decimal(most[1]) / 100 if most else Decimal(1) if re.search("不再?加分|不加分|不另加分", text) else None
    yield from _same("完成比例上限", "the cap of the ratio", told, Decimal(str(params["cap"])))


def _grade(text: str, params: Mapping[str, Any], _indicator: Indicator) -> Iterator[Difference]:
    told = [Decimal(share) / 100 for share in re.findall(rf"{_NUMBER}%", text)]
    places = sorted((text.index(f"{grade}"), grade) for grade in params["values"] if grade in text)
    expected = [Decimal(str(params["values"][grade])) for _, grade in places]
    missing = [grade for grade in params["values"] if grade not in text]
    yield from _same("等次", "the grades", "、".join(missing), "")
    yield from _same("等次系数", "the grades' shares", _listed(told), _listed(expected))


def _listed(values: Sequence[Decimal]) -> str:
    return "、".join(f"{plain(value):f}" for value in values)


def _checklist(text: str, params: Mapping[str, Any], _indicator: Indicator) -> Iterator[Difference]:
    items = [item for item in params["items"] if item not in text]
    yield from _same("清单项", "the items", "、".join(items), "")
    count, parts = len(params["items"]), re.search("[二三四五六七八九十]分之一", text)
    if parts and count < len(_PARTS):
        yield from _same("每项占比", "each item's share", parts[0], _PARTS[count])
    counted = re.search(r"([一两二三四五六七八九十]|[0-9]+)项要求", text)
    if counted and count < len(_COUNT):
        yield from _same("清单项数", "the number of items", counted[1].replace("二", "两"), _COUNT[count])


def _veto(text: str, _params: Mapping[str, Any], _indicator: Indicator) -> Iterator[Difference]:
    if "否决" not in text:
        yield "否决项的标准应写明“否决”", "a veto's standard must say so"


def _same(zh: str, en: str, told: Any, expected: Any) -> Iterator[Difference]:
    if told == expected or (told is not None and _number(told) == _number(expected) is not None):
        return
    shown = "无" if told in (None, "", set()) else _plainly(told)
    yield (
        f"{zh}：标准为 {shown}，参数为 {_plainly(expected)}",
        f"{en}: {shown} in the standard, {_plainly(expected)} in the parameters",
    )


def _number(value: Any) -> Decimal | None:
    text = str(value)
    return Decimal(text) if re.fullmatch(_NUMBER, text) else None


def _plainly(value: Any) -> str:
    if isinstance(value, set):
        return "、".join(sorted(_plainly(one) for one in value))
    return f"{plain(value):f}" if isinstance(value, Decimal) else str(value) or "无"


_CHECKS: Mapping[str, Callable[[str, Mapping[str, Any], Indicator], Iterator[Difference]]] = {
    "deduct": _deduct,
    "accumulate": _accumulate,
    "tier": _tier,
    "ratio": _ratio,
    "grade": _grade,
    "checklist": _checklist,
    "veto": _veto,
}
