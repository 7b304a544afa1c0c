"""How many requests the embedded gateway answers at once."""

from collections.abc import Iterable
from typing import Any

from ops.embedded_gateway import AT_ONCE, CLOCKS_AT_ONCE, Bounded


def application(_environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [])
    return [b"done"]


def ask(bounded: Bounded, path: str) -> tuple[str, Any]:
    told: list[str] = []
    answer = bounded({"PATH_INFO": path}, lambda status, _headers: told.append(status))
    return told[0], answer


def test_more_requests_than_are_answered_at_once_are_told_to_come_again() -> None:
    bounded = Bounded(application)
    begun = [ask(bounded, "/api/v1/words") for _ in range(AT_ONCE)]
    assert {status for status, _ in begun} == {"200 OK"}
    status, answer = ask(bounded, "/api/v1/words")
    assert (status, b"gateway.busy" in b"".join(answer)) == ("503 Service Unavailable", True)
    begun[0][1].close()
    assert ask(bounded, "/api/v1/words")[0] == "200 OK"


def test_clocks_find_room_when_people_have_taken_theirs() -> None:
    bounded = Bounded(application)
    for _ in range(AT_ONCE):
        ask(bounded, "/")
    pushes = [ask(bounded, "/iclock/cdata")[0] for _ in range(CLOCKS_AT_ONCE - AT_ONCE)]
    assert set(pushes) == {"200 OK"}
    assert ask(bounded, "/iclock/cdata")[0] == "503 Service Unavailable"
