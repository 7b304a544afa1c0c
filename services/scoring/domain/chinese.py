"""The Chinese words of the model: what screens and papers call what the code names in English (data/README.md)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

LAYERS = {"division": "机关科室", "station": "工商所", "person": "个人"}
LINES = {
    "access": "市场主体资质准入口",
    "routine_supervision": "市场主体行为常规监管口",
    "special_supervision": "市场主体行为非常规监管口",
    "enforcement_support": "行政执法保障综合口",
    "association_guidance": "协会指导口",
    "all": "五口",
}
CATEGORIES = {"common": "共性类", "professional": "专业类", "contribution": "贡献类", "additional": "附加类"}
COMPONENTS = {
    "personal": "个人得分",
    "unit": "所在科所",
    "bureau": "分局",
    "layer_score": "本层得分",
    "members_mean": "所属人员平均",
    "stations_line_mean": "各所本口平均",
    **CATEGORIES,
    **LINES,
}
RULES = {
    "ratio": "比例计分",
    "deduct": "扣分",
    "accumulate": "累积计分",
    "tier": "分档计分",
    "grade": "等次评价",
    "checklist": "清单计分",
}
TOOLS = {
    "review": "核评法",
    "accountability": "问责法",
    "contribution": "贡献累积法",
    "subjective": "主观评估法",
    "electronic": "电子考核法",
}
KINDS = {"declaration": "申报", "task_order": "任务单", "contribution": "贡献", "evaluation": "评价"}
QUANTITIES = {
    "done": "完成",
    "count": "次数",
    "numerator": "分子",
    "denominator": "分母",
    "late": "迟到",
    "early": "早退",
    "absent": "旷工天数",
    "overleave": "超假天数",
    "overdue": "逾期",
    "missing": "漏报",
    "error": "差错",
    "violation": "违章",
    "accident": "有责事故",
    "general": "一般问题",
    "serious": "严重问题",
    "account": "转借账号或弱口令",
    "incident": "有责网络安全事件",
    "national": "国家级",
    "provincial": "省级",
    "municipal": "市级",
    "district": "区级",
    "core": "核心期刊",
    "other": "一般刊物",
    **{grade: grade for grade in ("优", "好", "一般", "可以", "差")},
    "adjusted": "宽严校正后系数",
}
DONE_BY = {
    "declared_by": "申报",
    "verified_by": "核实",
    "assessed_by": "核评",
    "issued_by": "下达",
    "judged_by": "评定",
    "settled_by": "认定",
}
_QUARTERS = "一二三四"


def period(code: str) -> str:
    """``2026-M03`` → 2026 年 3 月; a code of another form as it is."""
    year, _, part = code.partition("-")
    kind, number = part[:1], part[1:]
    if kind == "M" and number.isdecimal():
        return f"{year} 年 {int(number)} 月"
    if kind == "Q" and number in ("1", "2", "3", "4"):
        return f"{year} 年第{_QUARTERS[int(number) - 1]}季度"
    if kind == "H" and number in ("1", "2"):
        return f"{year} 年{'上' if number == '1' else '下'}半年"
    return f"{year} 年全年" if part == "Y" else code


def period_place(code: str) -> tuple[str, int, str]:
    """Where a period stands among others: by its last month, as February comes before the first quarter is over."""
    year, _, part = code.partition("-")
    months = {"M": 1, "Q": 3, "H": 6}.get(part[:1])
    number = part[1:]
    return year, int(number) * months if months and number.isdecimal() else 12, code


def ordered_params(params: Mapping[str, Any]) -> Mapping[str, Any]:
    """The parameters with ``per`` in the order in which its kinds are told: stored JSON keeps no order."""
    per = params.get("per")
    return {**params, "per": {name: per[name] for name in _ordered(per)}} if isinstance(per, Mapping) else params


def quantities(counts: Mapping[str, Any]) -> str:
    """``{"early": "1", "late": "3"}`` → 迟到 3、早退 1: in one order, whatever order they come in."""
    return "、".join(f"{QUANTITIES.get(name, name)} {counts[name]}" for name in _ordered(counts))


def ballots_in_words(ballots: Mapping[str, Any] | None) -> str:
    """``{"votes": 7, "weighted": true, "left_out": ["群众"]}``: why the counts are not simply those that were cast."""
    told = []
    if ballots and ballots["weighted"]:
        told.append(f"实投 {ballots['votes']} 票，票数已按评价组或评价维度的权重折算")
    if ballots and ballots["left_out"]:
        told.append(f"未达最低票数、不计入的评价组：{'、'.join(ballots['left_out'])}")
    return "；".join(told)


def rule_in_words(rule: str, params: Mapping[str, Any]) -> str:
    """What the parameters of an item say, as the standard's second sentence puts it."""
    if rule == "ratio":
        return f"满分 × 实际 ÷ 目标，完成比例以 {_percent(params['cap'])} 为限"
    if rule in ("deduct", "accumulate"):
        return _per(rule, params)
    if rule == "tier":
        return _tier(params["direction"], params["steps"])
    if rule == "grade":
        return "满分 × 评价系数的平均：" + "、".join(
            f"{name} {params['values'][name]}" for name in _ordered(params["values"])
        )
    if rule == "checklist":
        return f"满分 × 落实项数 ÷ {len(params['items'])} 项"
    return ""


def _per(rule: str, params: Mapping[str, Any]) -> str:
    verb = "扣" if rule == "deduct" else "计"
    per = params["per"]
    if isinstance(per, Mapping):
        each = "、".join(f"{QUANTITIES.get(name, name)}每次{verb} {per[name]} 分" for name in _ordered(per))
    else:
        each = f"每次{verb} {per} 分"
    return each + ("，扣完为止" if rule == "deduct" else f"，以 {params['cap']} 分为限")


def _tier(direction: str, steps: Sequence[Sequence[Any]]) -> str:
    sign = "≥" if direction == "higher" else "≤"
    each = "，".join(f"{sign} {limit} 得满分的 {_percent(share)}" for limit, share in steps)
    return f"{each}，其余不得分"


def _ordered(names: Mapping[str, Any]) -> list[str]:
    """In the order of ``QUANTITIES``, unknown ones last: JSON objects keep none."""
    return [name for name in QUANTITIES if name in names] + sorted(name for name in names if name not in QUANTITIES)


def _percent(share: Any) -> str:
    return f"{(Decimal(str(share)) * 100).normalize():f}%"
