"""月度考勤表: a line a person, a column a day, totals, and where the person, the head and HR sign."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from gateway.paper.sheet import Sheet
from gateway.paper.words import WITH_SIGNATURES
from shared.vocabulary.attendance import STANDINGS

Tree = dict[str, Any]
LEGEND = (
    "√ 出勤　迟 迟到　退 早退　漏 漏签　旷 旷工　超 超假未归　差 因公外出　年 年休假　病 病假　事 事假　婚 婚假　产 产假　陪 陪产假　"
    "育 育儿假　护 护理假　丧 丧假　探 探亲假　伤 工伤假　补 补休　值 值班　班 休息日上班；上午、下午不同时分两行写"
)
WEEKDAYS = "一二三四五六日"
NAME, UNIT, DAY, WIDE, NARROW, SIGNED = 160, 260, 58, 95, 62, 160  # widths in parts
HIGH, TIGHT = 6.8, 0.3  # mm: a row that one can sign in; beside what stands in narrow cells
SIZE = 6.5
_TOTALS = (
    ("应出", "due"),
    ("实出", "attended"),
    ("迟", "late"),
    ("退", "early"),
    ("漏", "missed"),
    ("旷", "absent"),
    ("超", "overleave"),
)


def attendance_paper(tree: Tree) -> bytes:
    """Return the PDF of a month's lines; ``tree``: bureau_name, month, days, title, closed, lines."""
    year, month = map(int, tree["month"].split("-"))
    title = f"{year} 年 {month} 月考勤表"
    sheet = Sheet(title, f"{tree['title']} {title}", datetime(year, month, 1, tzinfo=UTC), landscape=True)
    sheet.entitle(tree["bureau_name"], title)
    closed = "已月结" if tree["closed"] else "尚未月结，仅供核对"
    sheet.caption(f"{tree['title']}　{closed}　共 {len(tree['lines'])} 人")
    head, *rows = _rows(tree)
    above, last = rows[:-WITH_SIGNATURES], rows[-WITH_SIGNATURES:]
    if above:
        _grid(sheet, tree, [head, *above])
    with sheet.offset_rendering() as trial:
        _end(trial, tree, last)
    broke = trial.page_break_triggered
    if broke and above:
        sheet.add_page()
    _end(sheet, tree, [head, *last] if broke or not above else last, headed=broke or not above)
    return bytes(sheet.output())


def _rows(tree: Tree) -> list[list[str]]:
    days, of_units = tree["days"], _of_units(tree)
    head = ["姓名", *(["单位"] if of_units else []), *(_day(tree["month"], day) for day in days)]
    rows = [[*head, *(name for name, _ in _TOTALS), "本人签字"]]
    rows += [
        [
            one["person_name"] or one["person"],
            *([one["unit_name"] or one["unit"] or ""] if of_units else []),
            *(one["marks"].get(day, "").replace("/", "\n") for day in days),
            *(one[name] for _, name in _TOTALS),
            _signed(one, "person"),
        ]
        for one in tree["lines"]
    ]
    return rows


def _of_units(tree: Tree) -> bool:
    """Whether a line has to say of which unit its person is."""
    return len({one["unit"] for one in tree["lines"]}) > 1


def _day(month: str, day: str) -> str:
    return f"{int(day)}\n{WEEKDAYS[date.fromisoformat(f'{month}-{day}').weekday()]}"


def _grid(sheet: Any, tree: Tree, rows: Sequence[Sequence[str]], *, headed: bool = True) -> None:
    first, days = (NAME, UNIT) if _of_units(tree) else (NAME,), len(tree["days"])
    widths = (*first, *([DAY] * days), WIDE, WIDE, *([NARROW] * (len(_TOTALS) - 2)), SIGNED)
    totals = range(len(first) + days, len(widths) - 1)
    roomy, sheet.c_margin = sheet.c_margin, TIGHT
    marks = range(len(first), len(first) + days)
    sheet.grid(rows, widths, head=headed, right=totals, center=marks, size=SIZE, gap=0, least=HIGH)
    sheet.c_margin = roomy


def _end(sheet: Any, tree: Tree, rows: Sequence[Sequence[str]], *, headed: bool = False) -> None:
    """The last rows with what explains the marks and where the head and HR sign: they stand on one page."""
    if rows:
        _grid(sheet, tree, rows, headed=headed)
    sheet.ln(1.5)
    sheet.paragraph(LEGEND, 7, grey=True)
    for standing in ("head", "hr"):
        sheet.paragraph(f"{STANDINGS[standing]}（签字）：{_everybody(tree['lines'], standing)}　　　　日期：", 10)


def _signed(line: Tree, standing: str) -> str:
    return next((one["name"] for one in line["signatures"] if one["standing"] == standing and not one["stale"]), "")


def _everybody(lines: list[Tree], standing: str) -> str:
    """Name who signed for every line; where one is missing, the place is left for a pen."""
    names = {_signed(one, standing) for one in lines}
    return "、".join(sorted(names)) if names and "" not in names else "____________"
