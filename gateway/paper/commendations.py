"""先进名单: the final lists as a notice to be put up, with the days in which objections are taken."""

from datetime import UTC, datetime
from typing import Any

from gateway.paper.sheet import Sheet
from gateway.paper.words import day_in_words, points, signers
from shared.vocabulary.organisation import LAYERS

Tree = dict[str, Any]
PERSON = "person"
CLOSING = 7.0  # mm of the line above the 落款


def commendations_paper(tree: Tree) -> bytes:
    approved = tree["approved_at"]
    at = datetime.fromisoformat(approved) if approved else datetime(2000, 1, 1, tzinfo=UTC)
    sheet = Sheet(f"{tree['cycle']} 年度绩效考核先进名单", f"核算 {tree['run']}", at)
    sheet.entitle(tree.get("bureau_name") or "", f"{tree['cycle']} 年度绩效考核先进名单")
    if tree["status"] != "published":
        sheet.paragraph("尚未公布，仅供审阅。", grey=True)
    day = day_in_words(at) if approved else "    年  月  日"
    sheet.paragraph(f"经绩效考核小组 {day} 审定，名单如下：")
    for layer, entries in tree["lists"].items():
        _list(sheet, layer, entries)
    publication = tree["publication"]
    if publication:
        if not sheet.has_room_to_sign_off(above=CLOSING):
            sheet.add_page()  # what closes the notice stays together
        sheet.paragraph(
            f"公示期：{publication['published_on']} 至 {publication['objections_until']}。如有异议，请在公示期内提出。"
        )
    sheet.signed_off(signers(tree), day)
    return bytes(sheet.output())


def _list(sheet: Sheet, layer: str, entries: list[Tree]) -> None:
    sheet.heading(f"{LAYERS[layer]}（共 {len(entries)} 名）")
    if not entries:
        sheet.paragraph("无。")
        return
    scored = any(one["final"] is not None for one in entries)
    housed = layer == PERSON  # a unit is not of a unit
    rows = [["序", "姓名" if housed else "名称", *(["所在科所"] if housed else []), *(["综合得分"] if scored else [])]]
    rows += [
        [
            *(str(one["place"]), one["name"] or one["subject"]),
            *([one["unit_name"] or one["unit"]] if housed else []),
            *([points(one["final"])] if scored else []),
        ]
        for one in entries
    ]
    widths = (8, *((36, 40) if housed else (76,)), *([16] if scored else []))
    sheet.grid(rows, widths, right=(0, len(widths) - 1) if scored else (0,), size=10.5)
