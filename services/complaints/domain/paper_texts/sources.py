"""What papers are written from, and the pieces that they are made of."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services.complaints.domain.cases import Case
from services.complaints.domain.clocks import regime_of
from services.complaints.domain.regimes import Regime
from shared.vocabulary.case_papers import REGIME_NAMES
from shared.vocabulary.zones import SHANGHAI

Part = dict[str, Any]  # {"text"} a paragraph, {"rows"} of a table, {"heading"}, {"lines"} to be filled in by hand
_DIGITS, _BLANK = "〇一二三四五六七八九", "　"


@dataclass(frozen=True)
class Sources:
    """``people``: who complained, in plain. ``signer``: whose seal goes on it. ``said``: what the maker wrote, by member."""

    case: Case
    number: str
    day: date
    bureau: str
    signer: str
    unit: str
    intake_unit: str
    handler: str
    mediator: str
    people: Mapping[str, Any]
    said: Mapping[str, str]
    party: str | None = None
    corrected: Mapping[str, Any] | None = None  # {"title", "number", "day"} of the paper that is put right

    @property
    def regime(self) -> Regime:
        return regime_of(self.case)

    @property
    def rule(self) -> str:
        """Return the regulation with its number, as papers cite it."""
        return REGIME_NAMES[self.regime.code]

    @property
    def consumer(self) -> str:
        return str(self.people.get("consumer") or "") or "投诉人"

    @property
    def contact(self) -> str:
        told = (
            [f"联系人：{self.said.get('contact') or self.handler}"] if self.said.get("contact") or self.handler else []
        )
        told += [f"联系电话：{self.said['phone']}"] if self.said.get("phone") else []
        return _BLANK.join(told)


def text(content: str) -> Part:
    return {"text": content}


def heading(content: str) -> Part:
    return {"heading": content}


def rows(*pairs: Sequence[str]) -> Part:
    """Return a table: each row has one or two pairs of a label and what it says."""
    return {"rows": [list(one) for one in pairs]}


def lines(label: str, count: int) -> Part:
    """Return room for what is written by hand."""
    return {"lines": count, "label": label}


def day_text(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "—"


def moment_text(at: datetime | None) -> str:
    if at is None:
        return "—"
    local = at.astimezone(SHANGHAI)
    return f"{day_text(local.date())}{local.hour}时{local.minute:02d}分"


def money_text(yuan: Decimal | None) -> str:
    return "—" if yuan is None else f"人民币{yuan.normalize():f}元"


def article_text(article: str) -> str:
    """Return an article as laws write it: 第16条第3项 → 第十六条第三项."""
    return re.sub(r"\d+", lambda found: _numeral(int(found.group())), article)


def _numeral(number: int) -> str:
    if not 0 < number < 100:
        return "".join(_DIGITS[int(one)] for one in str(number))
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")
