"""Photos as telephones and scanners make them, HEIC, WebP and TIFF: told by their first bytes, walked through to their end."""

import struct
from collections.abc import Iterator, Mapping
from typing import IO, Literal

from gateway.files.pictures import broken, check_pixels, trailing

_HEIC = {b"heic", b"heix", b"heim", b"heis"}  # still pictures coded by HEVC
_HEIF = {b"mif1", b"msf1"}  # which say of themselves what else they are
Order = Literal["little", "big"]
_TIFF: Mapping[bytes, Order] = {b"II*\0": "little", b"MM\0*": "big"}
_STRIPS, _SIDES = ((273, 279), (324, 325)), (256, 257)  # of strips, of tiles; width and height: numbers of entries
_SHORT, _LONG = 3, 4  # types of entries
_VERSION, _SIDE = 4, 0x3FFF  # bytes before the content of some boxes; the bits of a side
_MOST_PARTS = 500  # boxes, directories, and entries of one: no more is looked at than a moment takes


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
    """Check that the photo is whole and of a sensible size, and that nothing follows it where its format says where it ends."""
    end = {"heic": _end_of_boxes, "webp": _end_of_riff, "tiff": _end_of_directories}[kind](file, size)
    if end > size:
        raise broken()
    if end < size and kind != "tiff":  # whose parts lie anywhere
        raise trailing()


def _end_of_boxes(file: IO[bytes], size: int) -> int:
    at, about = 0, list[tuple[int, int]]()
    for name, begins, ends in _boxes(file, 0, size):
        if not name.isalnum():
            break
        about += [(begins + _VERSION, min(ends, size))] if name == b"meta" else []
        at = ends
    if len(about) != 1:
        raise broken()
    _check_extents(file, *about[0])
    return at


def _boxes(file: IO[bytes], at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield the name of each box between, and where its content begins and ends."""
    for _ in range(_MOST_PARTS):
        if at + 8 > end:
            return
        file.seek(at)
        length, name = struct.unpack(">I4s", file.read(8))
        head = 8
        if length == 1:
            length, head = int.from_bytes(file.read(8), "big"), 16
        elif length == 0:  # up to the end of what it is in
            length = end - at
        if length < head:
            return
        yield name, at + head, at + length
        at += length


def _check_extents(file: IO[bytes], at: int, end: int) -> None:
    """Check the sizes that stand among the properties of pictures: of the whole one, of its tiles, of its thumbnail."""
    for wanted in (b"iprp", b"ipco"):
        inside = ((begins, min(ends, end)) for name, begins, ends in _boxes(file, at, end) if name == wanted)
        at, end = next(inside, (end, end))
    extents = [begins + _VERSION for name, begins, _ in _boxes(file, at, end) if name == b"ispe"]
    if not extents:
        raise broken()
    for one in extents:
        check_pixels(_whole(file, one, 4, "big"), _whole(file, one + 4, 4, "big"))


def _end_of_riff(file: IO[bytes], _size: int) -> int:
    _check_first_chunk(file)
    length = _whole(file, 4, 4, "little")
    return 8 + length + length % 2


def _check_first_chunk(file: IO[bytes]) -> None:
    """Check the size that the first chunk tells: of the canvas, of a picture with losses, of one without."""
    file.seek(12)
    match file.read(4):
        case b"VP8X":
            check_pixels(1 + _whole(file, 24, 3, "little"), 1 + _whole(file, 27, 3, "little"))
        case b"VP8 ":
            check_pixels(_whole(file, 26, 2, "little") & _SIDE, _whole(file, 28, 2, "little") & _SIDE)
        case b"VP8L":
            sides = _whole(file, 21, 4, "little")
            check_pixels(1 + (sides & _SIDE), 1 + (sides >> 14 & _SIDE))
        case _:
            raise broken()


def _end_of_directories(file: IO[bytes], size: int) -> int:
    """The furthest byte of its directories and pictures; beyond the file where they go in a circle."""
    file.seek(0)
    order = _TIFF[file.read(4)]
    at, end, seen = _whole(file, 4, 4, order), 8, set[int]()
    while at:
        entries = _whole(file, at, 2, order)
        if at in seen or len(seen) > _MOST_PARTS or entries > _MOST_PARTS or at + 2 > size:
            return size + 1
        seen.add(at)
        last = at + 2 + 12 * entries
        listed = {_whole(file, entry, 2, order): entry for entry in range(at + 2, min(last, size), 12)}
        _check_sides(file, listed, order)
        end = max(end, last + 4, *_ends_of_strips(file, listed, order))
        at = _whole(file, last, 4, order)
    return end


def _check_sides(file: IO[bytes], listed: Mapping[int, int], order: Order) -> None:
    """Check the size of a directory's picture; one of texts only has none."""
    entries = [listed[side] for side in _SIDES if side in listed]
    if not entries and not any(begins in listed for begins, _ in _STRIPS):
        return
    if len(entries) < 2 or any(_whole(file, entry + 2, 2, order) not in (_SHORT, _LONG) for entry in entries):
        raise broken()
    width, height = (_numbers(file, entry, order)[0] for entry in entries)
    check_pixels(width, height)


def _ends_of_strips(file: IO[bytes], listed: Mapping[int, int], order: Order) -> Iterator[int]:
    """Yield where the first and the last piece of a picture end, of whose beginnings and lengths its directory has an entry each."""
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
