"""What goes out as a table: its columns, and the rows out of the pages that the service gives to whoever asks."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gateway.paper import words
from gateway.rpc import ask
from shared.contracts.operations import Operation

Row = dict[str, Any]
COMPONENTS = ("personal", "unit", "bureau", "layer_score", "members_mean", "stations_line_mean")
CATEGORIES = ("common", "professional", "contribution", "additional")
STATION_LINES = tuple(line for line in words.LINES if line != "all")
SCORES: Mapping[str, str] = {
    "subject": "text",
    "name": "text",
    "layer": "text",
    "unit": "text",
    "unit_name": "text",
    "line": "text",
    "rank": "whole",
    "final": "d2",
    "layer_score": "d2",
    **dict.fromkeys((f"component_{name}" for name in COMPONENTS), "d4"),
    **dict.fromkeys((f"category_{name}" for name in CATEGORIES), "d4"),
    **dict.fromkeys(("nominated", "struck", "commended", "tied"), "yes"),
}
POINTS: Mapping[str, str] = {
    **dict.fromkeys(("subject", "name", "layer", "unit", "unit_name", "line"), "text"),
    **dict.fromkeys(("indicator", "item", "category", "rule"), "text"),
    "full_points": "d2",
    "points": "d2",
}
EXPLANATIONS: Mapping[str, str] = {
    **dict.fromkeys(("subject", "name", "layer", "unit", "unit_name", "line"), "text"),
    **dict.fromkeys(("indicator", "item", "category", "tool", "rule"), "text"),
    "full_points": "d2",
    "applicable": "yes",
    **dict.fromkeys(("target", "counts"), "text"),
    **dict.fromkeys(("due", "declared"), "whole"),
    "formula": "text",
    "points": "d2",
    "sentence": "text",
}
HEADINGS = {
    "subject": "代码", "name": "名称", "layer": "层次", "unit": "所在科所代码", "unit_name": "所在科所", "line": "口",
    "rank": "名次", "final": "综合得分", "layer_score": "本层得分", "component_personal": "个人得分",
    "component_unit": "所在科所综合分", "component_bureau": "分局得分", "component_layer_score": "本层得分（合成）",
    "component_members_mean": "所属人员平均分", "component_stations_line_mean": "各所本口平均分",
    "category_common": "共性类", "category_professional": "专业类", "category_contribution": "贡献类",
    "category_additional": "附加类", "nominated": "名额之内", "struck": "因否决剔除", "commended": "先进", "tied": "边缘同分",
    **{f"line_{name}": f"{words.LINES[name]}得分" for name in STATION_LINES},
    "item": "指标", "tool": "考核方法", "applicable": "适用", "target": "目标", "counts": "实绩", "due": "应申报期数",
    "declared": "已申报期数", "formula": "算式", "sentence": "说明",
    "indicator": "指标编码", "category": "类别", "rule": "计分办法", "full_points": "满分", "points": "得分",
}  # fmt: skip

IN_WORDS: Mapping[str, Mapping[str, str]] = {
    "layer": words.LAYERS, "line": words.LINES, "category": words.CATEGORIES, "tool": words.TOOLS, "rule": words.RULES,
}  # fmt: skip


def in_words(rows: Iterable[Row]) -> Iterator[Row]:
    """For people who read: 个人 for person, 比例计分 for ratio."""
    for row in rows:
        told = {name: known.get(row[name], row[name]) for name, known in IN_WORDS.items() if row.get(name) is not None}
        yield {**row, **told}


def score_columns(layer: str) -> Mapping[str, str]:
    """A station has a score in each of its lines beside."""
    return (
        {**SCORES, **dict.fromkeys((f"line_{name}" for name in STATION_LINES), "d2")} if layer == "station" else SCORES
    )


def score_rows(operation: Operation, query: Row) -> Iterator[Row]:
    for row in every(operation, query):
        yield {
            **row,
            **{f"component_{name}": row["components"].get(name) for name in COMPONENTS},
            **{f"category_{name}": row["categories"].get(name) for name in CATEGORIES},
            **{f"line_{name}": row["line_scores"].get(name) for name in STATION_LINES},
        }


def every(operation: Operation, query: Row) -> Iterator[Row]:
    """Every entry of a paged list of scoring."""
    after: str | None = None
    while True:
        page = ask(operation, {**query, "limit": 500, **({"after": after} if after else {})})
        yield from page["items"]
        after = page["next"]
        if after is None:
            return
