"""Numbers as offices type them: understood where they can mean one thing only, else refused with the reason."""

import re
import unicodedata

_NUMBER = re.compile(r"\d{1,12}(\.\d{1,6})?")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d{1,6})?")  # 1,234
_NEGATIVE = re.compile(r"[-−–]\d[\d,.]*")
_MEASURED = re.compile(r"(\d[\d,.]*)\s*(\D{1,6})")  # 3次
_NOTHING = frozenset(("无", "没有", "暂无", "不适用", "-", "—", "――", "——", "–", "−", "/", "\\", "n/a", "none", "null"))

Fault = tuple[str, str, str]  # code, zh, en


def number_in(text: str, unit: str) -> str | Fault:
    """Return the number that ``text`` means, in digits; or why it means none. ``unit``: in which the cell is measured."""
    plain = unicodedata.normalize("NFKC", text).strip()
    told = plain[:30]
    if plain.lower() in _NOTHING:
        zh = f"“{text[:30]}”不是数：本期没有发生请填 0，不申报请留空"
        return "cell.nothing", zh, "no number: 0 where nothing happened, blank where nothing is declared"
    if _NEGATIVE.fullmatch(plain):
        return "cell.negative", f"“{told}”是负数，请填不小于 0 的数", "a negative number"
    if plain.endswith("%"):
        return "cell.percent", f"“{told}”是百分比，请分别填写件数", "a percentage: fill in what was counted"
    measured = _MEASURED.fullmatch(plain)
    if measured and not _NUMBER.fullmatch(plain) and not _GROUPED.fullmatch(plain):
        if measured[2].strip() != unit:
            return "cell.unit", f"“{told}”带有单位，请只填数字", "a number with a unit: digits only"
        plain = measured[1]
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if _NUMBER.fullmatch(plain):
        return plain
    return "cell.number", f"“{told}”不是数，请填数字", "not a number"
