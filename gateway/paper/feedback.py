"""考核结果反馈单: what went well, what cost how much, what follows, and room for both signatures."""

from datetime import datetime
from typing import Any

from gateway.paper.sheet import Sheet
from gateway.paper.words import components, number, numbered, points, rank
from shared.clock import SHANGHAI
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.scoring import COMPONENTS, CONVERSATION_STATES, IMPROVEMENT_STATES, line_name
from shared.vocabulary.task_orders import ORDER_STATES

Tree = dict[str, Any]
GOOD, WEAK, TALKED, MEASURES = "做得好的", "失分最多的", "面谈记录", "改进措施"
MISSING = "没有申报完的（不申报不得分）"


def feedback_paper(tree: Tree) -> bytes:
    """Return the PDF's bytes; the same feedback gives the same bytes."""
    who = tree["name"] or tree["subject"]
    at = datetime.fromisoformat(tree["frozen_at"])
    sheet = Sheet(f"{tree['cycle']} 年度考核结果反馈单 {who}", f"核算 {tree['run']}", at)
    sheet.entitle(tree.get("bureau_name") or "", f"{tree['cycle']} 年度考核结果反馈单")
    _head(sheet, tree, who)
    titles = numbered(_titles(tree))
    _items(sheet, titles[GOOD], tree["strong"], "没有得满分的指标。")
    _weak(sheet, titles[WEAK], tree)
    if MISSING in titles:
        _missing(sheet, titles[MISSING], tree)
    _talk(sheet, titles[TALKED], tree["conversation"])
    if MEASURES in titles:
        _measures(sheet, titles[MEASURES], tree["improvements"])
    _objections(sheet, tree["publication"])
    return bytes(sheet.output())


def _titles(tree: Tree) -> list[str]:
    """What this paper has to tell, in its order: what there is not leaves no gap in the numbers."""
    there = {MISSING: tree["missing"], MEASURES: tree["improvements"]}
    return [title for title in (GOOD, WEAK, MISSING, TALKED, MEASURES) if there.get(title, True)]


def _head(sheet: Sheet, tree: Tree, who: str) -> None:
    means, grade = tree["means"], tree["grade"]
    rows = [
        ["姓名（单位）", who, "代码", tree["subject"]],
        [*_place(tree), "所属口", line_name(tree["line"])],
        ["综合得分", points(tree["final"]), "名次", rank(tree)],
        [f"全部{LAYERS[tree['layer']]}平均", number(means["layer"]), *_mean_of_unit(tree)],
        ["考核等次", grade["grade"] if grade else "尚未确定", "先进", _commended(tree)],
    ]
    sheet.grid(rows, (20, 40, 14, 30), head=False, size=10)
    made_of = "；".join(
        f"{COMPONENTS.get(name, name)} {number(value)}（权重 {number(tree['weights'].get(name))}）"
        for name, value in components(tree)
    )
    sheet.paragraph(f"组成：{made_of}。计算：{tree['formula']}", 9.5)
    _vetoes(sheet, tree)
    if grade and grade["limited_by"]:
        sheet.paragraph(f"等次说明：按有关规定受限（{grade['circumstances'].get(grade['limited_by'], '')}）", 9.5)


def _place(tree: Tree) -> list[str]:
    """A unit is not of a unit."""
    person = tree["layer"] == "person"
    return ["所在科所", tree["unit_name"] or tree["unit"]] if person else ["层次", LAYERS[tree["layer"]]]


def _mean_of_unit(tree: Tree) -> list[str]:
    return ["本科所平均", number(tree["means"]["unit"])] if tree["layer"] == "person" else ["", ""]


def _commended(tree: Tree) -> str:
    if tree["struck"]:
        return "因否决项剔除"
    return "列入名单" if tree["commended"] else "未列入"


def _vetoes(sheet: Sheet, tree: Tree) -> None:
    if not tree["vetoes"]:
        return
    follows = "名次在先进名额之内，因此从推荐名单中剔除" if tree["struck"] else "因此不进入先进推荐名单"
    sheet.paragraph(f"否决项：{'；'.join(one['sentence'] for one in tree['vetoes'])}。{follows}，其他得分不变。", 9.5)


