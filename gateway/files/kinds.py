"""The kinds of files that are taken as evidence, and what may not be part of a name."""

import unicodedata
from dataclasses import dataclass

from gateway.files.refusal import refused
from shared.vocabulary.evidence import FILE_KINDS

LONGEST_NAME = 120
_OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Kind:
    kind: str
    media_type: str  # under which it is given out, whatever the uploader called it
    endings: tuple[str, ...]


KINDS = {
    one.kind: one
    for one in (
        Kind("jpg", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif")),
        Kind("png", "image/png", ("png",)),
        Kind("heic", "image/heic", ("heic", "heif", "hif")),
        Kind("webp", "image/webp", ("webp",)),
        Kind("tiff", "image/tiff", ("tiff", "tif")),
        Kind("pdf", "application/pdf", ("pdf",)),
        Kind("docx", f"{_OFFICE}wordprocessingml.document", ("docx",)),
        Kind("xlsx", f"{_OFFICE}spreadsheetml.sheet", ("xlsx",)),
        Kind("pptx", f"{_OFFICE}presentationml.presentation", ("pptx",)),
        Kind("ofd", "application/ofd", ("ofd",)),
        Kind("txt", "text/plain; charset=utf-8", ("txt",)),
        Kind("csv", "text/csv; charset=utf-8", ("csv",)),
    )
}


COPIED = ("heic", "webp", "tiff")  # photos that not every program opens: a JPEG copy is given out of them
CHARSETS = ("utf-8", "gb18030", "utf-16")  # in which texts are taken, tried in this order


def text_type(kind: str, charset: str) -> str:
    """Return the media type of a text in its own charset: a file is given out as it came."""
    return KINDS[kind].media_type.replace(CHARSETS[0], charset)


def ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def checked_name(name: str) -> str:
    """Return the name without its folders; refused where it could mislead: too
    long, empty, or with invisible characters."""
    plain = name.replace("\\", "/").rpartition("/")[2].strip()
    if not plain.strip(".") or len(plain) > LONGEST_NAME or any(_invisible(one) for one in plain):
        raise refused(
            "evidence.name",
            f"文件名应为 1 至 {LONGEST_NAME} 个字符，不含不可见字符",
            f"a name has 1 to {LONGEST_NAME} visible characters",
        )
    return plain


def check_ending(name: str, kind: str) -> None:
    """Check that the ending fits the content: a name that says something else than the
    content would be opened by the wrong program."""
    if ending(name) not in KINDS[kind].endings:
        raise refused(
            "evidence.misnamed",
            f"文件内容是{FILE_KINDS[kind]}，与扩展名“{ending(name) or '无'}”不符",
            f"the content is {kind}, the name says {ending(name) or 'nothing'}",
        )


def _invisible(character: str) -> bool:
    """Control characters, and those that turn the direction of what follows (gpj.exe)."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
