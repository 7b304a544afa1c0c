"""Histories of cases for tests of the rules: (step, when, what it says), entered at the time it happened or later."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services.complaints.domain.calendars import Calendar
from services.complaints.domain.cases import Case
from services.complaints.domain.events import REGISTER, Event
from services.complaints.domain.history import add, fold
from shared.working_days import WorkingDays

DAYS = WorkingDays()
# What the contract fills in where an entry does not say it.
_SAID: Mapping[str, Mapping[str, Any]] = {
    "assign": {"handler": None},
    "consent": {"matter": "mediation"},
    "conclude": {"recovered": Decimal(0), "voucher": False, "must_tell": False},
    "follow_up": {"satisfaction": None},
}


def moment(text: str | datetime) -> datetime:
    """Ten in the morning in Shanghai on a day of 2026 (05-12) or any (2025-05-12); another hour after a blank."""
    if isinstance(text, datetime):
        return text
    day, hour = [*text.split(" "), "10:00"][:2]
    year = "" if day.count("-") == 2 else "2026-"
    return datetime.fromisoformat(f"{year}{day}T{hour}:00+08:00")


def day(text: str) -> date:
    return moment(text).date()


def registration(received: str | datetime, kind: str = "complaint", **given: Any) -> Event:
    at = moment(received)
    said = {"kind": kind, "organisation": "bureau", "number": "1", "intake_unit": "C01", "summary": "x", "trader": "y"}
    return Event(1, REGISTER, at, at, "clerk", None, {**said, "received_at": at, **given})


def event(
    number: int, step: str, when: str | datetime, given: Mapping[str, Any], recorded: datetime | None = None
) -> Event:
    at = moment(when)
    names = given.get("event")
    said = {**_SAID.get(step, {}), **{name: value for name, value in given.items() if name != "event"}}
    return Event(number, step, recorded or at, at, "clerk", None, said, "理由", names=names)


def lived(history: Sequence[Event], *steps: Sequence[Any], calendar: Calendar = DAYS) -> list[Event]:
    """The history after each of ``steps``, which are refused as a clerk's would be."""
    grown = list(history)
    for step, when, *given in steps:
        said = given[0] if given else {}
        latest = max([moment(when), *(one.recorded_at for one in grown)])
        grown = add("c1", grown, event(len(grown) + 1, step, when, said, recorded=latest), calendar)
    return grown


def case_of(history: Iterable[Event]) -> Case:
    return fold("c1", list(history))
