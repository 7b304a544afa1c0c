"""No dead letter is lost by looking at it, replaying some or dropping others."""

from collections import deque
from types import SimpleNamespace
from typing import Any

import pika
import pytest

from shared.letters.letter import NotAllowed
from shared.letters.rabbit import RabbitLetters, permitted
from shared.messaging.topology import DEAD
from shared.messaging.wire import ATTEMPT

QUEUE = "targets.UnitChanged.v1--scoring"


class FakeChannel:
    """Queues in memory with the few methods of pika's channel that are used; unacknowledged messages are kept apart."""

    def __init__(self, letters: list[tuple[dict[str, Any], bytes]]) -> None:
        self.queues: dict[str, deque[Any]] = {DEAD: deque()}
        for headers, body in letters:
            self.queues[DEAD].append((pika.BasicProperties(headers=headers), body))
        self.taken: dict[int, Any] = {}
        self.confirms = False

    def confirm_delivery(self) -> None:
        self.confirms = True

    def queue_declare(self, queue: str, *, passive: bool) -> Any:
        return SimpleNamespace(method=SimpleNamespace(message_count=len(self.queues[queue])))

    def basic_get(self, queue: str) -> Any:
        if not self.queues[queue]:
            return None, None, None
        properties, body = self.queues[queue].popleft()
        tag = len(self.taken) + 1
        self.taken[tag] = (properties, body)
        return SimpleNamespace(delivery_tag=tag), properties, body

    def basic_publish(self, exchange: str, queue: str, body: bytes, properties: Any, *, mandatory: bool) -> None:
        assert exchange == ""
        assert mandatory
        assert self.confirms
        self.queues.setdefault(queue, deque()).append((properties, body))

    def basic_ack(self, tag: int) -> None:
        self.taken[tag] = None

    def bodies(self, queue: str) -> list[bytes]:
        return [body for _, body in self.queues.get(queue, ())]


def letter(body: bytes, **headers: Any) -> tuple[dict[str, Any], bytes]:
    return {"kaohe_queue": QUEUE, "kaohe_reason": "boom", "kaohe_trace": "trace", ATTEMPT: 14, **headers}, body


@pytest.fixture
def channel() -> FakeChannel:
    return FakeChannel([letter(b"[1]"), letter(b"[2,3]"), letter(b"broken")])


def test_looking_keeps_every_letter_in_order_with_its_reason(channel: FakeChannel) -> None:
    box = RabbitLetters(channel)  # type: ignore[arg-type]
    for _ in range(30):
        found = box.all()
    assert channel.bodies(DEAD) == [b"[1]", b"[2,3]", b"broken"]
    assert [(one.queue, one.reason, one.states) for one in found] == [
        (QUEUE, "boom", 1),
        (QUEUE, "boom", 2),
        (QUEUE, "boom", 0),
    ]


def test_a_replayed_letter_goes_to_its_queue_with_all_its_attempts_again(channel: FakeChannel) -> None:
    box = RabbitLetters(channel)  # type: ignore[arg-type]
    wanted = box.all()[1].id
    assert box.replay(lambda one: one.id == wanted) == 1
    assert channel.bodies(DEAD) == [b"[1]", b"broken"]
    ((properties, body),) = channel.queues[QUEUE]
    assert body == b"[2,3]"
    assert properties.headers == {}


def test_a_dropped_letter_is_gone_and_the_others_stay(channel: FakeChannel) -> None:
    box = RabbitLetters(channel)  # type: ignore[arg-type]
    dropped = box.all()[0].id
    assert box.drop(lambda one: one.id == dropped) == 1
    assert channel.bodies(DEAD) == [b"[2,3]", b"broken"]


def test_what_the_broker_itself_rejected_tells_its_queue(channel: FakeChannel) -> None:
    death = [{"queue": "declarations.X.v1--scoring", "reason": "delivery_limit"}]
    box = RabbitLetters(FakeChannel([({"x-death": death}, b"[]")]))  # type: ignore[arg-type]
    (found,) = box.all()
    assert found.queue == "declarations.X.v1--scoring"
    assert "delivery_limit" in found.reason


def test_a_letter_that_cannot_be_published_again_is_not_acknowledged(channel: FakeChannel) -> None:
    def unroutable(*args: Any, **kwargs: Any) -> None:
        raise pika.exceptions.UnroutableError([])

    box = RabbitLetters(channel)  # type: ignore[arg-type]
    channel.basic_publish = unroutable  # type: ignore[method-assign]
    with pytest.raises(pika.exceptions.UnroutableError):
        box.replay(lambda _: True)
    assert channel.taken[1] is not None


def test_what_the_broker_refuses_to_this_account_is_told_as_that_and_any_other_end_as_itself() -> None:
    with pytest.raises(NotAllowed, match="access to queue"), permitted():
        raise pika.exceptions.ChannelClosedByBroker(403, "access to queue 'kaohe.dead' refused")
    with pytest.raises(pika.exceptions.ChannelClosedByBroker), permitted():
        raise pika.exceptions.ChannelClosedByBroker(404, "no queue")
