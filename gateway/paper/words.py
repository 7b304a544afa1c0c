"""How papers tell numbers and what is made of them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from shared.clock import SHANGHAI
from shared.vocabulary.scoring import COMPONENTS


def number(value: Any) -> str:
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


def points(value: Any) -> str:
    """Tell points to two decimals."""
    return "—" if value is None else f"{Decimal(str(value)):.2f}"


def components(tree: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what a final score is made of, one's own first: JSON objects keep no order."""
    own = tree["components"]
    for name in (*COMPONENTS, *(one for one in own if one not in COMPONENTS)):
        if name in own:
            yield name, own[name]


def numbered(titles: Iterable[str]) -> dict[str, str]:
    """Return title -> 一、title, in their order."""
    return {title: f"{number}、{title}" for number, title in zip("一二三四五六七八九十", titles, strict=False)}
