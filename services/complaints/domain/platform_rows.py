"""A row of the national platform's export as a case that comes in, or what is wrong with it, cell by cell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from services.complaints.domain.cases import REPORT
from shared.vocabulary.platform_sheet import CHANNELS, HEADINGS, KINDS, folded
from shared.vocabulary.zones import SHANGHAI

# How long a text may be; the contract of a registration by hand says the same (a test compares).
LONGEST = {
    "platform_number": 50, "summary": 2000, "trader": 200, "trader_address": 300, "goods": 200, "request": 1000,
    "consumer": 100, "phone": 50, "address": 300, "id_number": 50,
}  # fmt: skip
_OF_PEOPLE = ("consumer", "phone", "address", "id_number")
_EXCERPTS = frozenset({"goods", "trader_address"})  # cut where they are too long: nothing rests on their end
_MOST = Decimal(999_999_999)
_WHEN = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2}))?[.\d]*[分秒]?)?",
    re.ASCII,
)
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass
class PlatformRow:
    """``faults``: (column as it is usually headed, code, zh, en)."""

    number: int
    case: dict[str, Any] = field(default_factory=dict)
    faults: list[tuple[str, str, str, str]] = field(default_factory=list)

    def note(self, name: str, code: str, zh: str, en: str) -> None:
        self.faults.append((HEADINGS[name][0] if name in HEADINGS else name, code, zh, en))


def platform_row(number: int, told: Mapping[str, str], units: Mapping[str, str], elsewhere: str) -> PlatformRow:
    """Return the case that a row tells. ``units``: their names and codes → code. ``elsewhere``: the unit of rows that name none of them.

    Who reported is left out and only that somebody gave a name is kept, as of every report.
    """
    row = PlatformRow(number)
    case: dict[str, Any] = {name: _text(row, name, told.get(name, "")) for name in LONGEST}
    if not case["platform_number"]:
        row.note("platform_number", "cell.missing", "缺少平台编号", "no number of the platform")
    if not case["summary"]:
        row.note("summary", "cell.missing", "缺少内容", "no text")
    case["kind"] = _word(row, "kind", told.get("kind", ""), KINDS)
    case["channel"] = CHANNELS.get(folded(told.get("channel", "")), "platform")
    case["received_at"] = _when(row, told.get("received_at", ""))
    case["amount"] = _amount(row, told.get("amount", ""))
    case["intake_unit"] = units.get(folded(told.get("intake_unit", "")), elsewhere)
    case["real_name"] = case["kind"] == REPORT and bool(case["consumer"])
    if case["kind"] == REPORT:
        case |= dict.fromkeys(_OF_PEOPLE, "")
    row.case = case
    return row


def _text(row: PlatformRow, name: str, text: str) -> str:
    limit = LONGEST[name]
    if _UNWANTED.search(text):
        row.note(name, "cell.characters", "含有不允许的字符", "holds characters that are not allowed")
    elif len(text) > limit and name not in _EXCERPTS:
        row.note(name, "cell.too_long", f"超过 {limit} 字", f"longer than {limit} characters")
    return text[:limit]


def _word(row: PlatformRow, name: str, text: str, words: Mapping[str, str]) -> str | None:
    found = words.get(folded(text))
    if found is None:
        row.note(name, "cell.word", f"应为{'、'.join(words)}之一", "none of the words that are known")
    return found


def _when(row: PlatformRow, text: str) -> datetime | None:
    found = _WHEN.fullmatch(text.strip())
    try:
        if found:
            year, month, day, hour, minute, second = (int(one or 0) for one in found.groups())
            return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)
    except ValueError:
        pass
    row.note("received_at", "cell.time", "应为日期时间，如 2026-03-05 14:30", "no moment")
    return None


def _amount(row: PlatformRow, text: str) -> Decimal | None:
    plain = text.replace(",", "").replace("，", "").removesuffix("元").removeprefix("¥").strip()
    if not plain:
        return None
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount <= _MOST:
        row.note("amount", "cell.amount", "应为不小于零的金额（元）", "no amount of yuan")
        return None
    return amount.quantize(Decimal("0.01"))
