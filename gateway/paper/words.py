"""How papers tell numbers and what is made of them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from rules import rounded
from rules.numbers import exact
from shared.clock import SHANGHAI
from shared.vocabulary.scoring import COMPONENTS

WITH_SIGNATURES = 2  # rows that go to the next page together with the signatures


def number(value: Any) -> str:
    """Tell a number with the places that it was published with."""
    return "—" if value is None else str(value)


def rank(tree: Mapping[str, Any]) -> str:
    """Tell a rank with how many have one; ``ranked`` is missing from what an older release kept."""
    if not tree["rank"]:
        return "不排名"
    return f"{tree['rank']}（共 {tree['ranked']} 名）" if tree.get("ranked") else str(tree["rank"])


def day_in_words(instant: datetime) -> str:
    """Tell the day as official papers write it, without zeros before its numbers."""
    day = instant.astimezone(SHANGHAI)
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def signers(tree: Mapping[str, Any]) -> str:
    """Tell who answers for the bureau's papers; the seal goes upon it."""
    return f"{tree.get('bureau_name') or ''}绩效考核小组（盖章）"


def cut(text: str, longest: int) -> str:
    """Return ``text`` with no more characters than ``longest``."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def points(value: Any) -> str:
    """Tell points with two decimals; what is published with more is told by ``number``, as what follows reckons with it."""
    return "—" if value is None else f"{rounded(exact(str(value))):f}"


def components(tree: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what a final score is made of, one's own first: JSON objects keep no order."""
    own = tree["components"]
    for name in (*COMPONENTS, *(one for one in own if one not in COMPONENTS)):
        if name in own:
            yield name, own[name]


def numbered(titles: Iterable[str]) -> dict[str, str]:
    """Return title -> 一、title, in their order."""
    return {title: f"{number}、{title}" for number, title in zip("一二三四五六七八九十", titles, strict=False)}
