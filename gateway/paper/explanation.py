"""得分说明书: an explanation on paper, for the person's file. From the same tree that the API gives."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from gateway.paper.sheet import Sheet
from gateway.paper.words import components, number, points, rank
from shared.clock import SHANGHAI
from shared.vocabulary.library import CATEGORIES, TOOLS
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.scoring import COMPONENTS, line_name

Tree = dict[str, Any]


def explanation_paper(tree: Tree) -> bytes:
    """Return the PDF's bytes; the same tree gives the same bytes."""
    at = instant(tree)
    who = tree.get("name") or tree["subject"]
    sheet = Sheet(f"{tree['cycle']} 年度考核得分说明书 {who}", footer(tree), at)
    _head(sheet, tree, who, at)
    composition(sheet, tree)
    for line in tree["lines"]:
        _line(sheet, tree, line)
    _facts(sheet, tree)
    signatures(sheet)
    return bytes(sheet.output())


def _head(sheet: Sheet, tree: Tree, who: str, at: datetime) -> None:
    sheet.entitle(tree.get("bureau_name") or "", f"{tree['cycle']} 年度考核得分说明书")
    identify(sheet, tree, who, at)
    for note in tree["notes"]:
        sheet.paragraph(f"说明：{note}", 9, grey=True)


def identify(sheet: Sheet, tree: Tree, who: str, at: datetime) -> None:
    """Write whose score it is, and the score."""
    if tree.get("provisional"):
        sheet.paragraph("实时得分，尚未冻结，仅供参考。", grey=True)
    layer, counted = LAYERS[tree["layer"]], at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    rows = [["姓名（单位）", who, "代码", tree["subject"]]]
    if tree["layer"] == "person":  # a unit is not of a unit
        rows += [["所在科所", tree.get("unit_name") or tree["unit"], "层次", layer]]
        rows += [["所属口", line_name(tree["line"]), "名次", rank(tree)]]
        rows += [["综合得分", points(tree["final"]), "核算日期", counted]]
    else:
        rows += [["所属口", line_name(tree["line"]), "层次", layer]]
        rows += [["综合得分", points(tree["final"]), "名次", rank(tree)], ["核算日期", counted, "", ""]]
    sheet.grid(rows, (18, 42, 14, 26), head=False, size=10)
    sheet.paragraph(tree["sentence"], 10.5)


def composition(sheet: Sheet, tree: Tree) -> None:
    sheet.heading("一、综合得分的组成")
    weights = tree["weights"]
    rows = [["组成", "得分", "权重"]]
    rows += [[COMPONENTS.get(name, name), number(value), number(weights.get(name))] for name, value in components(tree)]
    sheet.grid(rows, (60, 20, 20), right=(1, 2))
    sheet.paragraph(f"计算：{tree['formula']}")
    if len(tree["lines"]) > 1:
        sheet.paragraph(f"各口合成：{tree['layer_formula']}")


def _line(sheet: Sheet, tree: Tree, line: Tree) -> None:
    name = line_name(line["line"])
    sheet.heading(f"二、本层得分（{name}）")
    sheet.paragraph(line["sentence"])
    first = line is tree["lines"][0]
    for category in line["categories"]:
        # A station's common items are the same in all five lines: they are listed once.
        items = (
            category["items"] if first else [one for one in category["items"] if category["category"] == "professional"]
        )
        sheet.heading(
            f"{CATEGORIES[category['category']]}  {number(category['score'])} 分，权重 {number(category['weight'])}",
            10.5,
        )
        sheet.paragraph(category["sentence"], 9.5)
        if items:
            _items(sheet, items)


def _items(sheet: Sheet, items: list[Tree]) -> None:
    rows = [["编码", "指标", "满分", "得分", "计分办法与计算"]]
    rows += [
        [
            one["indicator"],
            one["name"],
            points(one["full_points"]),
            item_points(one),
            f"{one['rule_text']}。{one['formula']}",
        ]
        for one in items
    ]
    sheet.grid(rows, (12, 30, 9, 9, 60), right=(2, 3), size=8)


def _facts(sheet: Sheet, tree: Tree) -> None:
    sheet.heading("三、事实依据：谁申报、谁核实、谁核评，凭什么")
    listed: set[str] = set()
    for _, item in every_item(tree):
        if item["indicator"] in listed or not item["facts"]:
            continue
        listed.add(item["indicator"])
        sheet.heading(f"{item['indicator']} {item['name']}（{TOOLS.get(item['tool'], item['tool'])}）", 9)
        for did, facts in groupby(item["facts"], key=lambda fact: fact.get("did", "")):
            sheet.paragraph(f"· {'；'.join(_said(fact) for fact in facts)}{f'（{did}）' if did else ''}", 8)


def _said(fact: Tree) -> str:
    """Without those who did it: they are named once for all facts in which they are the same."""
    sentence, did = str(fact["sentence"]), fact.get("did", "")
    return sentence.removesuffix(f"（{did}）") + _evidence(fact)


def _evidence(fact: Tree) -> str:
    parts = []
    if fact.get("evidence"):
        parts.append(f"佐证：{'；'.join(fact['evidence'])}")
    if fact.get("machine") is not None:
        parts.append("机器取数" + ("，申报数与其不一致" if fact.get("differs") else "，申报数与其一致"))
    parts += [f"{title}：{fact[name]}" for name, title in (("remark", "备注"), ("reason", "理由")) if fact.get(name)]
    if fact.get("changed_since"):
        parts.append("核算后已有更正")
    return f"〔{'；'.join(parts)}〕" if parts else ""


def signatures(sheet: Sheet) -> None:
    sheet.heading("四、确认")
    sheet.grid(
        [["本人签字：", "单位负责人签字：", "考核办盖章："], ["\n日期：", "\n日期：", "\n日期："]],
        (33, 33, 34),
        head=False,
        size=11,
    )


def every_item(tree: Tree) -> Iterator[tuple[str, Tree]]:
    """Yield every item with its category; a common one as often as there are lines."""
    for line in tree["lines"]:
        for category in line["categories"]:
            yield from ((category["category"], item) for item in category["items"])


def item_points(item: Tree) -> str:
    return points(item["points"]) if item["applicable"] else "不适用"


def footer(tree: Tree) -> str:
    if tree.get("provisional"):
        return "实时得分"
    return f"核算 {tree.get('run', '')}  依据 {str(tree.get('input_hash', ''))[:16]}"


def instant(tree: Tree) -> datetime:
    return datetime.fromisoformat(tree["frozen_at"]) if tree.get("frozen_at") else datetime.now(UTC)
