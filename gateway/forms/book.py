"""What the sheets of the five forms are made of: columns by name, and what of a form stands in each row."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.forms.keys import Key, of_quantity
from gateway.forms.words import DEEDS, graded, judged, period, points, shown, status
from rules import COUNT, GRADES

Form = dict[str, Any]
Row = dict[str, Any]
MARK = "#kaohe"  # begins the hidden row that names the columns
IDENTITY = "kaohe"  # the hidden page that says whose form it is
NAMED = ("form", "bureau", "cycle", "period", "subject")
NEW, BLANK = "new", 20  # rows for new achievements


@dataclass(frozen=True)
class Column:
    name: str
    label: str
    width: int
    kind: str = "shown"  # or what is filled in: number, points, text, lines, deed, indicator, level


COLUMNS: dict[str, Sequence[Column]] = {
    "review": (
        Column("number", "序号", 6), Column("indicator", "编码", 11), Column("name", "指标", 20), Column("standard", "评分标准", 34),
        Column("full_points", "满分", 7), Column("target", "目标", 9), Column("quantity", "数量名称", 11),
        Column("machine", "机器数", 9), Column("declared", "申报数量", 11, "number"), Column("self_points", "自评分", 9, "points"),
        Column("remark", "说明", 24, "text"), Column("evidence", "佐证（一行一条）", 26, "lines"), Column("status", "状态", 9),
    ),
    "accountability": (
        Column("number", "序号", 6), Column("indicator", "编码", 11), Column("title", "任务", 28), Column("standard", "标准与要求", 40),
        Column("deadline", "期限", 12), Column("notes", "已有情况", 40), Column("judged", "评定", 20), Column("points", "得分", 8),
        Column("status", "状态", 10),
        Column("deed", "办理", 10, "deed"), Column("note", "情况说明", 44, "text"),
    ),
    "contribution": (
        Column("number", "序号", 6), Column("indicator", "指标", 30, "indicator"), Column("level", "级别", 10, "level"),
        Column("title", "贡献事项", 28, "text"), Column("effect", "成效", 40, "text"), Column("proof", "证明材料", 36, "text"),
        Column("status", "状态", 10),
    ),
    "subjective": (
        Column("number", "序号", 6), Column("indicator", "编码", 11), Column("name", "评估内容", 44), Column("full_points", "满分", 8),
        Column("ballots", "票数", 8),
        *(Column(grade, grade, 8) for grade in GRADES), Column("points", "得分", 8), Column("status", "状态", 10),
    ),
}  # fmt: skip
COLUMNS["temporary"] = COLUMNS["accountability"]


def columns_of(form: Form) -> Sequence[Column]:
    """Return the columns; where rows of several periods stand together each says of which it is."""
    number, *others = COLUMNS[form["form"]]
    return (number, Column("period", "考核期", 14), *others) if form["inside"] else COLUMNS[form["form"]]


def rows_of(form: Form) -> Iterable[tuple[str, Row]]:
    """Return (hidden key, cells by column name); the key tells what the row is about, wherever it is moved. What is
    only to be looked at has none."""
    rows = _ROWS[form["form"]](form)
    return (("", cells) for _, cells in rows) if form["inside"] else rows


def _head(form: Form, number: int, row: Row) -> Row:
    """What a row begins with: its number, and its period where rows of several stand together."""
    return {"number": str(number), **({"period": period(row["period"])} if form["inside"] else {})}


def indicator_words(form: Form) -> list[str]:
    return [f"{one['indicator']} {one['name']}" for one in form["choices"]]


def level_words(form: Form) -> list[str]:
    return list(dict.fromkeys(level["label"] for one in form["choices"] for level in one["levels"]))


def deed_words(_form: Form) -> list[str]:
    return list(DEEDS)


def _review(form: Form) -> Iterable[tuple[str, Row]]:
    for number, row in enumerate(form["rows"], start=1):
        for place, one in enumerate(row["quantities"]):
            declared = one["declared"] if row["status"] is not None else one["machine"]
            cells = {"quantity": one["label"], "machine": shown(one["machine"]), "declared": shown(declared)}
            first = _first_cells(form, number, row) if place == 0 else {}
            yield str(Key(of_quantity(row["indicator"], one["key"]), row.get("revision"))), {**first, **cells}


def _first_cells(form: Form, number: int, row: Row) -> Row:
    """The self score is left to the rule, unless somebody gave themselves less."""
    own = row["self_points"] if row["status"] is not None and row["self_points"] != row["points"] else None
    return {
        **_head(form, number, row),
        **{name: row[name] for name in ("indicator", "name", "standard")},
        "full_points": points(row["full_points"]),
        "target": shown(row["target"]),
        "self_points": points(own),
        "remark": row["remark"] or "",
        "evidence": "\n".join(row["evidence"]),
        "status": status("review", row["status"]),
    }


def _orders(form: Form) -> Iterable[tuple[str, Row]]:
    for number, row in enumerate(form["rows"], start=1):
        notes = "\n".join(f"{note['on']} {note['text']}" for note in row["notes"] if note["text"])
        about = {name: str(row[name]) for name in ("indicator", "title", "standard", "deadline")}
        yield (
            str(Key(row["order"], row.get("revision"))) if row["order"] else "",
            {
                **_head(form, number, row),
                **about,
                "notes": notes,
                "judged": judged(row),
                "points": points(row["points"]),
                "status": status(form["form"], row["status"]),
            },
        )


def _contributions(form: Form) -> Iterable[tuple[str, Row]]:
    for number, row in enumerate(form["rows"], start=1):
        level = next((one["label"] for one in row["levels"] if one["key"] != COUNT), "")
        told = {name: row[name] for name in ("title", "effect", "proof")}
        about = {
            "indicator": f"{row['indicator']} {row['name']}",
            "level": level,
            "status": status(form["form"], row["status"]),
        }
        yield str(Key(row["contribution"], row.get("revision"))), {**_head(form, number, row), **about, **told}
    for number in range(len(form["rows"]) + 1, len(form["rows"]) + (0 if form["inside"] else BLANK) + 1):
        yield NEW, {"number": str(number), "status": "新填"}


def _evaluations(form: Form) -> Iterable[tuple[str, Row]]:
    for number, row in enumerate(form["rows"], start=1):
        votes = {one["grade"]: shown(one["votes"]) for one in row["grades"]}
        about = {"indicator": row["indicator"], "name": row["name"]}
        worth = {name: points(row[name]) for name in ("full_points", "points")}
        told = {**votes, **worth, "ballots": shown(row["ballots"])}
        yield row["indicator"], {**_head(form, number, row), **about, **told, "status": graded(row)}


_ROWS: dict[str, Callable[[Form], Iterable[tuple[str, Row]]]] = {
    "review": _review,
    "accountability": _orders,
    "temporary": _orders,
    "contribution": _contributions,
    "subjective": _evaluations,
}
