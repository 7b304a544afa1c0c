"""表彰名单: the final lists as a notice to be put up, with the days in which objections are taken."""

from datetime import UTC, datetime
from typing import Any

from gateway.paper.sheet import Sheet
from gateway.paper.words import SHANGHAI, number
from shared.vocabulary.organisation import LAYERS

Tree = dict[str, Any]


def commendations_paper(tree: Tree) -> bytes:
    approved = tree["approved_at"]
    at = datetime.fromisoformat(approved) if approved else datetime(2000, 1, 1, tzinfo=UTC)
    sheet = Sheet(f"{tree['cycle']} 年度绩效考核先进名单", f"核算 {tree['run']}", at)
    sheet.heading(f"{tree['cycle']} 年度绩效考核先进名单", 18, center=True)
    if tree["status"] != "published":
        sheet.paragraph("尚未公布，仅供审阅。", grey=True)
    sheet.paragraph(f"经绩效考核小组 {at.astimezone(SHANGHAI).strftime('%Y 年 %m 月 %d 日')} 审定，名单如下：")
    for layer, entries in tree["lists"].items():
        _list(sheet, layer, entries)
    publication = tree["publication"]
    if publication:
        sheet.paragraph(
            f"公示期：{publication['published_on']} 至 {publication['objections_until']}。如有异议，请在公示期内提出。"
        )
    return bytes(sheet.output())


def _list(sheet: Sheet, layer: str, entries: list[Tree]) -> None:
    sheet.heading(f"{LAYERS[layer]}（{len(entries)}）")
    if not entries:
        sheet.paragraph("无。")
        return
    scored = any(one["final"] is not None for one in entries)
    rows = [["序", "名称", "所在科所", *(["综合得分"] if scored else [])]]
    rows += [
        [
            *(str(one["place"]), one["name"] or one["subject"], one["unit_name"] or one["unit"]),
            *([number(one["final"])] if scored else []),
        ]
        for one in entries
    ]
    sheet.grid(rows, (8, 36, 40, *([16] if scored else [])), right=(0, 3) if scored else (0,), size=10.5)
