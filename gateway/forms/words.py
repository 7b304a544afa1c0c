"""What forms say in Chinese."""

from collections.abc import Mapping
from typing import Any

from gateway.paper import words as paper
from shared.vocabulary.campaigns import CAMPAIGN_STATES
from shared.vocabulary.contributions import CONTRIBUTION_STATES
from shared.vocabulary.declarations import DECLARATION_STATES
from shared.vocabulary.task_orders import ORDER_STATES, WORK_STATES

_OF_FORM: Mapping[str, Mapping[str, str]] = {
    "review": DECLARATION_STATES,
    "accountability": ORDER_STATES,
    "temporary": {**WORK_STATES, **ORDER_STATES},
    "contribution": CONTRIBUTION_STATES,
    "subjective": CAMPAIGN_STATES,
}
DEEDS = {"接受": "accept", "报进度": "progress", "报完成": "complete"}


def status(form: str, value: str | None) -> str:
    """Return the word for where a row of a form stands; None: not begun."""
    return "未申报" if value is None else _OF_FORM[form].get(value, value)


def graded(row: Mapping[str, Any]) -> str:
    """Return where an evaluation stands; of one that must not be told, that too."""
    if row["status"] is None:
        return "未组织"
    return status("subjective", row["status"]) + ("" if row["told"] else "，参评不足 3 票，不显示")


def shown(value: Any) -> str:
    """Return a number as people write it: no zeros behind its last digit, nothing where there is none."""
    if value is None or value == "":
        return ""
    text = str(value)
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def points(value: Any) -> str:
    """Return points as papers tell them, to two decimals; nothing where there are none."""
    return "" if value is None or value == "" else paper.points(value)


def quantities(row: Mapping[str, Any]) -> str:
    """Return what was counted of a row, a quantity a line."""
    return "\n".join(f"{one['label']}：{shown(one['value'])}" for one in row["counts"])


def judged(row: Mapping[str, Any]) -> str:
    """Return how an order was judged: what counts, of what, and why; of one that is not judged its target alone."""
    told = [quantities(row), f"目标：{shown(row['target'])}" if row.get("target") is not None else ""]
    return "\n".join(filter(None, (*told, f"评定理由：{row['reason']}" if row.get("reason") else "")))


def span(form: Mapping[str, Any]) -> str:
    return f"{form['starts']} 至 {form['ends']}"


def period(code: str) -> str:
    """Say a period in Chinese: 2026-M01 → 2026 年 1 月"""
    year, _, part = code.partition("-")
    number = part[1:].lstrip("0")
    names = {
        "M": f"{number} 月",
        "Q": f"第 {number} 季度",
        "H": {"1": "上半年", "2": "下半年"}.get(number, ""),
        "Y": "全年",
    }
    return f"{year} 年{' ' if part[:1] in 'MQ' else ''}{names.get(part[:1], part)}" if part else code
