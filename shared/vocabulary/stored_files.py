"""A file that a service knows and the gateway's store holds: awaited → kept → dropped.

A row is reserved before a single byte is stored and kept once they are durable: what a crash leaves behind is a row that is still awaited.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from shared.vocabulary.refusals import conflict, forbidden
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


@dataclass(frozen=True)
class StoredFile:
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

    @classmethod
    def reserved(cls, code: str, same: Sequence["StoredFile"], **told: Any) -> "StoredFile":
        """Return a new file; kept at once where its bytes are, as those of the ``same`` ones. ``told``: the members that are its own."""
        place = same[0].stored_as if same else code
        new = cls(evidence=code, revision=1, status=STATES.after("reserve", None), stored_as=place, **told)
        return replace(new, status=STATES.after("keep", new.status)) if same else new

    def kept(self) -> "StoredFile":
        return replace(self, status=STATES.after("keep", self.status), revision=self.revision + 1)

    def dropped(self, by: str, uses: int) -> "StoredFile":
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
