"""A form laid out for paper: what stands above the table, its columns and rows, what stands below. PDF and Word draw it alike."""

from collections.abc import Callable, Sequence
from typing import Any

from gateway.forms.words import graded, judged, period, points, shown, span, status
from rules import COUNT, GRADES
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.scoring import line_name

Form = dict[str, Any]
Row = dict[str, Any]
Cells = list[str]
Column = tuple[str, int, bool]  # label, width in parts, a number

SIGN = {
    "review": ("申报人", "核实人", "核评科室", "绩效考核小组"),
    "accountability": ("责任人", "单位负责人", "下达人", "绩效考核小组"),
    "temporary": ("承办人", "单位负责人", "安排人", "绩效考核小组"),
    "contribution": ("申报人", "审核人", "绩效考核小组", "分管领导"),
    "subjective": ("被评估人", "组织人", "监票人", "绩效考核小组"),
}
_NUMBER = ("序号", 7, True)
PERIOD: Column = ("考核期", 15, False)
_LONGEST, _MOST_LINES = 240, 12  # of a cell; what is longer stands in full behind the table
COLUMNS: dict[str, Sequence[Column]] = {
    "review": (
        _NUMBER, ("编码", 11, False), ("指标", 17, False), ("评分标准", 30, False), ("满分", 8, True), ("目标", 7, True),
        ("数量（机器 / 申报）", 20, False), ("自评分", 9, True), ("核评分", 9, True), ("说明与佐证", 25, False),
        ("核实 / 核评", 13, False), ("状态", 8, False),
    ),
    "accountability": (
        _NUMBER, ("编码", 11, False), ("任务", 23, False), ("标准与要求", 29, False), ("期限", 13, False), ("情况", 32, False),
        ("数量、目标与理由", 22, False), ("满分", 7, True), ("得分", 8, True), ("下达 / 评定", 13, False), ("状态", 11, False),
    ),
    "contribution": (
        _NUMBER, ("编码", 11, False), ("贡献事项", 26, False), ("级别", 8, False), ("成效", 36, False), ("证明材料", 26, False),
        ("得分", 8, True), ("审核 / 核定", 13, False), ("状态", 10, False),
    ),
    "subjective": (
        _NUMBER, ("编码", 11, False), ("评估内容", 40, False), ("满分", 7, True), ("票数", 7, True), ("优", 8, True), ("好", 8, True), ("一般", 8, True),
        ("可以", 8, True), ("差", 8, True), ("得分", 8, True), ("状态", 10, False),
    ),
}  # fmt: skip
COLUMNS["temporary"] = COLUMNS["accountability"]
_NOTES = {
    "review": "数量由本人申报，得分由系统按评分标准计算；不申报不得分。“核评分”只按本期数量对照目标计算，各期不相加；年度得分按全年数量计算，见得分说明书。",
    "accountability": "逾期未报完成的任务由下达人问责；得分以评定的数量为准。",
    "temporary": "临时工作指年度计划之外安排或主动承担的工作；得分以评定的数量为准。",
    "contribution": "贡献由考核小组集体审议核定，得分以核定的级别和次数为准。",
    "subjective": "评估以无记名方式进行，进行期间不显示票数；各等次为按评价组权重折算后的票数。",
}


def laid_out(form: Form, printed_on: str) -> dict[str, Any]:
    """Lay the form out as JSON for gateway.paper: text only, in the order in which it is drawn."""
    kind = form["form"]
    drawn = [_row(form, number, row) for number, row in enumerate(form["rows"], start=1)]
    rows, annex = _annexed(drawn, [label for label, _, _ in columns_of(form)])
    return {
        "title": form["title"],
        "at": f"{printed_on}T00:00:00+08:00",
        "facts": _facts(form, printed_on),
        "bureau": form["bureau_name"],
        "columns": [list(column) for column in columns_of(form)],
        "rows": rows,
        "total": _total(form),
        "empty": "本期没有事项。",
        "notes": [f"说明：{_NOTES[kind]}"],
        "signatures": list(SIGN[kind]),
        "annex": annex,
        "footer": f"{form['title']}  {form['name']}  {period(form['period'])}",
    }


def columns_of(form: Form) -> Sequence[Column]:
    """Return the columns; where rows of several periods stand together each says of which it is."""
    number, *others = COLUMNS[form["form"]]
    return (number, PERIOD, *others) if form["inside"] else COLUMNS[form["form"]]


def _row(form: Form, number: int, row: Row) -> Cells:
    first, *others = _ROWS[form["form"]](form, number, row)
    return [first, *([period(row["period"])] if form["inside"] else []), *others]


