"""Has everything arrived? The owners' tallies of their states against our own."""

from collections.abc import Mapping

Tally = Mapping[str, str]  # {"states", "digest"}
Tallies = Mapping[str, Tally]
NAMES = {
    "unit": "单位",
    "person": "人员",
    "cycle": "考核年度",
    "indicator": "指标",
    "claim": "认领",
    "declaration": "申报",
    "task_order": "任务单",
    "contribution": "贡献",
    "evaluation": "评价",
    "veto": "否决",
}


def missing(expected: Tallies, arrived: Tallies) -> list[dict[str, str]]:
    """Return one entry for each kind whose states are not exactly the owner's; none where all have arrived."""
    return [_entry(kind, expected[kind], arrived.get(kind, {})) for kind in NAMES if _differs(kind, expected, arrived)]


def unknown_kinds(expected: Tallies) -> list[str]:
    """Return kinds that the owners did not count: without them nothing is proved."""
    return [kind for kind in NAMES if kind not in expected]


def _differs(kind: str, expected: Tallies, arrived: Tallies) -> bool:
    own = arrived.get(kind, {})
    return any(own.get(name) != expected[kind].get(name) for name in ("states", "digest"))


def _entry(kind: str, expected: Tally, own: Tally) -> dict[str, str]:
    wanted, there = expected.get("states", "?"), own.get("states", "0")
    same = wanted == there
    zh = f"{NAMES[kind]}：应有 {wanted} 条，已到 {there} 条" + ("，其中有的不是最新" if same else "")
    en = f"{there} of {wanted} {kind} states have arrived" + (", some of them not the newest" if same else "")
    return {"field": kind, "code": "facts.missing", "zh": zh, "en": en}
