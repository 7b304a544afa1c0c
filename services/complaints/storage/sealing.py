"""What is kept sealed: under keys of the bureau, one for each purpose, derived from keys that are not in the database (decision 1622)."""

import hmac
import secrets
from collections.abc import Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.audit_chain import read_keys
from shared.settings import settings

_NONCE = 12  # bytes


class Seal:
    """AES-256-GCM (NIST SP 800-38D) with a random nonce each time; what is sealed for another purpose does not open here.

    Seals under the highest of ``keys`` and opens what any of them has sealed.
    """

    def __init__(self, bureau: str, purpose: str, keys: Mapping[int, bytes]) -> None:
        self._bureau, self._purpose, self._keys = bureau, purpose, keys

    def seal(self, plain: bytes, about: str = "") -> bytes:
        """Seal ``plain``; ``about``: what it belongs to, with which alone it opens."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher(max(self._keys)).encrypt(nonce, plain, about.encode())

    def open(self, sealed: bytes, about: str = "") -> bytes:
        """Return what was sealed; raises ``InvalidTag`` where it was altered or sealed under a key that is not known."""
        for number in sorted(self._keys, reverse=True):
            try:
                return self._cipher(number).decrypt(bytes(sealed[:_NONCE]), bytes(sealed[_NONCE:]), about.encode())
            except InvalidTag:
                continue
        raise InvalidTag

    def _cipher(self, number: int) -> AESGCM:
        return _cipher(self._keys[number], self._bureau, self._purpose)


def own_key() -> Mapping[int, bytes]:
    """Return the installation's secret as the one key, for what is never sealed anew."""
    return {0: settings.need("secret").encode()}


def case_keys() -> Mapping[int, bytes]:
    """Return the keys of who complained by number; 0 is the one that was before there were several."""
    return {**own_key(), **read_keys(settings.case_keys)}


def newest_key() -> int:
    return max(case_keys())


@lru_cache(maxsize=64)
def _cipher(key: bytes, bureau: str, purpose: str) -> AESGCM:
    return AESGCM(hmac.digest(key, f"12315 {purpose} of {bureau}".encode(), "sha256"))
