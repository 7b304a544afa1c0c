"""文书 of a case as PDF: its title and number, whom it is for, what it says, the 落款, and where usual a 送达回证 on a page of its own."""

from datetime import datetime
from typing import Any

from gateway.paper.official import SEAL, SEALED, OfficialSheet, signing_height
from shared.clock import midnight_of

Content = dict[str, Any]
COPIES = "（本文书一式两份：一份送达当事人，一份归档。）"
RECEIPT = "送达回证"
RECEIPT_ROWS = (
    ("送达地点", "　"),
    (
        "送达方式",
        "□直接送达　□留置送达　□委托送达　□公告送达\n□邮寄送达（单号：　　　　　　　　　　　）\n□电子送达（地址：　　　　　　　　　　　）",
    ),
    ("收件人签名\n或者盖章", "　\n　\n　　　　　　　　　　　　　　　　年　　月　　日　　时　　分"),
    ("代收人与受送\n达人的关系", "　"),
    ("见证人签名", "　"),
    ("送达人签名", "　　　　　　　　　　　　　　　　年　　月　　日"),
    ("备　　注", "　\n　"),
)


def case_paper(content: Content) -> bytes:
    """Return the PDF's bytes; the same content gives the same bytes."""
    made = midnight_of(datetime.fromisoformat(content["made_on"]).date())
    sheet = OfficialSheet(f"{content['title']} {content['number']}", content["number"], made)
    sheet.title_lines(content["bureau"], content["title"])
    sheet.number_line(content["number"])
    if content["to"]:
        sheet.body(content["to"], indent=False)
    *first, last = content["parts"]
    for part, before in zip(first, [None, *first], strict=False):
        _set(sheet, part, before)
    if "text" in last:
        below = signing_height(content["signatures"]) + (SEALED if content["signer"] else 0)
        sheet.keep_together(last["text"], below)
    _set(sheet, last, first[-1] if first else None)
    if content["signatures"]:
        sheet.signature_lines(content["signatures"])
    if content["signer"]:
        sheet.sealed(content["signer"] + SEAL, content["day"])
    if content["receipt"]:
        if not content["signatures"]:  # what is signed says itself how many there are
            sheet.ln(6)
            sheet.small(COPIES)
        _receipt(sheet, content)
    return bytes(sheet.output())


def _set(sheet: OfficialSheet, part: Content, before: Content | None = None) -> None:
    if before and ("rows" in before) != ("rows" in part) and "lines" not in part:
        sheet.ln(2)
    if "text" in part:
        sheet.body(part["text"])
    elif "rows" in part:
        sheet.fact_rows(part["rows"])
    elif "heading" in part:
        sheet.part_heading(part["heading"])
    else:
        sheet.hand_lines(part["label"], part["lines"])


def _receipt(sheet: OfficialSheet, content: Content) -> None:
    sheet.add_page()
    sheet.title_lines(content["bureau"], RECEIPT)
    sheet.ln(4)
    receipt = content["receipt"]
    sheet.fact_rows(
        [("文书名称", receipt["title"]), ("文书文号", content["number"]), ("受送达人", receipt["to"]), *RECEIPT_ROWS],
        32,
    )
