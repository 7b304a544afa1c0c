"""How a paper is numbered: 滨市监投受〔2026〕123号, the unit's word (机关代字), the kind's word, the year, and its place in them."""

import re

from services.complaints.domain.cases import ASSOCIATION
from shared.vocabulary.case_papers import PAPER_WORDS

_PLACE = r"(?P<place>[\u4e00-\u9fff])[\u4e00-\u9fff]{0,3}?"
_BUREAU = re.compile(rf"(?:^|[局省市区县州盟]){_PLACE}(?:分局|[县区市旗](?:市场监督管理局|工商行政管理局))$")
_KINDS = ("市场监督管理", "消费者", "市场监管", "工商", "所", "科", "协会", "委员会", "中心", "室", "分")


def number_text(word: str, kind: str, year: int, number: int) -> str:
    return f"{word}{PAPER_WORDS[kind]}〔{year}〕{number}号"


def bureau_word(name: str) -> str:
    """Return the word of a bureau by its name, as offices form it: …滨河分局 → 滨市监."""
    found = _BUREAU.search(name)
    return f"{found['place'] if found else ''}市监"


def unit_word(bureau: str, unit: str, kind: str) -> str:
    """Return the word of a unit that nobody has given one: the bureau's and what its own name says besides."""
    if kind == "centre":
        return bureau_word(bureau)
    if kind == ASSOCIATION:
        return f"{bureau_word(bureau).removesuffix('市监')}消{'委' if '委员会' in unit else '协'}"
    own = unit
    for one in _KINDS:
        own = own.replace(one, "")
    return f"{bureau_word(bureau)}{own[:2]}"
