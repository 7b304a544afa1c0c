"""The client asks again until it is answered, always under the same key, and passes on what is no passing fault."""

import json
from typing import Any

import pytest
import requests

from ops import client
from ops.client import Api, ApiError, Unreachable


class Wire:
    """Answers what it is told, in turn, and notes what was asked."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, Any]] = []

    def request(self, method: str, url: str, **request: Any) -> requests.Response:
        self.asked.append({"method": method, "url": url, **request})
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        status, document = answer
        response = requests.Response()
        response.status_code = status
        response._content = json.dumps(document).encode() if document is not None else b""
        return response


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client.time, "sleep", lambda _: None)


def talk(monkeypatch: pytest.MonkeyPatch, *answers: Any) -> Wire:
    wire = Wire(*answers)
    monkeypatch.setattr(client, "_connections", lambda: wire)
    return wire


def test_a_lost_answer_is_asked_for_again_under_the_same_key(monkeypatch: pytest.MonkeyPatch) -> None:
    faults = requests.ConnectionError("reset"), (503, {"code": "service.away"}), (409, {"code": "idempotency.running"})
    wire = talk(monkeypatch, *faults, (201, {"items": [1]}))
    assert Api("http://x").post("declarations", {"a": 1}) == {"items": [1]}
    assert len({asked["headers"]["Idempotency-Key"] for asked in wire.asked}) == 1
    assert len({asked["data"] for asked in wire.asked}) == 1


def test_two_posts_have_two_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    wire = talk(monkeypatch, (201, {}), (201, {}))
    api = Api("http://x")
    api.post("a")
    api.post("a")
    assert len({asked["headers"]["Idempotency-Key"] for asked in wire.asked}) == 2


def test_a_refusal_is_told_with_its_code_and_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    wire = talk(monkeypatch, (409, {"code": "claim.exhausted", "zh": "不足"}))
    with pytest.raises(ApiError, match=r"409 claim\.exhausted") as refused:
        Api("http://x").post("claims", {})
    assert refused.value.code == "claim.exhausted"
    assert len(wire.asked) == 1


def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    talk(monkeypatch, *[requests.ConnectionError("refused")] * 50)
    with pytest.raises(Unreachable):
        Api("http://x", patience=0).get("units")


def test_pages_are_followed_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    wire = talk(monkeypatch, (200, {"items": [1, 2], "next": "n"}), (200, {"items": [3], "next": None}))
    assert list(Api("http://x").pages("units")) == [1, 2, 3]
    assert [asked["params"].get("after") for asked in wire.asked] == [None, "n"]
