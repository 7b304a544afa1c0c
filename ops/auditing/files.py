"""The folder of anchors: the private key, which nobody else reads, the first public key, and one anchor a line."""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from ops.auditing.anchors import Anchor, proved, public
from shared.settings import ANCHORS, FIRST_ANCHOR_KEY

PRIVATE, NEXT = "anchor-key.pem", "next-anchor-key.pem"


class AnchorFolder:
    """What is kept in ``folder``, made at first use. A copy without the private key can be read and proved elsewhere."""

    def __init__(self, folder: Path, private: Path | None = None) -> None:
        """``private``: the folder of the private key, if that is another one."""
        self.folder, self.private = folder, private or folder

    @property
    def first_key(self) -> str:
        """Return the public key that the first anchor is signed with."""
        return (self.folder / FIRST_ANCHOR_KEY).read_text(encoding="ascii").strip()

    @property
    def kept(self) -> bool:
        """Tell whether anything was ever kept here: a part that is missing then is a fault, not a beginning."""
        return any((self.folder / name).exists() for name in (FIRST_ANCHOR_KEY, ANCHORS))

    def anchors(self, first_key: str = "") -> list[Anchor]:
        """Return all anchors, proved from ``first_key`` on (by default the one in the folder); ``BrokenAnchors`` where they are not."""
        path = self.folder / ANCHORS
        # What follows the last newline was never finished: a writer was killed, or a disk full.
        lines = path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []
        return proved(lines, first_key or self.first_key)

    @contextmanager
    def writing(self) -> Iterator[tuple[Ed25519PrivateKey, list[Anchor]]]:
        """Hold the folder for one writer and give its key, drawn at first use, and the anchors, proved."""
        for folder in (self.folder, self.private):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self.kept:
                key = Ed25519PrivateKey.generate()
                write_whole(self.private / PRIVATE, _pem(key), mode=0o600)
                write_whole(self.folder / FIRST_ANCHOR_KEY, f"{public(key)}\n".encode(), mode=0o644)
            self._cut_unfinished()
            anchors = self.anchors()
            yield self._key(anchors), anchors

    def prepare_key(self) -> Ed25519PrivateKey:
        """Draw the key that is to follow; it signs once an anchor that names it is in the file."""
        key = Ed25519PrivateKey.generate()
        write_whole(self.private / NEXT, _pem(key), mode=0o600)
        return key

    def _cut_unfinished(self) -> None:
        """Take away what a writer that was killed, or a full disk, left of a last line: it was told to nobody."""
        path = self.folder / ANCHORS
        raw = path.read_bytes() if path.exists() else b""
        if raw and not raw.endswith(b"\n"):
            os.truncate(path, raw.rfind(b"\n") + 1)

    def _key(self, anchors: Sequence[Anchor]) -> Ed25519PrivateKey:
        """Return the key that the last anchor expects: whoever changed it may have been killed in between."""
        named = next((one.new_key for one in reversed(anchors) if one.new_key), "")
        if named and (self.private / NEXT).exists() and public(_read(self.private / NEXT)) == named:
            (self.private / NEXT).replace(self.private / PRIVATE)
        return _read(self.private / PRIVATE)

    def append(self, anchor: Anchor) -> None:
        """Add a line; on the disk when this returns."""
        with (self.folder / ANCHORS).open("a", encoding="utf-8") as file:
            file.write(anchor.text + "\n")
            file.flush()
            os.fsync(file.fileno())


def _pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _read(path: Path) -> Ed25519PrivateKey:
    key = load_pem_private_key(path.read_bytes(), None)
    assert isinstance(key, Ed25519PrivateKey)
    return key


def write_whole(path: Path, content: bytes, *, mode: int) -> None:
    """Write the whole file or none of it: a crash leaves the one before."""
    beside = path.with_name(f"{path.name}.new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
