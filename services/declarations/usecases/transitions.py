"""One command on a list of aggregates: read and lock them, decide each, write all and record what changed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from services.declarations.domain.contributions import Contribution
from services.declarations.domain.inquiries import Inquiry
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.organisation import Unit
from services.declarations.domain.temporary import TemporaryWork
from services.declarations.domain.vetoes import Veto
from services.declarations.storage.aggregates import Store
from services.declarations.storage.library import need_cycle
from services.declarations.storage.organisation import Organisation
from services.declarations.usecases.events import record_changes
from shared import batches
from shared.actor import Actor
from shared.batches import pick
from shared.database import Row, Session
from shared.vocabulary.refusals import check_revision

A = TypeVar("A", TaskOrder, Contribution, Veto, Inquiry, TemporaryWork)
Entry = TypeVar("Entry", bound=Mapping[str, Any])


class Batch(Generic[Entry]):
    """``entries``: [{word: id, "revision"?, ...}] of one open cycle.

    ``mode``: "all" or none; or "each" by itself, where what is refused is told (``left_out``) beside what is done.
    """

    def __init__(self, session: Session, actor: Actor, cycle: str, entries: Sequence[Entry], mode: str = "all") -> None:
        self.session, self.actor, self.entries, self._mode = session, actor, list(entries), mode
        self.left_out: Row = {}
        self.cycle = need_cycle(session, actor.bureau, cycle)
        self.cycle.check_open()

    def move(self, store: Store[A], word: str, key: str, decide: Callable[[A, Entry, Unit], A]) -> list[A]:
        """Move the aggregates: ``decide(aggregate, entry, unit of its subject)`` for every entry;
        ``entries`` are then those that were not refused."""
        batch = batches.Batch(self.entries, self._mode, lambda entry: entry[key])
        stored = store.by_ids(entry[key] for entry in batch.entries)
        organisation = Organisation(self.session, self.actor.bureau, units={one.unit for one in stored.values()})

        def one(entry: Entry) -> A:
            old = pick(stored, word, entry[key])
            now = decide(old, entry, organisation.unit(old.unit))
            check_revision(word, entry.get("revision"), old.revision)
            return now

        moved = batch.do(one)
        self.entries, self.left_out = batch.entries, batch.left_out(item=key)
        store.change(moved)
        changes = [(now, stored[entry[key]]) for now, entry in zip(moved, self.entries, strict=True)]
        record_changes(self.session, self.actor, changes)
        return moved