def _annexed(rows: list[Cells], labels: Sequence[str]) -> tuple[list[Cells], list[Cells]]:
    """The rows with their longest cells cut, and those in full: (place, text). A row is never higher than a page."""
    annex: list[Cells] = []

    def cut(number: int, label: str, text: str) -> str:
        if len(text) <= _LONGEST and text.count("\n") < _MOST_LINES:
            return text
        annex.append([f"附 {len(annex) + 1}：第 {number} 行“{label}”全文", text])
        head = "\n".join(text[: _LONGEST - 40].split("\n")[: _MOST_LINES - 2])
        return f"{head}……（全文见附 {len(annex)}）"

    return [
        [cut(number, label, cell) for label, cell in zip(labels, row, strict=True)]
        for number, row in enumerate(rows, start=1)
    ], annex


def _facts(form: Form, printed_on: str) -> list[Cells]:
    """A unit is of no unit: nothing stands there as its own 所在科所."""
    line = line_name(form["line"])
    layer, of = ["层次", LAYERS[form["layer"]]], f"{period(form['period'])}（{span(form)}）"
    last = ["考核期", of, "打印日期", printed_on]
    if form["layer"] != "person":
        return [["考核对象", form["name"], "所属口", line, *layer], ["单位代码", form["subject"], *last]]
    whose = ["考核对象", f"{form['name']}（{form['subject']}）", "所在科所", form["unit_name"]]
    return [[*whose, *layer], ["所属口", line, *last]]


def _review(form: Form, number: int, row: Row) -> Cells:
    counts = "\n".join(
        f"{one['label']}：{shown(one['machine']) or '—'} / {shown(one['declared']) or '—'}" for one in row["quantities"]
    )
    told = [row["remark"] or "", *(f"· {line}" for line in row["shown_evidence"])]
    if row["reason"]:
        told.append(f"退回（更正）理由：{row['reason']}")
    declared = row["status"] is not None
    return [
        str(number), row["indicator"], row["name"], row["standard"], points(row["full_points"]), shown(row["target"]), counts,
        points(row["self_points"]), "不适用" if row["not_applicable"] else points(row["points"]) if declared else "",
        "\n".join(filter(None, told)), _people(form, row, "verified_by", "assessed_by"), status(form["form"], row["status"]),
    ]  # fmt: skip


def _order(form: Form, number: int, row: Row) -> Cells:
    notes = "\n".join(
        f"{note['on']} {_name(form, note['by'])}：{note['text']}" for note in row["notes"] if note["text"]
    )
    title = row["title"] if row["title"] == row["name"] else f"{row['title']}（{row['name']}）"
    return [
        str(number), row["indicator"], title, row["standard"], str(row["deadline"]), notes, judged(row), points(row["full_points"]),
        points(row["points"]), _people(form, row, "issued_by", "judged_by"), status(form["form"], row["status"]),
    ]  # fmt: skip


def _contribution(form: Form, number: int, row: Row) -> Cells:
    level = "、".join(one["label"] for one in row["levels"] if one["key"] != COUNT)
    proof = row["proof"] + (f"\n退回理由：{row['reason']}" if row["reason"] else "")
    return [
        str(number), row["indicator"], f"{row['title']}（{row['name']}）", level, row["effect"], proof, points(row["points"]),
        _people(form, row, "screened_by", "settled_by"), status(form["form"], row["status"]),
    ]  # fmt: skip


def _subjective(_form: Form, number: int, row: Row) -> Cells:
    votes = {one["grade"]: shown(one["votes"]) for one in row["grades"]}
    grades = [votes.get(grade, "") for grade in GRADES]
    state = graded(row)
    return [
        str(number), row["indicator"], row["name"], points(row["full_points"]), shown(row["ballots"]), *grades, points(row["points"]), state
    ]  # fmt: skip


def _total(form: Form) -> Cells:
    """合计 under the columns of points; nothing where the table is empty."""
    if not form["rows"]:
        return []
    labels = {"满分": "full_points", "自评分": "self_points", "核评分": "points", "得分": "points"}
    cells = [points(form["totals"].get(labels.get(label, ""))) for label, _, _ in columns_of(form)]
    return ["", "合计", *cells[2:]]


def _people(form: Form, row: Row, *keys: str) -> str:
    return "\n".join(_name(form, row[key]) for key in keys if row.get(key))


def _name(form: Form, code: str) -> str:
    return str(form["names"].get(code, code))


_ROWS: dict[str, Callable[[Form, int, Row], Cells]] = {
    "review": _review,
    "accountability": _order,
    "temporary": _order,
    "contribution": _contribution,
    "subjective": _subjective,
}
