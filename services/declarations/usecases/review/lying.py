"""Until when what waits on somebody's desk is to be decided, and who was reminded of it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from services.declarations.domain.deadlines import WAITS_FOR
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.duties import duty
from services.declarations.domain.notices import Key, key_of_neglect, key_of_order, key_of_step
from services.declarations.domain.orders import OPEN, TaskOrder
from services.declarations.domain.organisation import Unit
from services.declarations.domain.permissions import reads_everything
from services.declarations.domain.words import PANEL, PERSON
from services.declarations.storage.lateness import declarations_lying, orders_lying
from services.declarations.storage.library import need_cycle
from services.declarations.storage.naming import code_names
from services.declarations.storage.notices import holders, notices_by_key
from services.declarations.storage.organisation import read_units
from shared.actor import Actor
from shared.clock import today
from shared.contracts.declarations.commands.lateness import LyingQuery
from shared.database import Row, Session
from shared.vocabulary.refusals import forbidden


class _Lies(NamedTuple):
    """``keys``: of the notices that tell of it."""

    due_on: date | None
    keys: tuple[Key, ...] = ()


def list_lying(session: Session, actor: Actor, query: LyingQuery) -> Row:
    """Return, of each item that waits, its day and who was reminded."""
    if not reads_everything(actor):
        raise forbidden("lateness.not_yours", "无权查看期限与提醒", "only who watches over the whole bureau sees this")
    bureau, cycle = actor.bureau, query["cycle"]
    need_cycle(session, bureau, cycle)
    units = read_units(session, bureau)
    known = {**_declared(session, bureau, query, units), **_ordered(session, bureau, query)}
    known |= {(one["kind"], one["fact"]): _Lies(None) for one in query["items"] if one["kind"] == "contribution"}
    asked = [(one["kind"], one["fact"]) for one in query["items"]]
    given = notices_by_key(session, bureau, cycle, [key for lies in known.values() for key in lies.keys])
    who = {key.address: holders(key.address, units) for key in given}
    codes = {key.address.partition(":")[2] for key in given}
    names = code_names(session, bureau, codes.union(*who.values()))
    on = today()

    def reminder(key: Key) -> Row:
        kind, _, code = key.address.partition(":")
        told = {"duty": kind, "of": code, "of_name": names[code], "kind": key.kind, "on": given[key]}
        return {**told, "persons": [names[one] for one in who[key.address]]}

    return {
        "items": [
            {
                "kind": kind,
                "fact": fact,
                "due_on": lies.due_on,
                "late": lies.due_on is not None and lies.due_on < on,
                "reminded": [
                    reminder(key) for key in sorted(lies.keys, key=lambda one: given.get(one, on)) if key in given
                ],
            }
            for kind, fact in asked
            for lies in [known.get((kind, fact))]
            if lies is not None
        ]
    }


def _asked(query: LyingQuery, kind: str) -> list[str]:
    return [one["fact"] for one in query["items"] if one["kind"] == kind]


def _declared(session: Session, bureau: str, query: LyingQuery, units: dict[str, Unit]) -> dict[tuple[str, str], _Lies]:
    found = declarations_lying(session, bureau, query["cycle"], _asked(query, "declaration"))
    return {("declaration", one.declaration): _of_declaration(one, units) for one in found}


def _ordered(session: Session, bureau: str, query: LyingQuery) -> dict[tuple[str, str], _Lies]:
    found = orders_lying(session, bureau, query["cycle"], _asked(query, "task_order"))
    return {("task_order", one.order): _of_order(one) for one in found}


def _of_declaration(one: Declaration, units: dict[str, Unit]) -> _Lies:
    if one.due_on is None:
        return _Lies(None)
    return _Lies(one.due_on, tuple(_keys(one, one.due_on, units)))


def _keys(one: Declaration, due: date, units: dict[str, Unit]) -> Iterator[Key]:
    step = WAITS_FOR[one.status]
    address = duty(one, units[one.unit]).address if one.unit in units else f"above:{one.unit}"
    yield from (key_of_step(address, step, due, late=late) for late in (False, True))
    lain = one.unit if step == "verify" else one.assessor
    above = f"assessor:{PANEL}" if lain == PANEL else f"above:{lain}"
    yield key_of_neglect(above, step, lain, due)


def _of_order(one: TaskOrder) -> _Lies:
    """An order is told of to whoever has to do it; once done, its issuer has no day to judge it by."""
    if one.status not in OPEN:
        return _Lies(None)
    address = f"{'person' if one.layer == PERSON else 'head'}:{one.subject}"
    return _Lies(one.deadline, tuple(key_of_order(address, one.deadline, late=late) for late in (False, True)))
