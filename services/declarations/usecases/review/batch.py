"""A batch in one of its two ways: all or none, or each entry by itself with what is refused told beside what is done."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from shared.batches import check_no_repetition, each_by_itself, each_row
from shared.vocabulary.refusals import invalid

T = TypeVar("T")
Entry = dict[str, Any]


class Batch:
    """``key``: what no two entries may have in common."""

    def __init__(self, entries: Sequence[Entry], key: Callable[[Entry], Hashable], mode: str) -> None:
        self._entries, self._key, self._each = entries, key, mode == "each"
        self._refused: list[dict[str, Any]] = []
        self.done: Sequence[Entry] = entries
        if not self._each:
            check_no_repetition(entries, key)

    def do(self, act: Callable[[Entry], T]) -> list[T]:
        """Return what ``act`` made of each entry; ``done`` are then those entries that it did not refuse."""
        if not self._each:
            return each_row(self._entries, act)
        seen: set[Hashable] = set()

        def once(entry: Entry) -> T:
            if self._key(entry) in seen:
                raise invalid("batch.repeated", "同一批中重复", "the same thing appears twice in the batch")
            seen.add(self._key(entry))
            return act(entry)

        made, self._refused = each_by_itself(self._entries, once)
        self.done = [self._entries[row] for row, _ in made]
        return [one for _, one in made]

    def refused(self, *names: str) -> dict[str, Any]:
        """Return the member of the answer that tells what was refused, each with the ``names`` of its entry."""
        if not self._each:
            return {}
        return {
            "refused": [{**one, **{name: self._entries[one["row"]][name] for name in names}} for one in self._refused]
        }
