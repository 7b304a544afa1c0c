"""得分说明（一页）: the score, what it is made of, and what cost most; everything behind it stands in the 得分说明书."""

from decimal import Decimal
from typing import Any

from gateway.paper.explanation import composition, every_item, footer, identify, instant, item_points, signatures
from gateway.paper.sheet import Sheet
from gateway.paper.words import cut, number, points
from shared.vocabulary.library import CATEGORIES
from shared.vocabulary.scoring import line_name

Tree = dict[str, Any]
MOST, LONGEST = 8, 60  # items that cost most; characters of an arithmetic


def explanation_page(tree: Tree) -> bytes:
    """Return the PDF's bytes; the same tree gives the same bytes."""
    at, who = instant(tree), tree.get("name") or tree["subject"]
    sheet = Sheet(f"{tree['cycle']} 年度考核得分说明（一页） {who}", footer(tree), at)
    sheet.entitle(tree.get("bureau_name") or "", f"{tree['cycle']} 年度考核得分说明")
    identify(sheet, tree, who, at)
    composition(sheet, tree)
    _categories(sheet, tree)
    _costly(sheet, tree)
    signatures(sheet)
    return bytes(sheet.output())


def _categories(sheet: Sheet, tree: Tree) -> None:
    sheet.heading("二、各类得分")
    if len(tree["lines"]) > 1:
        _by_line(sheet, tree["lines"])
        return
    rows = [["类别", "得分", "权重"]]
    rows += [
        [CATEGORIES[one["category"]], number(one["score"]), number(one["weight"])]
        for one in tree["lines"][0]["categories"]
    ]
    sheet.grid(rows, (60, 20, 20), right=(1, 2), size=8)


def _by_line(sheet: Sheet, lines: list[Tree]) -> None:
    """A station's, a line a row: whatever it answers for stays on this page."""
    names = [
        name for name in CATEGORIES if any(one["category"] == name for line in lines for one in line["categories"])
    ]
    rows = [["口", *(CATEGORIES[name] for name in names), "本口得分"]]
    for line in lines:
        found = {one["category"]: number(one["score"]) for one in line["categories"]}
        rows.append([line_name(line["line"]), *(found.get(name, "—") for name in names), points(line["score"])])
    sheet.grid(rows, (40, *(15 for _ in names), 15), right=tuple(range(1, len(names) + 2)), size=8)


def _costly(sheet: Sheet, tree: Tree) -> None:
    sheet.heading("三、失分最多的指标")
    lost = costliest(tree)
    if not lost:
        sheet.paragraph("没有失分。")
        return
    rows = [["编码", "指标", "满分", "得分", "怎样算的"]]
    rows += [
        [one["indicator"], one["name"], points(one["full_points"]), item_points(one), cut(one["formula"], LONGEST)]
        for one in lost[:MOST]
    ]
    sheet.grid(rows, (12, 32, 9, 9, 58), right=(2, 3), size=8)
    left = len(lost) - MOST
    if left > 0:
        sheet.paragraph(f"另有 {left} 项失分较少，见得分说明书。", 9, grey=True)


def costliest(tree: Tree) -> list[Tree]:
    """Return the items that lost points, each once, the most lost first. Contributions lose none: nobody is expected to make them."""
    items = {
        one["indicator"]: one
        for category, one in every_item(tree)
        if category != "contribution" and one["applicable"] and one["points"] is not None
    }
    lost = [(Decimal(one["full_points"]) - Decimal(one["points"]), code) for code, one in items.items()]
    return [items[code] for missing, code in sorted(lost, key=lambda one: (-one[0], one[1])) if missing > 0]
