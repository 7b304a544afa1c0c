"""A file of evidence: awaited → kept → dropped. The bytes lie in a store of the gateway's; here is what is known of them.

A row is reserved before a single byte is stored and kept once they are durable: what a crash leaves behind is a row that is still awaited.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from shared.vocabulary.refusals import conflict, forbidden, invalid
from shared.vocabulary.states import States

STATES = States(
    "evidence",
    "佐证材料",
    {
        "reserve": {None: "awaited"},
        "keep": {"awaited": "kept"},
        "drop": {"kept": "dropped", "awaited": "dropped"},
    },
)
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


@dataclass(frozen=True)
class Evidence:
    bureau: str
    cycle: str
    evidence: str
    revision: int
    status: str
    name: str  # as the uploader called it
    kind: str  # what its content is: jpg, pdf, docx …
    media_type: str
    size: int
    sha256: str
    stored_as: str  # of the first file with these bytes
    owner: str

    def kept(self) -> "Evidence":
        return replace(self, status=STATES.after("keep", self.status), revision=self.revision + 1)

    def dropped(self, by: str, uses: int) -> "Evidence":
        """Drop it, if nothing refers to it: a decision may rest on the rest."""
        if self.owner != by:
            raise forbidden("evidence.not_yours", "只能删除本人上传的材料", "only whoever uploaded it may drop it")
        if uses:
            raise conflict("evidence.in_use", "该材料已被引用，不能删除", "something refers to it")
        return replace(self, status=STATES.after("drop", self.status), revision=self.revision + 1)


@dataclass(frozen=True)
class Room:
    """What a person may keep in a cycle, and what of it is taken."""

    most_bytes: int
    taken: int

    def check(self, size: int) -> None:
        if self.taken + size > self.most_bytes:
            megabytes = self.most_bytes // 1024 // 1024
            raise conflict(
                "evidence.no_room",
                f"本年度上传的材料合计不得超过 {megabytes} MB",
                f"a person keeps at most {megabytes} MB a cycle",
            )


def named(lines: Iterable[str]) -> list[str]:
    """Return the files that lines of evidence name, each once, in order."""
    return list(dict.fromkeys(line.removeprefix(PREFIX).strip() for line in lines if line.startswith(PREFIX)))


def check_usable(wanted: str, known: "Evidence | None", by: str, *, used_before: bool) -> None:
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
