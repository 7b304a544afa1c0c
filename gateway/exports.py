"""What goes out as a table: its columns, and the rows out of the pages that the service gives to whoever asks."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from gateway.rpc import ask
from shared.contracts.operations import Operation
from shared.vocabulary.library import CATEGORIES, RULES, TOOLS
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.scoring import COMPONENTS, line_name

Row = dict[str, Any]
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
    "rank": "名次", "final": "综合得分", "layer_score": "本层得分",
    **{f"component_{name}": zh for name, zh in COMPONENTS.items()}, "component_layer_score": "本层得分（合成）",
    **{f"category_{name}": zh for name, zh in CATEGORIES.items()}, "nominated": "名额之内", "struck": "因否决剔除", "commended": "先进", "tied": "边缘同分",
    "item": "指标", "tool": "考核方法", "applicable": "适用", "target": "目标", "counts": "实绩", "due": "应申报期数",
    "declared": "已申报期数", "formula": "算式", "sentence": "说明",
    "indicator": "指标编码", "category": "类别", "rule": "计分办法", "full_points": "满分", "points": "得分",
}  # fmt: skip

IN_WORDS: Mapping[str, Callable[[str], str]] = {
    "layer": LAYERS.__getitem__,
    "line": line_name,
    "category": CATEGORIES.__getitem__,
    "tool": TOOLS.__getitem__,
    "rule": RULES.__getitem__,
}


PERSON = "person"
_OF_NONE = {"unit": None, "unit_name": None}


def in_words(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows for people who read: 个人 for person, 比例计分 for ratio; a unit is not of a unit."""
    for row in rows:
        told = {name: called(row[name]) for name, called in IN_WORDS.items() if row.get(name) is not None}
        yield {**row, **told, **_OF_NONE} if row.get("layer", PERSON) != PERSON else {**row, **told}


def scores(operation: Operation, query: Row) -> tuple[Mapping[str, str], Mapping[str, str], Iterator[Row]]:
    """Return columns, headings and rows of a layer's scores; a station has a
    score in each of its bureau's lines beside."""
    listed = every(operation, query)
    first = next(listed, None)
    rows = chain([] if first is None else [first], listed)
    lines = sorted(first["line_scores"]) if first and query["layer"] == "station" else []
    columns = {**SCORES, **dict.fromkeys((f"line_{name}" for name in lines), "d2")}
    headings = {**HEADINGS, **{f"line_{name}": f"{line_name(name)}得分" for name in lines}}
    return columns, headings, (_flat(row, lines) for row in rows)


def _flat(row: Row, lines: Iterable[str]) -> Row:
    return {
        **row,
        **{f"component_{name}": row["components"].get(name) for name in COMPONENTS},
        **{f"category_{name}": row["categories"].get(name) for name in CATEGORIES},
        **{f"line_{name}": row["line_scores"].get(name) for name in lines},
    }


def every(operation: Operation, query: Row) -> Iterator[Row]:
    """Yield every entry of a paged list."""
    after: str | None = None
    while True:
        page = ask(operation, {**query, "limit": 500, **({"after": after} if after else {})})
        yield from page["items"]
        after = page["next"]
        if after is None:
            return
