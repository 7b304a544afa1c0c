"""The yearly table of 12315 and the monthly bulletin (消费投诉通报): the same figures as tables and in words."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gateway.paper.report import Grid, Heading, Paragraph, Part, SignedOff
from gateway.paper.report_docx import docx_of
from gateway.paper.report_pdf import pdf_of
from gateway.paper.sheet import Sheet
from gateway.paper.words import day_in_words, numbered
from rules.numbers import exact, text
from shared.clock import midnight_of
from shared.vocabulary.case_reports import YUAN
from shared.vocabulary.complaints import CHANNELS

Tree = dict[str, Any]
NOT_KNOWN = "无"
_TABLE = "12315 投诉举报统计表"
_TEN_THOUSAND = 10_000
_WIDTHS = (6, 3, 2, 3, 3)


def case_report_pdf(tree: Tree) -> bytes:
    sheet = Sheet(_TABLE, _TABLE, _at(tree["until"]))
    sheet.entitle(tree.get("bureau_name") or "", _TABLE)  # a service of the release before does not tell it
    scope = [tree[name] for name in ("unit_name", "goods", "channel_name") if tree.get(name)]
    above = f"期间：{tree['since']} 至 {tree['until']}；上年同期：{tree['before_since']} 至 {tree['before_until']}"
    return pdf_of(sheet, [Paragraph("；".join([above, *scope])), _table(tree["lines"])])


def bulletin_pdf(tree: Tree) -> bytes:
    sheet = Sheet(_bulletin_title(tree), _bulletin_title(tree), _at(tree["made_on"]))
    sheet.entitle(tree["bureau_name"], _bulletin_title(tree))
    return pdf_of(sheet, _bulletin(tree))


def bulletin_docx(tree: Tree) -> bytes:
    comments = f"{tree['since']} 至 {tree['until']}"
    return docx_of(tree["bureau_name"], _bulletin_title(tree), _bulletin(tree), comments, _at(tree["made_on"]))


def _bulletin_title(tree: Tree) -> str:
    year, month = tree["month"].split("-")
    return f"{year}年{int(month)}月消费投诉通报"


def _bulletin(tree: Tree) -> list[Part]:
    every = [*_sections(tree), SignedOff(tree["bureau_name"] or "12315中心", day_in_words(_at(tree["made_on"])))]
    titles = numbered(part.text for part in every if isinstance(part, Heading))
    return [Heading(titles[part.text]) if isinstance(part, Heading) else part for part in every]


def _sections(tree: Tree) -> Iterator[Part]:
    lines = {one["item"]: one for one in tree["lines"]}
    yield Heading("总体情况")
    yield Paragraph(_overview(tree, lines))
    yield Heading("来源")
    yield Paragraph(_channels(lines))
    if tree["goods"]:
        yield Heading("投诉较多的商品和服务")
        yield _most(tree["goods"], "商品或服务")
    if tree["traders"]:
        yield Heading("公示投诉结果较多的经营者")
        yield _most(tree["traders"], "经营者")
        yield Paragraph("只列本月已公示投诉处理结果的经营者，件数为本月公示的件数。")
    yield Heading("主要数据")
    yield _table(tree["lines"])
    yield Paragraph("同比为与上年同期相比；上年同期为零的记“无”。")


def _overview(tree: Tree, lines: Mapping[str, Tree]) -> str:
    month = int(tree["month"][5:])
    return (
        f"{month}月，全局共接收投诉举报{_count(lines, 'received')}{_changed(lines['received'])}，"
        f"其中投诉{_count(lines, 'received_complaint')}、举报{_count(lines, 'received_report')}、"
        f"咨询{_count(lines, 'received_enquiry')}、建议{_count(lines, 'received_suggestion')}。"
        f"受理投诉{_count(lines, 'accepted')}，办结{_count(lines, 'concluded')}，调解成功{_count(lines, 'agreed')}，"
        f"为消费者挽回经济损失{_money(lines['recovered']['value'])}{_changed(lines['recovered'])}。"
        f"举报立案{_count(lines, 'filed')}，作出行政处罚{_count(lines, 'penalised')}，罚款{_money(lines['fined']['value'])}；"
        f"查处侵权案件{_count(lines, 'nature_infringement')}、假冒案件{_count(lines, 'nature_counterfeit')}。"
    )


def _channels(lines: Mapping[str, Tree]) -> str:
    told = [(CHANNELS[name], lines[f"channel_{name}"]) for name in CHANNELS]
    known = [f"{zh}{_plain(one['value'])}件" for zh, one in told if Decimal(one["value"])]
    return f"按来源分：{'，'.join(known)}。" if known else "本月没有登记来源的件。"


def _count(lines: Mapping[str, Tree], item: str) -> str:
    return f"{_plain(lines[item]['value'])}件"


def _money(yuan: Any) -> str:
    """Above 10,000 yuan in 万元, rounded once."""
    amount = exact(str(yuan))
    return f"{text(amount, 2)}元" if amount < _TEN_THOUSAND else f"{text(amount / _TEN_THOUSAND, 2)}万元"


def _changed(line: Tree) -> str:
    if line["change"] is None:
        return ""
    change = Decimal(line["change"])
    word = "增长" if change > 0 else "下降"
    return f"（同比{word}{abs(change)}%）" if change else "（同比持平）"


def _most(named: Iterable[Tree], heading: str) -> Grid:
    rows = [[str(place), one["name"], str(one["cases"])] for place, one in enumerate(named, start=1)]
    return Grid([["序号", heading, "件数"], *rows], (1, 8, 2), (0, 2))


def _table(lines: Iterable[Tree]) -> Grid:
    head = ["项目", "本期", "单位", "上年同期", "同比（%）"]
    rows = [
        [one["zh"], _shown(one, "value"), one["unit"], _shown(one, "before"), _share(one["change"])] for one in lines
    ]
    return Grid([head, *rows], _WIDTHS, (1, 3, 4))


def _shown(line: Tree, name: str) -> str:
    if line[name] is None:
        return "—"
    return f"{Decimal(line[name]):,.2f}" if line["unit"] == YUAN else _plain(line[name])


def _share(change: Any) -> str:
    return NOT_KNOWN if change is None else f"{Decimal(change):+}"


def _plain(value: Any) -> str:
    return f"{int(Decimal(value)):,}"


def _at(day: str) -> datetime:
    return midnight_of(date.fromisoformat(day))
