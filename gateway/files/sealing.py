"""Files that name people lie sealed in the store: AES-256-GCM, a part at a time, under a key of the bureau that is not in the store.

A file is a random beginning and its parts. Each part's nonce counts them, and the last one is marked as the last: none can be altered,
moved, or cut off unseen.
"""

import secrets
from collections.abc import Iterable, Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.settings import settings

PART, _BEGIN, _TAG = 64 * 1024, 8, 16  # bytes
MORE, LAST = b"more", b"last"


class Broken(Exception):
    """What lies in the store is not what was put there, or was sealed under another secret."""


class FileSeal:
    def __init__(self, bureau: str) -> None:
        key = HKDF(SHA256(), 32, None, f"files of cases of {bureau}".encode()).derive(settings.need("secret").encode())
        self._cipher = AESGCM(key)

    def seal(self, plain: IO[bytes], sealed: IO[bytes]) -> None:
        begin = secrets.token_bytes(_BEGIN)
        sealed.write(begin)
        number, part = 0, plain.read(PART)
        while True:
            following = plain.read(PART)
            sealed.write(self._cipher.encrypt(_nonce(begin, number), part, MORE if following else LAST))
            if not following:
                return
            number, part = number + 1, following

    def open(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the plain bytes of what lies sealed; raises ``Broken``, at the latest at its end."""
        pieces = _pieces(parts)
        begin = next(pieces, b"")
        number, part = 0, next(pieces, b"")
        while True:
            following = next(pieces, b"")
            try:
                yield self._cipher.decrypt(_nonce(begin, number), part, MORE if following else LAST)
            except (InvalidTag, ValueError) as error:
                raise Broken from error
            if not following:
                return
            number, part = number + 1, following


def sealed_size(size: int) -> int:
    """Return how many bytes a file of ``size`` takes once it is sealed."""
    return _BEGIN + size + _TAG * max(1, -(-size // PART))


def _nonce(begin: bytes, number: int) -> bytes:
    return begin + number.to_bytes(4, "big")


def _pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Cut what comes in any lengths into the beginning and the sealed parts."""
    held, wanted = b"", _BEGIN
    for part in parts:
        held += part
        while len(held) >= wanted:
            yield held[:wanted]
            held, wanted = held[wanted:], PART + _TAG
    if held:
        yield held
