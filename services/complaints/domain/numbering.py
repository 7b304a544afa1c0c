"""Readable numbers of cases: 2026-滨河-投-000123. The year is that of the receipt, the name that of the unit that took the case in."""

import re

from services.complaints.domain.cases import COMPLAINT, ENQUIRY, REPORT, SUGGESTION

MARKS = {COMPLAINT: "投", REPORT: "举", ENQUIRY: "咨", SUGGESTION: "建"}
_LONGEST = 20  # characters of a unit's short name
_CENTRE, _ASSOCIATION = "中心", "消协"
_OF_ASSOCIATION = re.compile("(消费者(权益保护)?(委员会|协会)|消委会?|消协)$")
# What every unit of its kind is called besides.
_COMMON = re.compile(r"^.*局(?=.+分局$)|(市场监督管理|市场监管|工商行政管理|工商)?(分局|局|所|科|中心)$|[\s()（）-]")
_MADE = re.compile(rf"\d{{4}}-[^-]+-[{''.join(MARKS.values())}]-\d{{6,}}")


def short_name(name: str, code: str) -> str:
    """Return by what name the cases that a unit takes in are numbered; its code where nothing else is left of it."""
    if "12315" in name:
        return _CENTRE
    if _OF_ASSOCIATION.search(name):
        return _OF_ASSOCIATION.sub("", name)[:_LONGEST] + _ASSOCIATION
    return _COMMON.sub("", name)[:_LONGEST] or code


def readable(year: str, name: str, kind: str, serial: int) -> str:
    return f"{year}-{name}-{MARKS[kind]}-{serial:06d}"


def is_made(number: str) -> bool:
    """Tell whether ``number`` has the form of those that the system gives, which nobody gives by hand."""
    return bool(_MADE.fullmatch(number))
