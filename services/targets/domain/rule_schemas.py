"""The parameters of each rule as JSON Schema with Chinese titles: what a form needs to edit them (data/README.md §二).

The schema says all that can be said of each value by itself, numbers as the texts that the library keeps; how values stand to one
another (steps in order, a cap that equals the full points) is for ``rules.check_params`` to say.
"""

from collections.abc import Mapping
from typing import Any

from rules import GRADES
from shared.vocabulary.library import RULES

_NUMBER = {"type": "string", "pattern": r"^-?[0-9]{1,12}(\.[0-9]{1,6})?$"}
_POSITIVE = {**_NUMBER, "pattern": r"^(?=.*[1-9])[0-9]{1,12}(\.[0-9]{1,6})?$", "description": "大于 0"}
_SHARE = {
    **_NUMBER,
    "pattern": r"^(-?0+(\.0{1,6})?|0+\.[0-9]{1,6}|0*1(\.0{1,6})?)$",
    "description": "0 至 1 之间的小数",
}
_KEYS = {
    "late": "迟到一次",
    "early": "早退一次",
    "absent": "旷工一天",
    "overleave": "超假未归一天",
    "overdue": "逾期一次",
    "missing": "漏报一次",
    "error": "差错一次",
    "violation": "车辆违章一次",
    "accident": "有责事故一次",
    "general": "一般问题一项",
    "serious": "严重问题一项",
    "account": "转借账号或弱口令一次",
    "incident": "有责网络安全事件一次",
    "national": "国家级（中央）一项",
    "provincial": "省级一项",
    "municipal": "市级一项",
    "district": "区级一项",
    "core": "核心期刊一篇",
    "other": "一般公开刊物一篇",
}


def _per(title: str) -> dict[str, Any]:
    table = {
        "type": "object",
        "title": "按事项或级别",
        "minProperties": 1,
        "properties": {key: {**_POSITIVE, "title": name} for key, name in _KEYS.items()},
        "additionalProperties": _POSITIVE,
    }
    return {"title": title, "oneOf": [{**_POSITIVE, "title": "统一分值"}, table]}


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_STEP = {
    "type": "array",
    "title": "档",
    "prefixItems": [{**_NUMBER, "title": "界限"}, {**_SHARE, "title": "满分占比"}],
    "minItems": 2,
    "maxItems": 2,
}
SCHEMAS: Mapping[str, dict[str, Any]] = {
    "ratio": _object(cap={**_POSITIVE, "title": "完成比例上限", "default": "1.0"}),
    "deduct": _object(per=_per("单次扣分")),
    "accumulate": _object(per=_per("单次计分"), cap={**_POSITIVE, "title": "累计上限（等于满分）"}),
    "tier": _object(
        direction={"title": "方向", "enum": ["higher", "lower"], "enumNames": ["越高越好", "越低越好"]},
        steps={"type": "array", "title": "档位，从最优档排起", "items": _STEP, "minItems": 1},
    ),
    "grade": _object(values=_object(**{grade: {**_SHARE, "title": grade} for grade in GRADES})),
    "checklist": _object(
        items={
            "type": "array",
            "title": "要求清单",
            "items": {"type": "string", "pattern": r"\S"},
            "minItems": 1,
            "uniqueItems": True,
        }
    ),
    "veto": _object(),
}
FORMULAS: Mapping[str, str] = {
    "ratio": "满分 × min(上限, 实际 ÷ 目标)",
    "deduct": "max(0, 满分 − Σ 次数 × 单次扣分)",
    "accumulate": "min(累计上限, Σ 次数 × 单次计分)",
    "tier": "满分 × 第一个满足的档的占比",
    "grade": "满分 × 评价系数的平均",
    "checklist": "满分 × 落实项数 ÷ 总项数",
    "veto": "恒为 0；查实即列入否决",
}


def rule_documents() -> list[dict[str, Any]]:
    return [
        {"rule": rule, "name": name, "formula": FORMULAS[rule], "params_schema": SCHEMAS[rule]}
        for rule, name in RULES.items()
    ]
