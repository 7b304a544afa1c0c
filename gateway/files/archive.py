"""The zip family: what an archive really is, by what lies in it."""

import zipfile
from collections.abc import Collection
from typing import IO

from gateway.files.refusal import refused
from shared import archives

LARGEST_UNPACKED = 300 * 1024 * 1024
# The part without which the kind cannot be opened.
_PARTS = {
    "docx": ("[Content_Types].xml", "word/document.xml"),
    "xlsx": ("[Content_Types].xml", "xl/workbook.xml"),
    "pptx": ("[Content_Types].xml", "ppt/presentation.xml"),
    "ofd": ("OFD.xml",),
}


def kind_of_archive(file: IO[bytes], size: int) -> str | None:
    """Tell the kind: docx, xlsx, pptx, ofd; None for any other archive. Bombs,
    macros, passwords and broken ones are refused."""
    entries = _directory(file, size)
    if any(entry.flag_bits & 1 for entry in entries):
        raise refused("evidence.locked", "文件设有密码，请去除密码后上传", "it is locked by a password")
    names = {entry.filename.replace("\\", "/") for entry in entries}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise refused("evidence.macros", "文件含宏，请另存为不含宏的格式", "it holds macros")
    return next((kind for kind, parts in _PARTS.items() if _holds(names, parts)), None)


def _holds(names: Collection[str], parts: Collection[str]) -> bool:
    """OFD is written by many programs, some of which begin their names with a slash."""
    plain = {name.removeprefix("/").lower() for name in names}
    return all(part.lower() in plain for part in parts)


def _directory(file: IO[bytes], size: int) -> list[zipfile.ZipInfo]:
    try:
        return archives.directory(file, size, largest=LARGEST_UNPACKED)
    except archives.Bomb as error:
        zh, en = "压缩内容异常（展开后过大），不予接收", "it unpacks to too much"
        raise refused("evidence.bomb", zh, en) from error
    # NotImplementedError is zipfile's own, for a way of packing that it does not know
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeError) as error:
        raise refused("evidence.broken", "文件已损坏，无法识别", "the file is broken") from error
