"""Messages that lie ready when a worker begins are handled in one transaction, and nobody can tell."""

from collections.abc import Callable
from contextvars import copy_context
from types import SimpleNamespace
from typing import Any

import pytest

from shared.events import UnitChanged
from shared.events.declaring import event_type
from shared.messaging import events
from shared.messaging.events import EventEntrypoint
from shared.messaging.together import check_alone
from shared.messaging.wire import ATTEMPT, REQUEST_ID

KIND = event_type(UnitChanged)


class Container:
    """Workers wait for a slot until ``work``; threads of the entrypoint run at once."""

    service_name = "scoring"

    def __init__(self, handler: Callable[[list[Any]], None]) -> None:
        self.handler, self.waiting, self.taken = handler, list[Any](), list[list[str]]()

    def spawn_worker(
        self, _entrypoint: Any, args: Any, _kwargs: Any, context_data: Any, handle_result: Callable[..., Any]
    ) -> None:
        self.waiting.append((args, context_data, handle_result))

    def spawn_managed_thread(self, function: Callable[[], None]) -> None:
        function()

    def work(self) -> None:
        while self.waiting:
            copy_context().run(self._work, *self.waiting.pop(0))

    def _work(self, args: Any, _context: Any, handle_result: Callable[..., Any]) -> None:
        error = None
        (states,) = args
        self.taken.append([state.unit for state in states])
        try:
            self.handler(states)
        except Exception as fault:
            error = (type(fault), fault, None)
        handle_result(None, None, error)


class World:
    def __init__(self, monkeypatch: pytest.MonkeyPatch, handler: Callable[[list[Any]], None] = lambda _: None) -> None:
        self.container = Container(handler)
        self.entrypoint = EventEntrypoint(UnitChanged)
        self.entrypoint.container = self.container
        self.entrypoint.queue = SimpleNamespace(name="queue")
        self.acknowledged, self.retried = list[str](), list[str]()
        self.entrypoint.queue_consumer = SimpleNamespace(ack_message=lambda one: self.acknowledged.append(one.name))
        monkeypatch.setattr(events, "retry_later", lambda one, *_: self.retried.append(one.name))

    def come(self, *units: str, bureau: str = "B", **more: Any) -> None:
        body = [KIND.dump(unit(one, bureau)) for one in units]
        headers = {REQUEST_ID: f"r-{units[0]}"} | more.get("headers", {})
        delivered = {"redelivered": more.get("redelivered", False)}
        message = SimpleNamespace(headers=headers, delivery_info=delivered, name="+".join(units))
        self.entrypoint.handle_message(body, message)

    def work(self) -> list[list[str]]:
        """Return the units of each transaction."""
        self.container.work()
        taken, self.container.taken = self.container.taken, []
        return taken


def unit(code: str, bureau: str) -> UnitChanged:
    return UnitChanged(
        bureau=bureau,
        unit=code,
        revision=1,
        name=code,
        kind="station",
        line="access",
        parent=None,
        active=True,
        by="hr",
    )


def test_what_lies_ready_is_one_transaction_and_each_is_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(monkeypatch)
    world.come("A")
    world.come("B", "C")
    world.come("D")
    assert world.acknowledged == []
    assert world.work() == [["A", "B", "C", "D"]]
    assert world.acknowledged == ["A", "B+C", "D"]
    world.come("E")
    assert world.work() == [["E"]], "what began takes nothing more"


def test_one_aggregate_twice_other_bureaus_and_what_failed_before_are_handled_by_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World(monkeypatch)
    world.come("A")
    world.come("A")
    world.come("A", bureau="C")
    world.come("B", bureau="C", headers={ATTEMPT: 1})
    world.come("D", bureau="C", redelivered=True)
    assert world.work() == [["A"], ["A"], ["A"], ["B"], ["D"]]


def test_no_more_states_than_a_message_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(monkeypatch)
    world.come(*map(str, range(150)))
    world.come(*map(str, range(150, 200)))
    world.come("one more")
    assert [len(one) for one in world.work()] == [200, 1]


def test_one_that_fails_does_not_take_the_others_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(states: list[Any]) -> None:
        if any(state.unit == "cursed" for state in states):
            raise RuntimeError("never")

    world = World(monkeypatch, fail)
    for one in ("A", "cursed", "B"):
        world.come(one)
    assert world.work() == [["A", "cursed", "B"], ["A"], ["cursed"], ["B"]]
    assert world.retried == ["cursed"]
    assert sorted(world.acknowledged) == ["A", "B", "cursed"]


def test_what_goes_on_record_does_so_under_its_own_request(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(monkeypatch, lambda _: check_alone())
    world.come("A")
    world.come("B")
    assert world.work() == [["A", "B"], ["A"], ["B"]]
    assert world.retried == [] and world.acknowledged == ["A", "B"]
    world.come("C")
    world.come("D")
    assert world.work() == [["C"], ["D"]], "it is tried once"
