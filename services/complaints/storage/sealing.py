"""What is kept sealed beside who complained: under a key of the bureau, one for each purpose, that is not in the database."""

import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.settings import settings

_NONCE = 12  # bytes


class Seal:
    """AES-256-GCM (NIST SP 800-38D) with a random nonce each time; what is sealed for another purpose does not open here."""

    def __init__(self, bureau: str, purpose: str) -> None:
        key = hmac.digest(settings.need("secret").encode(), f"12315 {purpose} of {bureau}".encode(), "sha256")
        self._cipher = AESGCM(key)

    def seal(self, plain: bytes, about: str) -> bytes:
        """Seal ``plain``; ``about``: what it belongs to, with which alone it opens."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, about.encode())

    def open(self, sealed: bytes, about: str) -> bytes:
        """Return what was sealed; raises ``InvalidTag`` where it was altered or sealed under another secret."""
        return self._cipher.decrypt(bytes(sealed[:_NONCE]), bytes(sealed[_NONCE:]), about.encode())