def _items(sheet: Sheet, title: str, items: list[Tree], nothing: str) -> None:
    sheet.heading(title)
    if not items:
        sheet.paragraph(nothing)
        return
    rows = [["编码", "指标", "得分", "满分"]]
    rows += [[one["indicator"], one["name"], points(one["points"]), points(one["full_points"])] for one in items]
    sheet.grid(rows, (14, 62, 12, 12), right=(2, 3))


def _weak(sheet: Sheet, title: str, tree: Tree) -> None:
    sheet.heading(title)
    if not tree["weak"]:
        sheet.paragraph("没有失分。")
        return
    rows = [["编码", "指标", "得分", "满分", "约使综合得分少", "怎样算的"]]
    rows += [
        [
            *(one["indicator"], one["name"], points(one["points"]), points(one["full_points"])),
            *(points(one["cost"]), one["formula"]),
        ]
        for one in tree["weak"]
    ]
    sheet.grid(rows, (13, 33, 10, 10, 20, 41), right=(2, 3, 4), size=8.5)
    left = tree["weak_in_all"] - len(tree["weak"])
    if left > 0:
        sheet.paragraph(f"另有 {left} 项失分较少，见得分说明书。", 9, grey=True)


def _missing(sheet: Sheet, title: str, tree: Tree) -> None:
    sheet.heading(title)
    rows = [["编码", "指标", "应申报期数", "已申报期数"]]
    rows += [[one["indicator"], one["name"], str(one["due"]), str(one["declared"])] for one in tree["missing"]]
    sheet.grid(rows, (14, 62, 14, 14), right=(2, 3))


def _talk(sheet: Sheet, title: str, talk: Tree | None) -> None:
    sheet.heading(title)
    if talk is None:
        sheet.grid(
            [["优点", "\n\n"], ["不足", "\n\n"], ["改进措施", "\n\n"], ["本人意见", "\n\n"]], (14, 86), head=False
        )
    else:
        rows = [
            ["日期", f"{talk['held_on']}（{CONVERSATION_STATES[talk['status']]}）"],
            ["优点", talk["strengths"]],
            ["不足", talk["shortcomings"]],
            ["改进措施", talk["measures"]],
            ["本人意见", talk["opinion"]],
            ["双方确认", f"面谈人 {_when(talk['offered_at'])}；本人 {_when(talk['confirmed_at'])}"],
        ]
        sheet.grid(rows, (14, 86), head=False)
    sheet.grid([["面谈人签字：\n\n日期：", "本人签字：\n\n日期："]], (50, 50), head=False, size=10)


def _measures(sheet: Sheet, title: str, measures: list[Tree]) -> None:
    sheet.heading(title)
    rows = [["针对指标", "任务", "标准", "期限", "状态"]]
    rows += [[one["weak_indicator"], one["title"], one["standard"], one["deadline"], _stands(one)] for one in measures]
    sheet.grid(rows, (14, 30, 40, 16, 14))


def _stands(measure: Tree) -> str:
    """Where the work is, once there is some; the measure's own step until then."""
    order = measure["task_order"]
    withdrawn = measure["status"] == "withdrawn" and order is not None and order["status"] != "judged"
    return (
        IMPROVEMENT_STATES[measure["status"]] if order is None or withdrawn else f"任务{ORDER_STATES[order['status']]}"
    )


def _objections(sheet: Sheet, publication: Tree | None) -> None:
    if publication is None:
        return
    sheet.paragraph(
        f"公示期自 {publication['published_on']} 至 {publication['objections_until']}（{publication['objection_days']} 个工作日）。"
        "对得分有异议的，请在公示期内通过系统提出申诉。",
        9.5,
    )


def _when(instant: str | None) -> str:
    return "未确认" if instant is None else datetime.fromisoformat(instant).astimezone(SHANGHAI).strftime("%Y-%m-%d")
