"""Chinese lines: they may end after any character, but none begins with closing punctuation, and numbers stay whole (避头尾)."""

import re
from collections.abc import Callable, Iterator

_CHINESE = "\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e"
_CLOSING = "、。，；：？！）》”’〕"
_OPENING = "（《“‘〔"
# A piece that stays together: an opening mark with what follows, one Chinese character or one run of others, closing marks, blanks.
_PIECE = re.compile(rf"[{_OPENING}]*(?:[^\s{_CHINESE}“”‘’]+|[{_CHINESE}“”‘’])?[{_CLOSING}]*\s*")


def broken(text: str, width: float, measure: Callable[[str], float]) -> str:
    """Return ``text`` with a line break wherever it would be wider than ``width``, as ``measure`` measures."""
    return "\n".join(line for part in text.split("\n") for line in _lines(part, width, measure))


def _lines(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    line = ""
    for piece in (found.group() for found in _PIECE.finditer(text) if found.group()):
        if line and measure((line + piece).rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece
    yield line.rstrip()
