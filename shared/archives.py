"""Zip archives from outside: judged by their directory, before anything of them is unpacked."""

import zipfile
from typing import IO

LARGEST_UNPACKED = 160 * 1024 * 1024
TIGHTEST = 100  # times smaller than its content: nothing of an office is packed so well, a zip bomb is
ALWAYS = 4 * 1024 * 1024  # unpacked bytes that are no danger, however well packed
MOST_ENTRIES = 20_000


class Bomb(Exception):
    """It would unpack to too much."""


def directory(file: IO[bytes], size: int, *, largest: int = LARGEST_UNPACKED) -> list[zipfile.ZipInfo]:
    """Return the entries of the archive in ``file``; ``Bomb`` where they are
    too much, ``BadZipFile`` where it is none."""
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    # Entries that share their bytes (overlap) are packed to more than the file is long.
    if unpacked > min(largest, max(TIGHTEST * size, ALWAYS)) or len(entries) > MOST_ENTRIES or packed > size:
        raise Bomb
    return entries
