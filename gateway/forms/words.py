"""What forms say in Chinese."""

from collections.abc import Mapping
from typing import Any

STATUS: Mapping[str | None, str] = {
    None: "未申报", "draft": "草稿", "declared": "已申报", "verified": "已核实", "assessed": "已核评", "recorded": "已记录",
    "returned": "已退回", "issued": "已下达", "accepted": "已接受", "completed": "已报完成", "judged": "已评定", "withdrawn": "已撤回",
    "screened": "已审核", "settled": "已核定", "rejected": "未通过", "reported": "已填报", "confirmed": "已确认", "refused": "不接受", "open": "评估中", "closed": "已结束",
}  # fmt: skip
DEEDS = {"接受": "accept", "报进度": "progress", "报完成": "complete"}


def status(value: str | None) -> str:
    return STATUS.get(value) or str(value)


def graded(row: Mapping[str, Any]) -> str:
    """Return where an evaluation stands; of one that must not be told, that too."""
    if row["status"] is None:
        return "未组织"
    return status(row["status"]) + ("" if row["told"] else "，参评不足 3 票，不显示")


def shown(value: Any) -> str:
    """A number as people write it: no zeros behind its last digit, nothing where there is none."""
    if value is None or value == "":
        return ""
    text = str(value)
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def span(form: Mapping[str, Any]) -> str:
    return f"{form['starts']} 至 {form['ends']}"


def period(code: str) -> str:
    """2026-M01 → 2026 年 1 月"""
    year, _, part = code.partition("-")
    number = part[1:].lstrip("0")
    names = {
        "M": f"{number} 月",
        "Q": f"第 {number} 季度",
        "H": {"1": "上半年", "2": "下半年"}.get(number, ""),
        "Y": "全年",
    }
    return f"{year} 年{' ' if part[:1] in 'MQ' else ''}{names.get(part[:1], part)}" if part else code
