"""Pictures are walked through to their end: what is cut off, or has something else behind it, is no picture alone."""

import struct
from typing import IO

from gateway.files.refusal import refused

MOST_PIXELS = 200_000_000  # more fills the memory of whoever opens it
_START_OF_FRAME = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})


def check_png(file: IO[bytes], size: int) -> None:
    """Check the signature, then chunks up to IEND, which is the file's end."""
    file.seek(8)
    while True:
        head = file.read(8)
        if len(head) < 8:
            raise broken()
        length, kind = struct.unpack(">I4s", head)
        if kind == b"IHDR":
            width, height = struct.unpack(">II", file.read(8).ljust(8, b"\0"))
            check_pixels(width, height)
            file.seek(-8, 1)
        file.seek(length + 4, 1)
        if kind == b"IEND":
            break
    if file.tell() > size:
        raise broken()
    if file.tell() < size:
        raise trailing()


def check_jpeg(file: IO[bytes]) -> None:
    """Check the segments up to the picture's data. Phones add their own behind the end, so
    only the frame and an end are asked for."""
    file.seek(2)
    while True:
        marker = file.read(2)
        if len(marker) < 2 or marker[0] != 0xFF:
            raise broken()
        if marker[1] in _ALONE or marker[1] == 0xFF:
            file.seek(-1 if marker[1] == 0xFF else 0, 1)
            continue
        if marker[1] in (0xDA, 0xD9):
            break
        length = int.from_bytes(file.read(2), "big")
        if length < 2:
            raise broken()
        if marker[1] in _START_OF_FRAME:
            height, width = struct.unpack(">xHH", file.read(5).ljust(5, b"\0"))
            check_pixels(width, height)
            file.seek(-5, 1)
        file.seek(length - 2, 1)
    if marker[1] == 0xD9 or not _has_end(file):
        raise broken()


def _has_end(file: IO[bytes]) -> bool:
    before = b""
    while part := file.read(64 * 1024):
        if b"\xff\xd9" in before + part:
            return True
        before = part[-1:]
    return False


def check_pixels(width: int, height: int) -> None:
    """Check that there is a picture, and that it can be opened without filling the memory."""
    if not width or not height:
        raise broken()
    if width * height > MOST_PIXELS:
        raise refused("evidence.bomb", "图片尺寸异常，不予接收", "the picture has too many pixels")


def trailing() -> Exception:
    return refused("evidence.trailing", "图片之后还有其他内容，不予接收", "something follows behind the picture")


def broken() -> Exception:
    return refused("evidence.broken", "图片已损坏，无法识别", "the picture is broken")
