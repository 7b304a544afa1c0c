"""月度考勤表: a line a person, a column a day, totals, and where the person, the head and HR sign."""

from datetime import UTC, datetime
from typing import Any

from gateway.paper.sheet import Sheet
from shared.vocabulary.attendance import STANDINGS

Tree = dict[str, Any]
LEGEND = (
    "√ 出勤　迟 迟到　退 早退　漏 漏签　旷 旷工　超 超假未归　差 因公外出　年 年休假　病 病假　事 事假　婚 婚假　产 产假　陪 陪产假　"
    "育 育儿假　护 护理假　丧 丧假　探 探亲假　伤 工伤假　补 补休　值 值班　班 休息日上班；上午/下午不同时以“/”分开"
)
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
    """Return the PDF of a month's lines; ``tree``: month, days, title, closed, lines."""
    year, month = tree["month"].split("-")
    title = f"{year} 年 {int(month)} 月考勤表"
    sheet = Sheet(title, f"{tree['title']} {title}", datetime(int(year), int(month), 1, tzinfo=UTC), landscape=True)
    sheet.heading(title, 16, center=True)
    sheet.caption(f"{tree['title']}　{'已月结' if tree['closed'] else '尚未月结，仅供核对'}")
    days = tree["days"]
    rows = [["姓名", *(str(int(day)) for day in days), *(name for name, _ in _TOTALS), "本人签字"]]
    rows += [
        [
            one["person_name"] or one["person"],
            *(one["marks"].get(day, "") for day in days),
            *(one[name] for _, name in _TOTALS),
            _signed(one, "person"),
        ]
        for one in tree["lines"]
    ]
    sheet.grid(rows, (13, *([6] * len(days)), *([7] * len(_TOTALS)), 15), size=6.5)
    sheet.paragraph(LEGEND, 7, grey=True)
    for standing in ("head", "hr"):
        sheet.paragraph(f"{STANDINGS[standing]}（签字）：{_everybody(tree['lines'], standing)}　　　　日期：", 10)
    return bytes(sheet.output())


def _signed(line: Tree, standing: str) -> str:
    return next((one["name"] for one in line["signatures"] if one["standing"] == standing and not one["stale"]), "")


def _everybody(lines: list[Tree], standing: str) -> str:
    """Name who signed for every line; where one is missing, the place is left for a pen."""
    names = {_signed(one, standing) for one in lines}
    return "、".join(sorted(names)) if names and "" not in names else "____________"
