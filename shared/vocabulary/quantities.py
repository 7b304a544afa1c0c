"""What the quantities of rules are called: key → 中文."""

from collections.abc import Mapping

QUANTITIES: Mapping[str, str] = {
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
}


def quantity_name(key: str) -> str:
    """Return what the quantity ``key`` is called; one that has no name is called by its key, as the grades 优, 好 … are."""
    return QUANTITIES.get(key, key)
