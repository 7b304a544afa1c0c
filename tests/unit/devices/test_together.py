"""Pushes that wait at the same time go as one call; each is stored, or told why not."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from gateway.devices.together import AT_ONCE, Together
from shared.errors import Conflict, Unavailable

PATIENCE = 60


class Service:
    """Holds the first calls back until ``go`` and remembers what came in which."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []
        self.go, self.full = Event(), Event()
        self.answer: Callable[[list[str]], Sequence[Any]] = lambda names: [{}] * len(names)

    def one(self, push: dict[str, Any]) -> None:
        self.calls.append([push["serial"]])
        if push["serial"].startswith("first"):
            if len(self.calls) == AT_ONCE:
                self.full.set()
            assert self.go.wait(PATIENCE)
        if push["serial"] == "bad":
            raise Conflict("bad", zh="不行", en="no")

    def many(self, pushes: list[dict[str, Any]]) -> Sequence[Any]:
        self.calls.append(sorted(push["serial"] for push in pushes))
        return self.answer(self.calls[-1])


def pushed(service: Service, *serials: str) -> dict[str, Future[None]]:
    """What comes of pushes that wait while others are under way."""
    together = Together(service.one, service.many)
    with ThreadPoolExecutor(AT_ONCE + len(serials)) as pool:
        first = [pool.submit(together.send, {"serial": f"first{number}"}) for number in range(AT_ONCE)]
        assert service.full.wait(PATIENCE)
        found = {one: pool.submit(together.send, {"serial": one}) for one in serials}
        while len(together._waiting) < len(serials):
            Event().wait(0.01)
        service.go.set()
    for one in first:
        one.result()
    return found


def test_who_waits_goes_with_the_next_call_and_nobody_twice() -> None:
    service = Service()
    for one in pushed(service, *"abcdefg").values():
        one.result()
    assert sorted(name for call in service.calls[AT_ONCE:] for name in call) == list("abcdefg")
    assert len(service.calls) <= AT_ONCE + AT_ONCE


def test_what_fails_with_others_is_told_its_own_reason_and_the_others_are_stored() -> None:
    service = Service()

    def refuse(_: list[str]) -> Sequence[Any]:
        raise Conflict("bad", zh="不行", en="no")

    service.answer = refuse
    found = pushed(service, "a", "bad", "c")
    for name in ("a", "c"):
        found[name].result()
        assert [name] in service.calls
    with pytest.raises(Conflict):
        found["bad"].result()


def test_what_cannot_go_with_the_others_goes_by_itself() -> None:
    service = Service()
    service.answer = lambda names: [None if name == "b" else {} for name in names]
    for one in pushed(service, "a", "b", "c").values():
        one.result()
    assert ["b"] in service.calls


def test_where_the_service_is_silent_everybody_is_told_and_nothing_is_asked_again() -> None:
    service = Service()

    def silent(_: list[str]) -> Sequence[Any]:
        raise Unavailable("service.silent", zh="无答复", en="silent")

    service.answer = silent
    found = pushed(service, *"abcdef")
    together = {name for call in service.calls if len(call) > 1 for name in call}
    for name, one in found.items():
        assert isinstance(one.exception(), Unavailable) is (name in together)
    assert together


@pytest.mark.parametrize("broken", [lambda _: int("none"), lambda names: [{}] * (len(names) - 1)])
def test_whoever_is_told_that_it_is_stored_was_stored_whatever_breaks(broken: Callable[[list[str]], Any]) -> None:
    service = Service()
    service.answer = broken
    found = pushed(service, *"abcdef")
    together = [call for call in service.calls if len(call) > 1]
    for name, one in found.items():
        assert isinstance(one.exception(), ValueError) or [name] in service.calls
    assert sum(one.exception() is not None for one in found.values()) == len(together) > 0, "the leaders are told"
