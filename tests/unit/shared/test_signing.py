"""A request is what was signed, now, or it is nothing."""

import pytest

from shared.messaging import signing
from shared.messaging.signing import SIGNATURE, fault, signed

KEYS = {1: b"o" * 40, 2: b"n" * 40}
REPLY = ("queue", "id")
GIVEN = {"nameko.idempotency_key": "k"}


@pytest.fixture
def headers() -> dict[str, str]:
    return signed(KEYS, "targets.move", '{"a": 1}', GIVEN, REPLY)


def test_what_was_signed_is_taken_as_text_and_as_bytes(headers: dict[str, str]) -> None:
    assert fault(KEYS, "targets.move", '{"a": 1}', headers, REPLY) is None
    assert fault(KEYS, "targets.move", b'{"a": 1}', headers, REPLY) is None


@pytest.mark.parametrize(
    "changed",
    [
        ("targets.remove", '{"a": 1}', {}, REPLY),
        ("targets.move", '{"a": 2}', {}, REPLY),
        ("targets.move", '{"a": 1}', {"nameko.idempotency_key": "other"}, REPLY),
        ("targets.move", '{"a": 1}', {}, ("another queue", "id")),
        ("targets.move", '{"a": 1}', {}, ("queue", "another id")),
        ("targets.mov", 'e{"a": 1}', {}, REPLY),
    ],
)
def test_nothing_of_it_can_be_changed(headers: dict[str, str], changed) -> None:
    method, payload, others, reply = changed
    assert fault(KEYS, method, payload, {**headers, **others}, reply) == "forged"


def test_the_newest_key_signs_and_all_are_taken(headers: dict[str, str]) -> None:
    assert headers[SIGNATURE].startswith("2.")
    assert fault({2: KEYS[2]}, "targets.move", '{"a": 1}', headers, REPLY) is None
    assert fault({1: KEYS[1]}, "targets.move", '{"a": 1}', headers, REPLY) == "key"
    assert fault({2: KEYS[1]}, "targets.move", '{"a": 1}', headers, REPLY) == "forged"


@pytest.mark.parametrize("text", [None, "", "2", "2.1", "x.1.a", "2.x.a", "2.1.a.b", 7, "２.1.a"])
def test_what_is_no_signature_is_unsigned(text: object) -> None:
    assert fault(KEYS, "targets.move", "{}", {SIGNATURE: text}, REPLY) == "unsigned"


@pytest.mark.parametrize(("seconds", "told"), [(signing.OLDEST + 5, "late"), (-signing.AHEAD - 5, "late"), (60, None)])
def test_it_holds_for_a_while(
    monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], seconds: int, told: str | None
) -> None:
    signed_at = int(headers[SIGNATURE].split(".")[1]) / 1000
    monkeypatch.setattr(signing, "time", lambda: signed_at + seconds)
    assert fault(KEYS, "targets.move", '{"a": 1}', headers, REPLY) == told


def test_without_a_key_nothing_is_signed_and_nothing_is_taken() -> None:
    assert signed({}, "targets.move", "{}", GIVEN, REPLY) == GIVEN
    assert fault({}, "targets.move", "{}", GIVEN, REPLY) == "unsigned"
