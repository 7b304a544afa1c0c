"""What happened to a case: events that are only ever added to. What is put right is a new event that names the old one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.complaints.domain.settings import DEFAULT

REGISTER, CORRECT, ANNUL = "register", "correct", "annul"
PUTTING_RIGHT = frozenset({CORRECT, ANNUL})
# What says who has the case, after its registration.
DISPATCHING = frozenset({"assign", "send_back", "return_transfer"})


@dataclass(frozen=True)
class Event:
    """``number``: its place in the order of recording, from 1. ``happened_at``: when it is said to have happened.

    ``account``, ``person``: who recorded it. ``on_behalf_of``: for whom. ``names``: the event that it puts right.
    ``inherited``: told by the release that kept no history. ``late_after``: the days after which an entry was late when it was made.
    """

    number: int
    name: str
    recorded_at: datetime
    happened_at: datetime
    account: str
    person: str | None
    given: Mapping[str, Any]
    why: str = ""
    on_behalf_of: str | None = None
    names: int | None = None
    inherited: bool = False
    late_after: int = DEFAULT.late_entry_days


def effective(events: Iterable[Event]) -> list[Event]:
    """Return what stands, in the order in which it happened: corrected events as corrected, annulled ones left out."""
    listed = sorted(events, key=lambda one: one.number)
    dead = annulled(listed)
    standing = {one.number: one for one in listed if one.number not in dead}
    for one in listed:
        if one.name == CORRECT and one.number in standing and one.names in standing:
            standing[one.names] = _corrected(standing[one.names], one)
    return sorted((one for one in standing.values() if one.name not in PUTTING_RIGHT), key=order)


def annulled(events: Sequence[Event]) -> set[int]:
    """Return the numbers of the events that are annulled; an annulment that is itself annulled annuls nothing."""
    dead: set[int] = set()
    for one in sorted(events, key=lambda each: -each.number):
        if one.name == ANNUL and one.number not in dead and one.names is not None:
            dead.add(one.names)
    return dead


def told_by(new: Event, history: Iterable[Event]) -> Event:
    """Return what ``new``, which is in ``history``, says: itself, or the event whose time it corrects, as it stands now."""
    if new.name != CORRECT or not new.given.get("at"):
        return new
    return next((one for one in effective(history) if one.number == new.names), new)


def order(event: Event) -> tuple[bool, datetime, int]:
    """Return the key by which events follow each other: the registration, then by time,
    and of one moment as they were recorded."""
    return event.name != REGISTER, event.happened_at, event.number


def _corrected(old: Event, correction: Event) -> Event:
    """A time that is put right is as late as its correction was recorded."""
    changes: Mapping[str, Any] = correction.given["changes"]
    right = replace(old, given={**old.given, **changes})
    at = correction.given.get("at")
    if at is None or at == old.happened_at:
        return right
    return replace(right, happened_at=at, recorded_at=correction.recorded_at, late_after=correction.late_after)
