"""Batches: all or nothing, and every refused row is named. What the rules refuse becomes the caller's ``Problem`` here."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from shared.errors import Conflict, Forbidden, Invalid, NotFound, PreconditionFailed, Problem
from shared.vocabulary.refusals import Refusal, Refused, invalid, missing

E = TypeVar("E")
T = TypeVar("T")

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


@contextmanager
def answering(*, if_match: bool = False) -> Iterator[None]:
    """Make a ``Problem`` of what a rule refuses outside of any row. ``if_match``: its revision came by that header (412)."""
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


def check_no_repetition(entries: Iterable[E], key: Callable[[E], Hashable]) -> None:
    """Raise ``Invalid`` naming every entry whose key an earlier one has too."""
    listed = list(entries)
    keys = [key(entry) for entry in listed]
    if all(number == 1 for number in Counter(keys).values()):
        return
    seen: set[Hashable] = set()

    def once(one: Hashable) -> None:
        if one in seen:
            raise invalid("batch.repeated", "同一批中重复", "the same thing appears twice in the batch")
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
