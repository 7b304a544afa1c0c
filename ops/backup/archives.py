"""The file of a backup: a tar, encrypted with age (age-encryption.org/v1), that names at its end what has to be in it.

It is made for public keys: the machine that writes backups every night cannot read one. Any age program opens it without us.
"""

import hashlib
import json
import os
import tarfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import pyrage

from shared.tars import unpack

MANIFEST = "manifest.json"  # the last member: an archive that was cut off has none
Content = Path | bytes | IO[bytes]
_FORMAT = 1
_PART = 1 << 20


class BrokenArchive(Exception):
    """The archive is not what was written, or not for this key; the text says which."""


def write_archive(
    path: Path, members: Iterable[tuple[str, Content]], recipients: Iterable[str], about: Mapping[str, Any]
) -> int:
    """Write ``members`` (name, and a file, its bytes or an open one), encrypted for ``recipients`` (age1…), whole or not at all; returns how many."""
    keys = [pyrage.x25519.Recipient.from_str(one) for one in recipients]
    beside = path.with_name(f"{path.name}.new")
    try:
        with _piped(lambda file: _pack(file, members, about)) as (source, counted), beside.open("wb") as target:
            beside.chmod(0o600)
            pyrage.encrypt_io(source, target, keys)
            target.flush()
            os.fsync(target.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return counted[0]


def read_archive(path: Path, identity: str, folder: Path) -> dict[str, Any]:
    """Unpack into the empty ``folder`` and return the manifest; raises ``BrokenArchive`` where a byte is not as it was written."""
    plain = folder / "plain.tar"
    try:
        with path.open("rb") as source, plain.open("wb") as target:
            pyrage.decrypt_io(source, target, [pyrage.x25519.Identity.from_str(identity)])
        with tarfile.open(plain) as tar:
            unpack(tar, folder)
    except (pyrage.DecryptError, pyrage.IdentityError, tarfile.TarError) as error:
        raise BrokenArchive(f"{type(error).__name__}: {error}") from error
    except OSError as error:
        if error.errno is None:  # age's own word, and no full disk
            raise BrokenArchive(str(error)) from error
        raise
    finally:
        plain.unlink(missing_ok=True)
    return _manifest(folder)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pack(file: IO[bytes], members: Iterable[tuple[str, Content]], about: Mapping[str, Any]) -> int:
    told: dict[str, list[Any]] = {}
    with tarfile.open(fileobj=file, mode="w|") as tar:
        for name, content in members:
            told[name] = _add(tar, name, content)
        _add(tar, MANIFEST, json.dumps({"format": _FORMAT, **about, "members": told}, ensure_ascii=False).encode())
    return len(told)


def _add(tar: tarfile.TarFile, name: str, content: Content) -> list[Any]:
    """Return size and SHA-256 of what was really packed: a file may have grown since it was listed."""
    member = tarfile.TarInfo(name)
    with _opened(content) as source:
        member.size = source.seek(0, os.SEEK_END)
        source.seek(0)
        hashing = _Hashing(source)
        tar.addfile(member, hashing)
    return [member.size, hashing.sum.hexdigest()]


def _opened(content: Content) -> IO[bytes]:
    if isinstance(content, bytes):
        return BytesIO(content)
    return content.open("rb") if isinstance(content, Path) else content


class _Hashing:
    def __init__(self, source: IO[bytes]) -> None:
        self._source, self.sum = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        part = self._source.read(size)
        self.sum.update(part)
        return part


@contextmanager
def _piped(pack: Any) -> Iterator[tuple[IO[bytes], list[int]]]:
    """Give what ``pack`` writes as a file to read, while it writes; what goes wrong there goes wrong here."""
    reading, writing = os.pipe()
    counted: list[int] = []
    failed: list[BaseException] = []

    def write() -> None:
        try:
            with os.fdopen(writing, "wb", _PART) as file:
                counted.append(pack(file))
        except BaseException as error:  # raised below, in the thread that asked
            failed.append(error)

    thread = threading.Thread(target=write)
    with os.fdopen(reading, "rb", _PART) as source:
        thread.start()
        try:
            yield source, counted
        finally:
            source.close()
            thread.join()
        if failed:
            raise failed[0]


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        members: dict[str, list[Any]] = manifest["members"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BrokenArchive("it ends before its list of contents: cut off") from error
    if manifest.get("format") != _FORMAT:
        raise BrokenArchive(f"format {manifest.get('format')} is of a newer version")
    for name, (size, sha256) in members.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size or digest(path) != sha256:
            raise BrokenArchive(f"{name} is not what was written")
    return manifest
