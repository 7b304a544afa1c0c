"""The text of a PDF as a reader would extract it: the codes on each page, turned back by the fonts' own ToUnicode tables."""

import re
import zlib

_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_STRING = re.compile(rb"/F(\d+) [\d.]+ Tf|\(((?:\\.|[^()\\])*)\) Tj", re.DOTALL)


def pages(paper: bytes) -> list[str]:
    """The text of each page, its strings joined by line breaks."""
    objects = _objects(paper)
    fonts = {name: _table(objects, number) for name, number in _fonts(paper)}
    contents = [int(one) for one in re.findall(rb"/Contents (\d+) 0 R", paper)]
    return [_page(_stream(objects[number]), fonts) for number in contents]


def _objects(paper: bytes) -> dict[int, bytes]:
    found = re.finditer(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", paper, re.DOTALL)
    return {int(one.group(1)): one.group(2) for one in found}


def _fonts(paper: bytes) -> list[tuple[bytes, int]]:
    listed = b"\n".join(re.findall(rb"/Font <<(.*?)>>", paper, re.DOTALL))
    return [(name, int(number)) for name, number in re.findall(rb"/F(\d+) (\d+) 0 R", listed)]


def _table(objects: dict[int, bytes], font: int) -> dict[int, str]:
    (unicode,) = re.findall(rb"/ToUnicode (\d+) 0 R", objects[font])
    pairs = re.findall(rb"^<(\w{4})> <(\w+)>$", _stream(objects[int(unicode)]), re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _stream(content: bytes) -> bytes:
    raw = content.split(b"stream\n", 1)[1].rsplit(b"\nendstream", 1)[0]
    return zlib.decompress(raw) if b"FlateDecode" in content.split(b"stream\n", 1)[0] else raw


def _page(content: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    table: dict[int, str] = {}
    lines = []
    for font, text in ((one.group(1), one.group(2)) for one in _STRING.finditer(content)):
        if font:
            table = fonts[font]
        else:
            codes = re.sub(rb"\\(.)", lambda one: _ESCAPES.get(one.group(1), one.group(1)), text, flags=re.DOTALL)
            lines.append("".join(table[codes[at] << 8 | codes[at + 1]] for at in range(0, len(codes), 2)))
    return "\n".join(lines)
