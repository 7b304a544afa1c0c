"""A year's report as a sequence of parts, which are set as PDF or as .docx: one text, two forms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gateway.paper.charts import charts
from gateway.paper.words import day_in_words, number, numbered, signers
from shared.vocabulary.library import CATEGORIES
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.scoring import IMPROVEMENT_STATES, line_name
from shared.vocabulary.task_orders import ORDER_STATES

Tree = dict[str, Any]


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Grid:
    """``right``: the columns of numbers."""

    rows: list[list[str]]
    widths: tuple[int, ...]
    right: tuple[int, ...] = ()


@dataclass(frozen=True)
class Picture:
    caption: str
    png: bytes


@dataclass(frozen=True)
class SignedOff:
    """落款: who answers for the report, and the day."""

    who: str
    day: str


Part = Heading | Paragraph | Grid | Picture | SignedOff


def title(tree: Tree) -> str:
    names = {"bureau": "全局", "line": line_name(str(tree["target"])), "unit": tree["target_name"]}
    return f"{tree['cycle']} 年度绩效考核报告（{names[tree['scope']]}）"


def parts(tree: Tree) -> list[Part]:
    """Return the parts with the headings numbered: a section that a report does not have leaves no gap."""
    every = [*_parts(tree), _signed_off(tree)]
    titles = numbered(part.text for part in every if isinstance(part, Heading))
    return [Heading(titles[part.text]) if isinstance(part, Heading) else part for part in every]


def _signed_off(tree: Tree) -> SignedOff:
    day = datetime.fromisoformat(tree["frozen_at"])
    return SignedOff(signers(tree), day_in_words(day))


def _parts(tree: Tree) -> Iterator[Part]:
    pictures = dict(charts(tree))
    yield from _overview(tree)
    yield from _picture(pictures, "个人综合得分分布")
    yield from _categories(tree, pictures)
    yield from _lines(tree, pictures)
    yield from _units(tree, pictures)
    yield from _items(tree)
    yield from _list(tree)
    yield from _in_words(tree)


def _overview(tree: Tree) -> Iterator[Part]:
    yield Heading("总体情况")
    people, quota = tree["layers"]["person"], tree["quota"]["person"]
    if tree["scope"] == "bureau":
        yield Paragraph(f"全局得分 {number(tree['bureau_score'])} 分。")
    if people["ranked"]:
        yield Paragraph(
            f"参加考核 {people['subjects']} 人，综合得分平均 {number(people['mean'])} 分，最高 {number(people['best'])} 分，"
            f"最低 {number(people['worst'])} 分。{_against(people)}"
        )
    if tree["scope"] == "bureau":
        yield Paragraph(
            f"先进名额按 {quota['percent']}% 计 {quota['places']} 名，名次在名额之内 {quota['nominated']} 名，"
            f"因否决项剔除 {quota['struck']} 名。"
        )
    if tree["scope"] == "line":
        yield Paragraph("本报告中工商所的得分、各类得分和名次，都是其在本口的得分和名次。")
    rows = [["层次", "对象数", "平均", "上年平均", "最高", "最低"]]
    rows += [
        [LAYERS[layer], str(one["subjects"]), *(number(one[name]) for name in ("mean", "before", "best", "worst"))]
        for layer, one in tree["layers"].items()
        if one["subjects"]
    ]
    yield Grid(rows, (24, 14, 14, 14, 14, 14), (1, 2, 3, 4, 5))
    if tree["grades"]:
        yield Paragraph(
            "考核等次：" + "，".join(f"{grade} {count} 人" for grade, count in tree["grades"].items()) + "。"
        )


def _against(layer: Tree) -> str:
    return f"同一批人上年平均 {layer['before']} 分。" if layer["before"] is not None else ""


def _categories(tree: Tree, pictures: dict[str, bytes]) -> Iterator[Part]:
    yield Heading("各类指标")
    yield from _picture(pictures, "各类指标平均得分")
    rows = [["层次", *CATEGORIES.values()]]
    rows += [
        [LAYERS[layer], *(number(one["categories"][name]) for name in CATEGORIES)]
        for layer, one in tree["layers"].items()
        if one["subjects"]
    ]
    yield Grid(rows, (24, 16, 16, 16, 16), (1, 2, 3, 4))


def _lines(tree: Tree, pictures: dict[str, bytes]) -> Iterator[Part]:
    if len(tree["lines"]) < 2:
        return
    yield Heading("各口情况")
    yield from _picture(pictures, "各口个人平均得分")
    rows = [["口", "人数", "个人平均得分"]]
    rows += [[line_name(one["line"]), str(one["subjects"]), number(one["mean"])] for one in tree["lines"]]
    yield Grid(rows, (50, 16, 20), (1, 2))


def _units(tree: Tree, pictures: dict[str, bytes]) -> Iterator[Part]:
    if not tree["units"]:
        return
    yield Heading("科所情况")
    yield from _picture(pictures, "科所综合得分")
    rows = [["科所", "层次", "综合得分", "上年", "名次", "人数", "人员平均"]]
    rows += [
        [
            *(one["name"] or one["subject"], LAYERS[one["layer"]], number(one["final"]), number(one["before"])),
            *(number(one["rank"]), str(one["members"]), number(one["members_mean"])),
        ]
        for one in tree["units"]
    ]
    yield Grid(rows, (34, 16, 14, 12, 10, 10, 14), (2, 3, 4, 5, 6))


def _items(tree: Tree) -> Iterator[Part]:
    yield Heading("指标完成情况")
    yield Paragraph(f"共 {tree['items_scored']} 项指标计分（不含贡献类）。得分率最低的，是下一年改进的重点：")
    yield _of_items(tree["weakest"])
    yield Paragraph("得分率最高的：")
    yield _of_items(tree["strongest"])


def _of_items(items: list[Tree]) -> Grid:
    rows = [["编码", "指标", "满分", "平均", "得分率%", "零分", "满分数", "对象数"]]
    rows += [
        [
            *(one["indicator"], one["name"], one["full_points"], one["mean"], one["rate"]),
            *(str(one["nothing"]), str(one["full"]), str(one["subjects"])),
        ]
        for one in items
    ]
    return Grid(rows, (14, 44, 9, 10, 12, 9, 11, 11), (2, 3, 4, 5, 6, 7))


def _list(tree: Tree) -> Iterator[Part]:
    yield Heading("先进名单与否决")
    for layer, entries in tree["commended"].items():
        if entries:
            names = "、".join(one["name"] or one["subject"] for one in entries)
            yield Paragraph(f"{LAYERS[layer]}（共 {len(entries)} 名）：{names}。")
    struck = sum(map(len, tree["struck"].values()))
    yield Paragraph(f"因否决项从推荐名单中剔除 {struck} 个对象。" if struck else "没有因否决项剔除的对象。")
    publication = tree["publication"]
    if publication:
        yield Paragraph(f"公示期 {publication['published_on']} 至 {publication['objections_until']}。")


def _in_words(tree: Tree) -> Iterator[Part]:
    """What was written of the year, as it was written: a paragraph a line."""
    text = tree["text"]
    if text:
        yield Heading("总结")
        yield from (Paragraph(line.strip()) for line in text["summary"].splitlines() if line.strip())
    if text or tree["measures"]:
        yield Heading("下阶段措施")
    if text:
        yield from (Paragraph(line.strip()) for line in text["next_steps"].splitlines() if line.strip())
    if tree["measures"]:
        rows = [["单位", "改进措施", "标准", "期限", "状态"]]
        rows += [
            [one["name"] or one["subject"], one["title"], one["standard"], one["deadline"], _status(one)]
            for one in tree["measures"]
        ]
        yield Grid(rows, (24, 32, 40, 22, 16))


def _status(measure: Tree) -> str:
    order = measure["order_status"]
    return ORDER_STATES[order] if order else IMPROVEMENT_STATES[measure["status"]]


def _picture(pictures: dict[str, bytes], caption: str) -> Iterator[Part]:
    if caption in pictures:
        yield Picture(caption, pictures[caption])
