"""Who complained: sealed, and recognised by keyed hashes, so that neither a list nor the database tells a name or a number.

Sealed as storage/sealing.py says; HMAC-SHA-256 of what tells a person. Both under keys of the bureau,
derived from keys that are not in the database (docs/decisions/1622).
"""

import hmac
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cryptography.exceptions import InvalidTag

from services.complaints.storage.sealing import Seal, case_keys, newest_key
from shared.jsontext import dumps, loads
from shared.vocabulary.refusals import conflict

FIELDS = ("consumer", "phone", "address", "id_number")
OTHERS = ("agent", "together")  # who acts for the consumer, and those who complain together
_UNREADABLE = "（无法解密）"


class People:
    """Seals under the newest key (``KAOHE_CASE_KEYS``; 0 is the installation's secret) and opens what any known key has sealed."""

    def __init__(self, bureau: str) -> None:
        self._bureau = bureau
        self._keys = case_keys()
        self._seal = Seal(bureau, "people", self._keys)

    def seal(self, person: Mapping[str, Any]) -> bytes | None:
        """Return the sealed members of ``person``; None where nothing is known."""
        told = {name: person[name] for name in (*FIELDS, *OTHERS) if person.get(name)}
        return self.seal_text(dumps(told)) if told else None

    def seal_text(self, text: str) -> bytes:
        return self._seal.seal(text.encode())

    def open_text(self, sealed: bytes) -> str:
        """Return what was sealed; ``InvalidTag`` where it was under a key that is not known."""
        return self._seal.open(sealed).decode()

    def open(self, sealed: bytes | None) -> dict[str, Any]:
        """Return all members; where it was sealed under another secret the name says so."""
        nothing: dict[str, Any] = {**dict.fromkeys(FIELDS, ""), "agent": None, "together": []}
        try:
            return nothing | self.open_members(sealed)
        except InvalidTag:
            return {**nothing, "consumer": _UNREADABLE}

    def changed(self, sealed: bytes | None, changes: Mapping[str, Any]) -> tuple[bytes | None, dict[str, Any]]:
        """Return what is sealed with ``changes`` in it, and that in plain; raises ``Refused`` where it cannot be read."""
        try:
            told = self.open_members(sealed) | dict(changes)
        except InvalidTag:
            raise conflict(
                "case.sealed", "身份资料无法解密，不能更改", "who complained was sealed under another secret"
            ) from None
        return self.seal(told), told

    def keys(self, person: Mapping[str, Any]) -> list[str]:
        """Return what tells the same person again, and any of those who complain together: telephone and identity number; the
        name alone only where neither is known."""
        return self._hashes(person, [newest_key()])

    def former_keys(self, person: Mapping[str, Any]) -> list[str]:
        """Return what tells the same person in any case, also in one that waits to be sealed under the newest key."""
        return self._hashes(person, self._keys)

    def address_key(self, person: Mapping[str, Any]) -> str | None:
        """Return what tells the same address again."""
        address = re.sub(r"\W", "", person.get("address", ""))
        return self._hash(f"address:{address}", newest_key()) if address else None

    def _hashes(self, person: Mapping[str, Any], numbers: Iterable[int]) -> list[str]:
        known = {key for one in (person, *(person.get("together") or ())) for key in _tokens(one)}
        return sorted(self._hash(one, number) for one in known or _name(person) for number in numbers)

    def open_members(self, sealed: bytes | None) -> dict[str, Any]:
        """Return what is known of somebody; ``InvalidTag`` where no known key opens it."""
        if sealed is None:
            return {}
        told: dict[str, Any] = loads(self.open_text(sealed))
        return told

    def _hash(self, text: str, number: int) -> str:
        key = hmac.digest(self._keys[number], f"12315 recognition in {self._bureau}".encode(), "sha256")
        return hmac.digest(key, text.encode(), "sha256").hex()[:32]


def _tokens(person: Mapping[str, Any]) -> Iterator[str]:
    phone = re.sub(r"\D", "", person.get("phone", "")).removeprefix("86")
    identity = re.sub(r"\s", "", person.get("id_number", "")).upper()
    yield from (f"{kind}:{value}" for kind, value in (("phone", phone), ("id", identity)) if value)


def _name(person: Mapping[str, Any]) -> Iterator[str]:
    name = re.sub(r"\s", "", person.get("consumer", ""))
    yield from (f"name:{one}" for one in (name,) if one)
