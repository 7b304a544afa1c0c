"""Who complained: sealed, and recognised by keyed hashes, so that neither a list nor the database tells a name or a number.

AES-256-GCM (NIST SP 800-38D) with a random nonce each time; HMAC-SHA-256 of what tells a person. Both under keys of the bureau,
derived from the secret of the installation, which is not in the database.
"""

import hmac
import re
import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.jsontext import dumps, loads
from shared.settings import settings

FIELDS = ("consumer", "phone", "address", "id_number")
_NONCE = 12  # bytes
_UNREADABLE = "（无法解密）"


class People:
    def __init__(self, bureau: str) -> None:
        secret = settings.need("secret").encode()
        self._cipher = AESGCM(hmac.digest(secret, f"12315 people of {bureau}".encode(), "sha256"))
        self._key = hmac.digest(secret, f"12315 recognition in {bureau}".encode(), "sha256")

    def seal(self, person: Mapping[str, str]) -> bytes | None:
        """Return the sealed members of ``person``; None where nothing is known."""
        told = {name: person[name] for name in FIELDS if person.get(name)}
        if not told:
            return None
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, dumps(told).encode(), None)

    def open(self, sealed: bytes | None) -> dict[str, str]:
        """Return all members; where it was sealed under another secret the name says so."""
        nothing = dict.fromkeys(FIELDS, "")
        if sealed is None:
            return nothing
        try:
            told: dict[str, str] = loads(self._cipher.decrypt(bytes(sealed[:_NONCE]), bytes(sealed[_NONCE:]), None))
        except InvalidTag:
            return {**nothing, "consumer": _UNREADABLE}
        return nothing | told

    def keys(self, person: Mapping[str, str]) -> list[str]:
        """Return what tells the same person again: telephone and identity number; the name alone only where neither is known."""
        phone = re.sub(r"\D", "", person.get("phone", "")).removeprefix("86")
        identity = re.sub(r"\s", "", person.get("id_number", "")).upper()
        told = {"phone": phone, "id": identity}
        if not any(told.values()):
            told = {"name": re.sub(r"\s", "", person.get("consumer", ""))}
        return sorted(self._hash(f"{kind}:{value}") for kind, value in told.items() if value)

    def _hash(self, text: str) -> str:
        return hmac.digest(self._key, text.encode(), "sha256").hex()[:32]
