"""The histories of cases: rows that are added and never changed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from services.complaints.domain.events import Event
from services.complaints.storage.tables import case_events
from shared.database import Row
from shared.jsontext import dumps
from shared.tables import inserting

_INSTANTS = frozenset({"received_at", "first_received_at", "at", "until", "appointed_for"})
_DAYS = frozenset(
    {
        "knew_on",
        "perform_by",
        "performed_on",
        "since",
        "ended",
        "repeat_concluded",
        "supply_by",
        "new_due",
        "answer_by",
        "withheld_until",
        "due",
    }
)
_MONEY = frozenset({"amount", "recovered", "fined"})


class Histories:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def of(self, codes: Iterable[str]) -> dict[str, list[Event]]:
        """Return each case's events in the order of recording; none for a case that the release before registered."""
        if not (asked := list(codes)):
            return {}
        chosen = select(case_events).where(case_events.c.bureau == self._bureau, case_events.c.code.in_(asked))
        found: dict[str, list[Event]] = {}
        for row in self._session.execute(chosen.order_by(case_events.c.code, case_events.c.number)).mappings():
            found.setdefault(row["code"], []).append(_event(row))
        return found

    def append(self, added: Mapping[str, tuple[str, Sequence[Event]]]) -> None:
        """Add events, where the partitions are (``Cases.save`` makes them). ``added``: case → (its cycle, the new events)."""
        rows = [self._row(code, cycle, one) for code, (cycle, events) in added.items() for one in events]
        if rows:
            self._session.execute(text(inserting(case_events, rows[0])), {"rows": dumps(rows)})

    def _row(self, code: str, cycle: str, event: Event) -> Row:
        own = {name: getattr(event, name) for name in ("number", "name", "recorded_at", "happened_at", "account")}
        more = {
            name: getattr(event, name) for name in ("person", "on_behalf_of", "why", "names", "inherited", "late_after")
        }
        return {**own, **more, "bureau": self._bureau, "cycle": cycle, "code": code, "given": plain(event.given)}


def plain(given: Mapping[str, Any]) -> Row:
    """Return what an event says as JSON has it: days and moments in ISO, money
    as text; what is not said is left out."""
    return {name: _plain(value) for name, value in given.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}  # a correction may say that there is nothing
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return list(value) if isinstance(value, tuple) else value


def _event(row: Any) -> Event:
    names = ("number", "name", "recorded_at", "happened_at", "account", "person", "why", "on_behalf_of", "names")
    return Event(
        **{name: row[name] for name in names},
        inherited=row["inherited"],
        late_after=row["late_after"],
        given=typed(row["given"]),
    )


def typed(given: Mapping[str, Any]) -> Row:
    """Return what an event says from its JSON; undoes ``plain``, but for what was not said."""
    return {name: _value(name, value) for name, value in given.items()}


def _value(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return typed(value)
    if name in _INSTANTS and value:
        return datetime.fromisoformat(value)
    if name in _DAYS and value:
        return date.fromisoformat(value)
    return Decimal(value) if name in _MONEY and value is not None else value
