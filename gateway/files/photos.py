"""Photos as telephones and scanners make them, HEIC, WebP and TIFF: told by their first bytes, walked through to their end."""

import struct
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import IO, Literal

from gateway.files.pictures import broken, trailing

_HEIC = {b"heic", b"heix", b"heim", b"heis"}  # still pictures coded by HEVC
_HEIF = {b"mif1", b"msf1"}  # which say of themselves what else they are
Order = Literal["little", "big"]
_TIFF: Mapping[bytes, Order] = {b"II*\0": "little", b"MM\0*": "big"}
_STRIPS, _SHORT = ((273, 279), (324, 325)), 3  # of strips, of tiles: numbers of entries; a type
_MOST_PARTS = 500  # directories, and entries of one: no more is looked at than a moment takes


def kind_of_photo(head: bytes) -> str | None:
    """Tell heic, webp or tiff by a file's first bytes; None of others."""
    if head[4:8] == b"ftyp":
        size = int.from_bytes(head[:4], "big")
        brands = {head[at : at + 4] for at in (8, *range(16, min(size, len(head)), 4))}
        return "heic" if brands & _HEIC and head[8:12] in _HEIC | _HEIF else None
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    return "tiff" if head[:4] in _TIFF else None


def check_photo(file: IO[bytes], size: int, kind: str) -> None:
    """Check that the photo is whole, and that nothing follows it where its format says where it ends."""
    end = {"heic": _end_of_boxes, "webp": _end_of_riff, "tiff": _end_of_directories}[kind](file, size)
    if end > size:
        raise broken()
    if end < size and kind != "tiff":  # whose parts lie anywhere
        raise trailing()


def _end_of_boxes(file: IO[bytes], size: int) -> int:
    at = 0
    while at + 8 <= size:
        file.seek(at)
        length, name = struct.unpack(">I4s", file.read(8))
        if length == 1:
            length = int.from_bytes(file.read(8), "big")
        elif length == 0:  # up to the file's end
            length = size - at
        if length < 8 or not name.isalnum():
            break
        at += length
    return at


def _end_of_riff(file: IO[bytes], _size: int) -> int:
    length = _whole(file, 4, 4, "little")
    return 8 + length + length % 2


def _end_of_directories(file: IO[bytes], size: int) -> int:
    """The furthest byte of its directories and pictures; beyond the file where they go in a circle."""
    file.seek(0)
    order = _TIFF[file.read(4)]
    at, end, seen = _whole(file, 4, 4, order), 8, set[int]()
    while at:
        if at in seen or len(seen) > _MOST_PARTS or at + 2 > size:
            return size + 1
        seen.add(at)
        last = at + 2 + 12 * _whole(file, at, 2, order)
        end = max(end, last + 4, *_ends_of_strips(file, range(at + 2, min(last, size), 12), order))
        at = _whole(file, last, 4, order)
    return end


def _ends_of_strips(file: IO[bytes], entries: Iterable[int], order: Order) -> Iterator[int]:
    """Yield where the first and the last piece of a picture end, of whose beginnings and lengths its directory has an entry each."""
    listed = {_whole(file, at, 2, order): at for at in islice(entries, _MOST_PARTS)}
    for begins, lengths in _STRIPS:
        if begins in listed and lengths in listed:
            pieces = zip(*(_numbers(file, listed[one], order) for one in (begins, lengths)), strict=False)
            yield from (first + length for first, length in pieces)


def _numbers(file: IO[bytes], entry: int, order: Order) -> list[int]:
    width = 2 if _whole(file, entry + 2, 2, order) == _SHORT else 4
    count = _whole(file, entry + 4, 4, order)
    at = entry + 8 if width * count <= 4 else _whole(file, entry + 8, 4, order)
    return [_whole(file, at + width * number, width, order) for number in sorted({0, max(count - 1, 0)})]


def _whole(file: IO[bytes], at: int, length: int, order: Order) -> int:
    file.seek(at)
    return int.from_bytes(file.read(length), order)
