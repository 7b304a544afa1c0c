"""The history of a case that the release before kept as one row: the events behind its fields, counting as it counted.

That release knew only who had the case last, so the whole of it lies with them; and a restart had wiped what was missed before.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from services.complaints.domain.cases import start_of
from services.complaints.domain.events import REGISTER, Event

_CONCLUSION = ("outcome", "termination_ground", "recovered", "voucher", "perform_by", "must_tell")
_REPEAT = ("repeat_unit", "repeat_handler", "repeat_concluded")
Step = tuple[str, datetime, Mapping[str, Any]]


def inherited(row: Mapping[str, Any]) -> list[Event]:
    """Return the events behind ``row``, whose members are named as that release's columns."""
    steps = [_registration(row), *sorted(_steps(row), key=lambda one: one[1])]
    return [
        Event(number, name, row["registered_at"], at, "system", None, given, inherited=True)
        for number, (name, at, given) in enumerate(steps, start=1)
    ]


def _registration(row: Mapping[str, Any]) -> Step:
    names = ("kind", "organisation", "number", "intake_unit", "received_at", "summary", "trader")
    held = (row["unit"] or row["intake_unit"], row["handler"])
    return REGISTER, row["registered_at"], {**{name: row[name] for name in names}, "held_by": held}


def _steps(row: Mapping[str, Any]) -> Iterator[Step]:
    if row["assigned_at"]:
        dispatched = {"unit": row["unit"], "handler": row["handler"], "entrusted": row["entrusted"]}
        yield "assign", row["assigned_at"], {**dispatched, "since_receipt": True}
    if row["contacted_at"]:
        yield "contact", row["contacted_at"], {}
    if row["decided_at"]:
        refused = row["refusal_ground"]
        yield ("refuse", row["decided_at"], {"ground": refused}) if refused else ("accept", row["decided_at"], {})
    yield from _clocks(row)
    if row["concluded_at"]:
        yield "conclude", row["concluded_at"], {name: row[name] for name in _CONCLUSION if row[name] is not None}
    yield from _afterwards(row)


def _clocks(row: Mapping[str, Any]) -> Iterator[Step]:
    began = max(row["received_at"], row["decided_at"] or row["received_at"])
    for first, last in row["pauses"]:
        if last is not None and last < first:
            continue  # it was typed backwards and excluded no day
        yield "pause", _moment(first, began), {"ended": last}  # its end may lie past the conclusion
    if row["restarted_on"]:
        yield "restart", _moment(row["restarted_on"], row["received_at"]), {}
    if row["extended_at"]:
        since = _moment(row["restarted_on"], row["received_at"]) if row["restarted_on"] else row["extended_at"]
        yield "extend", max(row["extended_at"], since), {}


def _afterwards(row: Mapping[str, Any]) -> Iterator[Step]:
    after = row["concluded_at"] or row["received_at"]
    if row["performed_on"]:
        yield "perform", _moment(row["performed_on"], start_of(row["performed_on"])), {}
    if row["told_at"]:
        yield "tell", row["told_at"], {}
    if row["followed_up_at"]:
        answer = {"answered": row["answered"], "satisfaction": row["satisfaction"]}
        yield "follow_up", row["followed_up_at"], answer
    if row["repeat_of"]:
        yield "mark_repeat", after, {"original": row["repeat_of"], **{name: row[name] for name in _REPEAT}}


def _moment(day: date, same_day_as: datetime) -> datetime:
    """The beginning of ``day``; on the day of ``same_day_as`` that moment, so that the one does not precede the other."""
    begins = start_of(day)
    return same_day_as if start_of(same_day_as.astimezone(begins.tzinfo).date()) == begins else begins
