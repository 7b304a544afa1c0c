"""How papers tell numbers and what is made of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from shared.vocabulary.scoring import COMPONENTS

SHANGHAI = ZoneInfo("Asia/Shanghai")


def number(value: Any) -> str:
    return "—" if value is None else str(value)


def components(tree: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what a final score is made of, one's own first: JSON objects keep no order."""
    own = tree["components"]
    for name in (*COMPONENTS, *(one for one in own if one not in COMPONENTS)):
        if name in own:
            yield name, own[name]


def numbered(titles: Iterable[str]) -> dict[str, str]:
    """Return title -> 一、title, in their order."""
    return {title: f"{number}、{title}" for number, title in zip("一二三四五六七八九十", titles, strict=False)}
