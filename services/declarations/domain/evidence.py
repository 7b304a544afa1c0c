"""Files of evidence as declarations name them, and which of them may be named; what a file is: shared/vocabulary/stored_files.py."""

from collections.abc import Iterable

from shared.vocabulary.refusals import invalid
from shared.vocabulary.stored_files import StoredFile

PREFIX = "evidence:"  # what makes a line of a declaration's evidence name a file; any other line is a text
CLOSED = (
    "assessed",
    "recorded",
    "settled",
    "rejected",
    "judged",
    "withdrawn",
    "confirmed",
    "lifted",
    "decided",
    "closed",
    "found",
    "upheld",
    "changed",
    "cancelled",
)


def named(lines: Iterable[str]) -> list[str]:
    """Return the files that lines of evidence name, each once, in order."""
    return list(dict.fromkeys(line.removeprefix(PREFIX).strip() for line in lines if line.startswith(PREFIX)))


def check_usable(wanted: str, known: StoredFile | None, by: str, *, used_before: bool) -> None:
    """Check that a file that is named is there, and the actor's own, unless it
    stood there before (a return, a second head)."""
    if known is None or known.status != "kept":
        raise invalid(
            "evidence.unknown", f"没有佐证材料 {wanted}，请先上传", f"there is no evidence {wanted}", "evidence"
        )
    if known.owner != by and not used_before:
        raise invalid(
            "evidence.not_yours", f"佐证材料 {wanted} 不是本人上传的", f"{wanted} was uploaded by another", "evidence"
        )


def check_number(count: int, most: int) -> None:
    if count > most:
        raise invalid("evidence.too_many", f"每项最多 {most} 个文件", f"at most {most} files each", "evidence")
