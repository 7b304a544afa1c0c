"""Dead letters of the embedded broker: looked at, replayed, dropped in its journal."""

from typing import Any

import pytest

from shared.letters.embedded import EmbeddedLetters
from shared.messaging.topology import DEAD
from shared.messaging.wire import ATTEMPT

QUEUE = "targets.UnitChanged.v1--scoring"


class FakeJournal:
    def __init__(self) -> None:
        self.messages: dict[int, tuple[str, dict[str, Any]]] = {}

    def waiting(self, queue: str) -> list[tuple[int, dict[str, Any]]]:
        return [(number, raw) for number, (at, raw) in self.messages.items() if at == queue]

    def move(self, number: int, queue: str, raw: dict[str, Any]) -> None:
        self.messages[number] = (queue, raw)

    def forget(self, number: int) -> None:
        del self.messages[number]


@pytest.fixture
def journal() -> FakeJournal:
    journal = FakeJournal()
    for number, body in enumerate(("[1]", "[2,3]"), start=1):
        headers = {"kaohe_queue": QUEUE, "kaohe_reason": "boom", "kaohe_trace": "trace", ATTEMPT: 14, "kept": "x"}
        journal.messages[number] = (DEAD, {"body": body, "headers": headers, "properties": {"delivery_mode": 2}})
    return journal


def test_looking_shows_queue_and_reason_and_changes_nothing(journal: FakeJournal) -> None:
    found = EmbeddedLetters(journal).all()  # type: ignore[arg-type]
    assert [(one.queue, one.reason, one.states) for one in found] == [(QUEUE, "boom", 1), (QUEUE, "boom", 2)]
    assert len(journal.waiting(DEAD)) == 2


def test_a_replayed_letter_moves_to_its_queue_with_all_its_attempts_again(journal: FakeJournal) -> None:
    box = EmbeddedLetters(journal)  # type: ignore[arg-type]
    wanted = box.all()[0].id
    assert box.replay(lambda one: one.id == wanted) == 1
    ((_, raw),) = journal.waiting(QUEUE)
    assert raw["headers"] == {"kept": "x"}
    assert raw["properties"]["delivery_info"] == {"exchange": "", "routing_key": QUEUE}
    assert len(journal.waiting(DEAD)) == 1


def test_a_dropped_letter_is_gone_and_the_other_stays(journal: FakeJournal) -> None:
    box = EmbeddedLetters(journal)  # type: ignore[arg-type]
    dropped = box.all()[0].id
    assert box.drop(lambda one: one.id == dropped) == 1
    assert [one.states for one in box.all()] == [2]
