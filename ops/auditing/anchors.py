"""Anchors: how far each audit trail had come at an instant, signed and kept outside the database.

A chain alone proves that nothing in its middle was changed; whoever removes its last lines, or all of them, leaves a chain that is whole. So the
number of lines and the last hash are noted elsewhere, one JSON line after another. Each line names the digest of the one before it and is
signed (Ed25519, RFC 8032), so that a copy of the file proves itself. A new key is a line that the old one signed: whoever trusts the first public key can
follow it to the last.
"""

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shared.audit import Anchored
from shared.audit_chain import key_number
from shared.jsontext import canonical


class BrokenAnchors(Exception):
    """The file of anchors is not what was written: ``line`` (from 1) is the first that does not fit."""

    def __init__(self, line: int, why: str) -> None:
        self.line = line
        super().__init__(f"{line}: {why}")


class Trail(NamedTuple):
    """A chain of a service's trail: of one bureau, or, without one, of all. In anchors it is named ``schema`` or ``schema/bureau``."""

    schema: str
    bureau: str

    @classmethod
    def named(cls, name: str) -> "Trail":
        """Return the trail of that name."""
        schema, _, bureau = name.partition("/")
        return cls(schema, bureau)

    @property
    def name(self) -> str:
        return f"{self.schema}/{self.bureau}" if self.bureau else self.schema


@dataclass(frozen=True)
class Archive:
    """Lines that were taken out of the database into one file. ``trails``: by name from after which line on, and to which."""

    year: int
    file: str  # its name when it was written
    sha256: str
    trails: Mapping[str, tuple[Anchored, Anchored]]


@dataclass(frozen=True)
class Anchor:
    """One line of the file. ``trails``: by name; ``new_key``: the public key that signs from the next line on, empty where it stays.

    ``broken``: what was found wrong instead of being anchored, by name. ``reason``: why what was noted of these trails before
    does not count any more, as after a restore to an earlier moment; empty else. ``archive``: what may be missing from the database since.
    """

    number: int
    at: str
    trails: Mapping[str, Anchored]
    broken: Mapping[str, str]
    new_key: str
    reason: str
    archive: Archive | None
    before: str  # digest of the line before, empty for the first
    text: str  # as it stands in the file

    @property
    def digest(self) -> str:
        return _digest(self.text)


def written(
    before: Anchor | None,
    at: datetime,
    key: Ed25519PrivateKey,
    *,
    trails: Mapping[str, Anchored] = {},
    broken: Mapping[str, str] = {},
    new_key: str = "",
    reason: str = "",
    archive: Archive | None = None,
) -> Anchor:
    """Return the anchor that follows ``before``, signed with ``key``."""
    told: dict[str, Any] = {
        "number": before.number + 1 if before else 1,
        "at": at.isoformat(),
        "trails": {name: [one.lines, one.last_hash] for name, one in trails.items()},
        "broken": dict(broken),
        "new_key": new_key,
        "reason": reason,
        "before": before.digest if before else "",
    }
    if archive:
        ends = {name: [*astuple(since), *astuple(until)] for name, (since, until) in archive.trails.items()}
        told["archive"] = {"year": archive.year, "file": archive.file, "sha256": archive.sha256, "trails": ends}
    signature = b64encode(key.sign(canonical(told))).decode()
    return _anchor(json.dumps({**told, "signature": signature}, ensure_ascii=False, sort_keys=True))


def proved(lines: Iterable[str], key: str) -> list[Anchor]:
    """Return the anchors in ``lines``, of which the first is signed with the public ``key``; raises ``BrokenAnchors``."""
    anchors: list[Anchor] = []
    for number, line in enumerate(lines, 1):
        try:
            anchor = _anchor(line.rstrip("\n"))
            _check(line, key)
        except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature) as error:
            raise BrokenAnchors(number, f"not signed with the key that was valid ({type(error).__name__})") from error
        if anchor.number != number or anchor.before != (anchors[-1].digest if anchors else ""):
            raise BrokenAnchors(number, "does not follow from the line before it")
        anchors.append(anchor)
        key = anchor.new_key or key
    return anchors


def noted(anchors: Sequence[Anchor], name: str) -> list[Anchored]:
    """Return what was noted of one trail and still counts, in time's order."""
    counting: list[Anchored] = []
    for anchor in anchors:
        if name in anchor.trails:
            if anchor.reason:
                counting.clear()
            counting.append(anchor.trails[name])
    return counting


def archived(anchors: Sequence[Anchor], name: str) -> list[Anchored]:
    """Return to where lines of one trail were taken out into archives, in time's order."""
    return [anchor.archive.trails[name][1] for anchor in anchors if anchor.archive and name in anchor.archive.trails]


def key_before(anchors: Sequence[Anchor], trail: Trail) -> int:
    """Return the number of the key by which the first line of a bureau's chain is at least written: the newest one that the service was
    noted to use before that chain was. Without it somebody with the database alone could begin a chain by plain hashes."""
    newest = 0
    for anchor in anchors if trail.bureau else ():
        if trail.name in anchor.trails:
            break
        own = (one.last_hash for name, one in anchor.trails.items() if Trail.named(name).schema == trail.schema)
        newest = max(newest, *(key_number(one) for one in own), 0)
    return newest


def public(key: Ed25519PrivateKey) -> str:
    """Return the public key as it is told to whoever is to check: base64 of its 32 bytes."""
    return b64encode(key.public_key().public_bytes_raw()).decode()


def _anchor(line: str) -> Anchor:
    told: dict[str, Any] = json.loads(line)
    trails = {name: Anchored(int(count), str(last)) for name, (count, last) in told["trails"].items()}
    return Anchor(
        number=int(told["number"]),
        at=str(told["at"]),
        trails=trails,
        broken=dict(told["broken"]),
        new_key=str(told["new_key"]),
        reason=str(told["reason"]),
        archive=_archive(told["archive"]) if "archive" in told else None,
        before=str(told["before"]),
        text=line,
    )


def _archive(told: Mapping[str, Any]) -> Archive:
    trails = {
        name: (Anchored(int(first), str(before)), Anchored(int(lines), str(last)))
        for name, (first, before, lines, last) in told["trails"].items()
    }
    return Archive(int(told["year"]), str(told["file"]), str(told["sha256"]), trails)


def _check(line: str, key: str) -> None:
    told = json.loads(line)
    signature = b64decode(told.pop("signature"), validate=True)
    Ed25519PublicKey.from_public_bytes(b64decode(key, validate=True)).verify(signature, canonical(told))


def _digest(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()
