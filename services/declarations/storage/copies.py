"""What hardly ever changes, kept in memory: cycles, timetables, rules, terms, the library, units with their heads, delegations.

Each bureau has a revision of all that; the tables' own triggers (migration 0020) raise it in the transaction that changes them, whoever that is, and
to a value that never was there before. A transaction reads it once, and takes from memory what was read under that same revision: what
it sees is never older than its beginning, in any process and in any database.
"""

import pickle
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from threading import Lock
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import Column, Uuid, bindparam, select
from sqlalchemy.orm import Session

from services.declarations.storage.columns import code, table

T = TypeVar("T")
LARGEST = 8 * 1024 * 1024  # bytes as pickled; some three times that in memory

slow_revision = table(
    "slow_revision",
    code("bureau", primary_key=True),
    Column("revision", Uuid, nullable=False),
)
_REVISION = select(slow_revision.c.revision).where(slow_revision.c.bureau == bindparam("bureau"))
_INFO = "slow_revisions"
_ABSENT: Any = object()
_NOTHING = "there is no such thing"


class Memory:
    """Values by key, at most ``largest`` bytes of them as pickled: what was asked longest ago goes first."""

    def __init__(self, largest: int = LARGEST) -> None:
        self.size, self._largest, self._lock = 0, largest, Lock()
        self._held: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def find(self, key: Hashable) -> Any:
        with self._lock:
            if key not in self._held:
                return _ABSENT
            self._held.move_to_end(key)
            return self._held[key][0]

    def keep(self, key: Hashable, value: Any) -> None:
        size = len(pickle.dumps((key, value)))
        with self._lock:
            self.size += size - self._held.pop(key, (None, 0))[1]
            self._held[key] = value, size
            while self.size > self._largest:
                self.size -= self._held.popitem(last=False)[1][1]


MEMORY = Memory()


def held(session: Session, bureau: str, what: Hashable, read: Callable[[], T]) -> T:
    """Return what ``read`` would: of ``bureau``, from tables with triggers only. Nobody may change what is returned."""
    return held_each(session, bureau, what, [None], lambda _: {None: read()})[None]


def held_each(
    session: Session, bureau: str, what: Hashable, codes: Iterable[Any], read: Callable[[list[Any]], dict[Any, T]]
) -> dict[Any, T]:
    """Do the same code by code: ``read`` is asked for those that are not in memory, and leaves out what there is not."""
    revision = _revision(session, bureau)
    found = {one: MEMORY.find((revision, what, one)) for one in codes} if revision else dict.fromkeys(codes, _ABSENT)
    missing = [one for one, value in found.items() if value is _ABSENT]
    if missing:
        known = read(missing)
        found |= {one: known.get(one, cast(T, _NOTHING)) for one in missing}
        # What was changed since the revision was read belongs to another one.
        if revision and session.execute(_REVISION, {"bureau": bureau}).scalar() == revision:
            for one in missing:
                MEMORY.keep((revision, what, one), found[one])
    return {one: value for one, value in found.items() if value is not _NOTHING}


def look_again(session: Session) -> None:
    """Let what follows in this transaction be read anew: it changed something itself, or waited for who does."""
    session.info.pop(_INFO, None)


def _revision(session: Session, bureau: str) -> UUID | None:
    """Return the revision in this transaction; None where nothing was ever told of the bureau."""
    known: dict[str, UUID | None] = session.info.setdefault(_INFO, {})
    if bureau not in known:
        known[bureau] = session.execute(_REVISION, {"bureau": bureau}).scalar()
    return known[bureau]
