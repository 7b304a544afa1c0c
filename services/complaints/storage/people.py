"""Who complained: sealed, and recognised by keyed hashes, so that neither a list nor the database tells a name or a number.

AES-256-GCM (NIST SP 800-38D) with a random nonce each time; HMAC-SHA-256 of what tells a person. Both under keys of the bureau,
derived from the secret of the installation, which is not in the database.
"""

import hmac
import re
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.jsontext import dumps, loads
from shared.settings import settings
from shared.vocabulary.refusals import conflict

FIELDS = ("consumer", "phone", "address", "id_number")
OTHERS = ("agent", "together")  # who acts for the consumer, and those who complain together
_NONCE = 12  # bytes
_UNREADABLE = "（无法解密）"


class People:
    def __init__(self, bureau: str) -> None:
        secret = settings.need("secret").encode()
        self._cipher = AESGCM(hmac.digest(secret, f"12315 people of {bureau}".encode(), "sha256"))
        self._key = hmac.digest(secret, f"12315 recognition in {bureau}".encode(), "sha256")

    def seal(self, person: Mapping[str, Any]) -> bytes | None:
        """Return the sealed members of ``person``; None where nothing is known."""
        told = {name: person[name] for name in (*FIELDS, *OTHERS) if person.get(name)}
        if not told:
            return None
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, dumps(told).encode(), None)

    def open(self, sealed: bytes | None) -> dict[str, Any]:
        """Return all members; where it was sealed under another secret the name says so."""
        nothing: dict[str, Any] = {**dict.fromkeys(FIELDS, ""), "agent": None, "together": []}
        try:
            return nothing | self._read(sealed)
        except InvalidTag:
            return {**nothing, "consumer": _UNREADABLE}

    def changed(self, sealed: bytes | None, changes: Mapping[str, Any]) -> tuple[bytes | None, dict[str, Any]]:
        """Return what is sealed with ``changes`` in it, and that in plain; raises ``Refused`` where it cannot be read."""
        try:
            told = self._read(sealed) | dict(changes)
        except InvalidTag:
            raise conflict(
                "case.sealed", "身份资料无法解密，不能更改", "who complained was sealed under another secret"
            ) from None
        return self.seal(told), told

    def keys(self, person: Mapping[str, Any]) -> list[str]:
        """Return what tells the same person again, and any of those who complain together: telephone and identity number; the
        name alone only where neither is known."""
        known = {key for one in (person, *(person.get("together") or ())) for key in _tokens(one)}
        return sorted(self._hash(one) for one in known or _name(person))

    def address_key(self, person: Mapping[str, Any]) -> str | None:
        """Return what tells the same address again."""
        address = re.sub(r"\W", "", person.get("address", ""))
        return self._hash(f"address:{address}") if address else None

    def _read(self, sealed: bytes | None) -> dict[str, Any]:
        if sealed is None:
            return {}
        told: dict[str, Any] = loads(self._cipher.decrypt(bytes(sealed[:_NONCE]), bytes(sealed[_NONCE:]), None))
        return told

    def _hash(self, text: str) -> str:
        return hmac.digest(self._key, text.encode(), "sha256").hex()[:32]


def _tokens(person: Mapping[str, Any]) -> Iterator[str]:
    phone = re.sub(r"\D", "", person.get("phone", "")).removeprefix("86")
    identity = re.sub(r"\s", "", person.get("id_number", "")).upper()
    yield from (f"{kind}:{value}" for kind, value in (("phone", phone), ("id", identity)) if value)


def _name(person: Mapping[str, Any]) -> Iterator[str]:
    name = re.sub(r"\s", "", person.get("consumer", ""))
    yield from (f"name:{one}" for one in (name,) if one)
