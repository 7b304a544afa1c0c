"""What a file is, by its content; and whether it is taken. A name is only compared with the answer."""

import codecs
import re
from collections.abc import Collection
from typing import IO

import puremagic

from gateway.files.archive import kind_of_archive
from gateway.files.kinds import CHARSETS, COPIED, check_ending, checked_name, ending
from gateway.files.photos import check_photo, kind_of_photo
from gateway.files.pictures import check_jpeg, check_png
from gateway.files.refusal import refused
from gateway.files.staging import PART, Staged
from shared.vocabulary.evidence import FILE_KINDS

HEAD = 2048  # bytes by which programs tell what a file is
# What makes a browser take something for a page, whatever it is called.
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|script|iframe|svg|style|title|meta|object|embed|form|img)[\s>/]",
    re.IGNORECASE,
)
_OVERLAP = 32
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def judged(staged: Staged, taken: Collection[str]) -> tuple[str, str]:
    """Judge a file; return (name, kind) of a file that is taken; a problem with its code for any other."""
    name = checked_name(staged.name)
    if staged.size == 0:
        raise refused("evidence.empty", "文件是空的（0 字节）", "the file is empty")
    kind = _kind(staged, name)
    if kind is None or kind not in taken:
        shown = "、".join(zh for code, zh in FILE_KINDS.items() if code in taken)
        raise refused("evidence.kind", f"不接收这种文件，可上传：{shown}", "this kind of file is not taken")
    check_ending(name, kind)
    return name, kind


def _kind(staged: Staged, name: str) -> str | None:
    head = _at(staged.file, 0, HEAD)
    if head.startswith(_OLD_OFFICE):
        zh = "旧版 Office（.doc、.xls、.ppt）或加密的文件，请另存为新格式或 PDF 后上传"
        raise refused("evidence.old_office", zh, "an old or encrypted Office file: save it in the new format")
    if _MARKUP.search(head):
        raise _polyglot()
    kind = _recognised(head)
    if kind == "zip":
        kind = kind_of_archive(staged.file, staged.size)
    elif kind is None and _is_text(staged.file):
        kind = "csv" if ending(name) == "csv" else "txt"
    _check(staged, kind)
    return kind


def _recognised(head: bytes) -> str | None:
    """By its first bytes: zip stands for the whole family; None where they tell nothing of ours."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    endings = {one.extension.removeprefix(".") for one in found if one.offset == 0 and head.startswith(one.byte_match)}
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if (photo := kind_of_photo(head)) is not None:
        return photo
    return next((kind for kind in ("pdf", "png", "jpg") if kind in endings or f"{kind[:2]}eg" in endings), None)


def _check(staged: Staged, kind: str | None) -> None:
    """Nothing that is also something else: a picture or a text that holds a page, a document with one behind its end."""
    if kind in ("jpg", "png", "txt", "csv", *COPIED) and _holds_markup(staged.file):
        raise _polyglot()
    if kind == "png":
        check_png(staged.file, staged.size)
    elif kind == "jpg":
        check_jpeg(staged.file)
    elif kind in COPIED:
        check_photo(staged.file, staged.size, kind)
    elif kind == "pdf":
        _check_pdf(staged)


def _check_pdf(staged: Staged) -> None:
    tail = _at(staged.file, max(0, staged.size - HEAD), HEAD)
    end = tail.rfind(b"%%EOF")
    if end < 0:
        raise refused("evidence.broken", "PDF 不完整", "the PDF has no end")
    if _MARKUP.search(tail[end:]):
        raise _polyglot()


def _is_text(file: IO[bytes]) -> bool:
    """UTF-8, GB18030 or UTF-16 with its mark, without control characters; read in parts."""
    return charset_of(file) is not None


def charset_of(file: IO[bytes]) -> str | None:
    """Tell in which charset a file is a text; None where it is none."""
    utf8, gbk, utf16 = CHARSETS
    if _at(file, 0, 2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return utf16 if _decodes(file, utf16, binary=False) else None
    return next((one for one in (utf8, gbk) if _decodes(file, one, binary=True)), None)


def _decodes(file: IO[bytes], encoding: str, *, binary: bool) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while part := file.read(PART):
            if (binary and _BINARY.search(part)) or "\0" in decoder.decode(part):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _holds_markup(file: IO[bytes]) -> bool:
    file.seek(0)
    before = b""
    while part := file.read(PART):
        if _MARKUP.search(before + part):
            return True
        before = part[-_OVERLAP:]
    return False


def _at(file: IO[bytes], offset: int, size: int) -> bytes:
    file.seek(offset)
    return file.read(size)


def _polyglot() -> Exception:
    return refused("evidence.page", "文件夹带网页或脚本内容，不予接收", "the file holds a web page or a script")
