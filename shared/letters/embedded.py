"""Dead letters of the embedded system: messages of the journal in which its broker keeps what has to outlive it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from shared.embedded.journal import Journal
from shared.letters.letter import Choose, Letter
from shared.messaging.topology import DEAD
from shared.messaging.wire import ATTEMPT

_SPENT = ("kaohe_queue", "kaohe_reason", "kaohe_trace", ATTEMPT)


class EmbeddedLetters:
    """The journal is the truth; a system that runs is told what moves in it."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def all(self) -> list[Letter]:
        return [_letter(raw) for _, raw in self._journal.waiting(DEAD)]

    def replay(self, choose: Choose) -> int:
        """Move each chosen letter to the queue it failed in, with all its attempts again."""
        chosen = self._chosen(choose)
        for number, raw in chosen:
            queue = _letter(raw).queue
            raw["headers"] = {name: value for name, value in raw["headers"].items() if name not in _SPENT}
            raw["properties"]["delivery_info"] = {"exchange": "", "routing_key": queue}
            self._journal.move(number, queue, raw)
        return len(chosen)

    def drop(self, choose: Choose) -> int:
        chosen = self._chosen(choose)
        for number, _ in chosen:
            self._journal.forget(number)
        return len(chosen)

    def depths(self) -> dict[str, int]:
        return self._journal.depths()

    def _chosen(self, choose: Choose) -> list[tuple[int, dict[str, Any]]]:
        return [(number, raw) for number, raw in self._journal.waiting(DEAD) if choose(_letter(raw))]


@contextmanager
def embedded_letters(database_url: str) -> Iterator[EmbeddedLetters]:
    journal = Journal(database_url)
    try:
        yield EmbeddedLetters(journal)
    finally:
        journal.close()


def _letter(raw: dict[str, Any]) -> Letter:
    headers = raw.get("headers") or {}
    queue = str(headers.get("kaohe_queue", ""))
    reason = str(headers.get("kaohe_reason", ""))
    return Letter(queue, reason, str(headers.get("kaohe_trace", "")), str(raw["body"]).encode())
