"""A seal opens what any of its keys has sealed, for its purpose and what it belongs to alone."""

import hmac

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.complaints.storage.sealing import Seal

OLD, BOTH = {0: b"first secret"}, {0: b"first secret", 1: b"second secret"}


def test_the_newest_key_seals_and_every_known_one_opens() -> None:
    old, new = Seal("B00", "people", OLD), Seal("B00", "people", BOTH)
    assert new.open(old.seal("张三".encode())).decode() == "张三"
    with pytest.raises(InvalidTag):
        old.open(new.seal("张三".encode()))


@pytest.mark.parametrize(("purpose", "about", "with_it"), [("people", "", None), ("papers", "a paper", b"a paper")])
def test_what_was_sealed_before_there_were_several_keys_opens(purpose: str, about: str, with_it: bytes | None) -> None:
    key = hmac.digest(OLD[0], f"12315 {purpose} of B00".encode(), "sha256")
    sealed = b"n" * 12 + AESGCM(key).encrypt(b"n" * 12, b"told", with_it)
    assert Seal("B00", purpose, BOTH).open(sealed, about) == b"told"


def test_nothing_opens_for_another_purpose_bureau_or_thing() -> None:
    sealed = Seal("B00", "papers", OLD).seal(b"told", "one")
    for bureau, purpose, about in (("B00", "people", "one"), ("B01", "papers", "one"), ("B00", "papers", "two")):
        with pytest.raises(InvalidTag):
            Seal(bureau, purpose, OLD).open(sealed, about)
