"""Batches: all or nothing, and every refused row is named. What the rules refuse becomes the caller's ``Problem`` here."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from shared.errors import Conflict, Forbidden, Invalid, NotFound, PreconditionFailed, Problem
from shared.vocabulary.refusals import Refusal, Refused, missing

E = TypeVar("E")
T = TypeVar("T")
Entry = TypeVar("Entry", bound=Mapping[str, Any])

_PROBLEMS: dict[str, type[Problem]] = {
    "missing": NotFound,
    "forbidden": Forbidden,
    "stale": Conflict,
    "conflict": Conflict,
    "invalid": Invalid,
}  # where rows are refused for several reasons the first of these gives the answer its status


def each_row(entries: Sequence[E], act: Callable[[E], T]) -> list[T]:
    """Do ``act`` to every entry; raises one ``Problem`` that names every entry which was refused."""
    done: list[T] = []
    refused: list[tuple[int, Refusal]] = []
    for row, entry in enumerate(entries):
        try:
            done.append(act(entry))
        except Refused as refusal:
            refused += [(row, one) for one in refusal.refusals]
    if refused:
        raise problem(refused)
    return done


class Batch(Generic[Entry]):
    """Entries of a command: all or none (``mode`` "all"), or each by itself ("each"), with what is refused told beside what is done.

    ``rows``: the entries still in it, each with its place among those that came. ``key``: what no two may have in common.
    """

    def __init__(self, entries: Sequence[Entry], mode: str, key: Callable[[Entry], Hashable] | None = None) -> None:
        self.each = mode == "each"
        self.rows = list(enumerate(entries))
        self._refused: list[tuple[int, Entry, Refusal]] = []
        if key is not None and not self.each:
            check_no_repetition(entries, key)
        elif key is not None:
            self._leave_out_repeated(key)

    @property
    def entries(self) -> list[Entry]:
        return [entry for _, entry in self.rows]

    def do(self, act: Callable[[Entry], T]) -> list[T]:
        """Do ``act`` to every entry; ``entries`` are then those that it did not refuse."""
        if not self.each:
            return each_row(self.entries, act)
        done, kept = [], []
        for row, entry in self.rows:
            try:
                done.append(act(entry))
                kept.append((row, entry))
            except Refused as refusal:
                self._refused += [(row, entry, one) for one in refusal.refusals]
        self.rows = kept
        return done

    def keep(
        self, refusals: Sequence[Refusal | None], none_refused: Callable[[Sequence[Refusal | None]], None]
    ) -> None:
        """Leave out what is refused (None: nothing is wrong with the entry); ``none_refused`` raises where all or none was asked for."""
        if not self.each:
            none_refused(refusals)
        judged = list(zip(self.rows, refusals, strict=True))
        self._refused += [(row, entry, refusal) for (row, entry), refusal in judged if refusal is not None]
        self.rows = [row for row, refusal in judged if refusal is None]

    def refused(self, *names: str, **members: str) -> list[dict[str, Any]]:
        """Return what was left out in the order in which it came, each with the ``names`` of its entry (or member=name)."""
        ordered = sorted(self._refused, key=lambda one: one[0])
        named = {**{name: name for name in names}, **members}
        return [
            {**told(row, refusal), **{member: entry[name] for member, name in named.items()}}
            for row, entry, refusal in ordered
        ]

    def left_out(self, *names: str, **members: str) -> dict[str, Any]:
        """Return the member of the answer that tells what was refused; none where all or none was asked for."""
        return {"refused": self.refused(*names, **members)} if self.each else {}

    def _leave_out_repeated(self, key: Callable[[Entry], Hashable]) -> None:
        first: dict[Hashable, int] = {}
        for row, entry in self.rows:
            first.setdefault(key(entry), row)
        again = [first[key(entry)] != row for row, entry in self.rows]
        self.keep([_REPEATED if one else None for one in again], lambda _: None)


@contextmanager
def answering(*, if_match: bool = False) -> Iterator[None]:
    """Make a ``Problem`` of what a rule refuses outside of any row.
    ``if_match``: its revision came by that header (412)."""
    try:
        yield
    except Refused as refused:
        stale = if_match and any(one.kind == "stale" for one in refused.refusals)
        told = problem([(None, one) for one in refused.refusals])
        raise (PreconditionFailed(told.code, zh=told.zh, en=told.en) if stale else told) from refused


def problem(refused: Sequence[tuple[int | None, Refusal]]) -> Problem:
    """Return the answer to refusals of rows (None: of the command as a whole)."""
    kinds = {refusal.kind for _, refusal in refused}
    cls = next(_PROBLEMS[kind] for kind in _PROBLEMS if kind in kinds)
    first = refused[0][1]
    errors = [told(row, refusal) for row, refusal in refused]
    if len({refusal.code for _, refusal in refused}) == 1:
        return cls(first.code, zh=first.zh, en=first.en, errors=errors)
    return cls(
        "batch.refused",
        zh=f"{len(errors)} 处有误，整批未处理",
        en=f"{len(errors)} places are wrong, nothing was done",
        errors=errors,
    )


_REPEATED = Refusal("invalid", "batch.repeated", "同一批中重复", "the same thing appears twice in the batch")


def check_no_repetition(entries: Iterable[E], key: Callable[[E], Hashable]) -> None:
    """Raise ``Invalid`` naming every entry whose key an earlier one has too."""
    listed = list(entries)
    keys = [key(entry) for entry in listed]
    if all(number == 1 for number in Counter(keys).values()):
        return
    seen: set[Hashable] = set()

    def once(one: Hashable) -> None:
        if one in seen:
            raise Refused(_REPEATED)
        seen.add(one)

    each_row(keys, once)


def pick(found: Mapping[str, T], word: str, wanted: str) -> T:
    """Return the aggregate ``wanted``, as far as this bureau and cycle have it."""
    if wanted not in found:
        raise missing(f"{word}.unknown", f"没有 {wanted}", f"there is no {word.replace('_', ' ')} {wanted}", word)
    return found[wanted]


def told(row: int | None, refusal: Refusal) -> dict[str, Any]:
    """Return how an answer tells that ``refusal`` of a row (None: of the command as a whole)."""
    place = {} if row is None else {"row": row}
    field = {} if refusal.field is None else {"field": refusal.field}
    alias = {} if refusal.alias is None else {"alias": refusal.alias}
    return {**place, **field, **alias, "code": refusal.code, "zh": refusal.zh, "en": refusal.en}
