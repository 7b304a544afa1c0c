"""A batch of claims: all or none, or each row by itself, where what is refused falls out and is told beside what is done."""

from collections.abc import Sequence
from typing import Any

from services.targets.usecases.guards import need, none_wrong
from shared.batches import told
from shared.errors import Conflict
from shared.vocabulary.refusals import Refusal

Entry = dict[str, Any]


class Batch:
    """``rows``: the entries still in it, each with its place among those that came."""

    def __init__(self, entries: Sequence[Entry], mode: str) -> None:
        self.each = mode == "each"
        self.rows = list(enumerate(entries))
        self._refused: list[tuple[int, Entry, Refusal]] = []

    @property
    def entries(self) -> list[Entry]:
        return [entry for _, entry in self.rows]

    def keep(self, refusals: Sequence[Refusal | None]) -> None:
        """Leave out what is refused (None: nothing is wrong with the row); raises where all or none was asked for."""
        if not self.each:
            none_refused(refusals)
        judged = list(zip(self.rows, refusals, strict=True))
        self._refused += [(row, entry, refusal) for (row, entry), refusal in judged if refusal is not None]
        self.rows = [row for row, refusal in judged if refusal is None]

    def refused(self) -> list[Entry]:
        """Return what was left out, in the order in which it came, with its indicator and subject."""
        ordered = sorted(self._refused, key=lambda one: one[0])
        return [
            {**told(row, refusal), "indicator": entry["indicator"], "subject": entry["subject"]}
            for row, entry, refusal in ordered
        ]


def none_refused(refusals: Sequence[Refusal | None]) -> None:
    """Raise one problem for all rows that are refused. ``refusals``: one for each row, None where nothing is wrong with it."""
    refused = [(row, one) for row, one in enumerate(refusals) if one is not None]
    need(all(one.kind != "forbidden" for _, one in refused))
    errors = [told(row, one) for row, one in refused]
    if any(one.kind == "conflict" for _, one in refused):
        raise Conflict("claim.exhausted", zh="该指标剩余量不足", en="not enough left of this indicator", errors=errors)
    none_wrong("claims.invalid", errors, zh="认领有误", en="the claims have faults")
