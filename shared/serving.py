"""A service as two tables: operation → use case, event → projection.

    OPERATIONS: Operations = {contract.register_cases: cases.register_cases, ...}
    EVENTS: Events = {UnitChanged: copies.keep_units, ...}

    @serves(OPERATIONS, EVENTS)
    class ComplaintsService:
        name = "complaints"
        database = Database()
        relay = OutboxRelay()

An rpc method decodes the request by its contract, opens one transaction and runs one use case in it; an event's handler opens
one and runs the projection. What an operation does in this one transaction is kept only where its permission was asked and granted on
the way (decision 1001); an errand, which commits in parts, asks before its first.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from shared.actor import Actor
from shared.batches import answering
from shared.contracts.operations import Operation
from shared.database import Sessions
from shared.errors import Problem
from shared.messaging.events import on
from shared.messaging.rpc import rpc
from shared.recording import audit
from shared.repetition import check_not_carried_out, holds_key
from shared.vocabulary.permissions import ANYONE, OPERATOR, Asked, asking

Body = dict[str, Any]
Answer = Mapping[str, Any]
UseCase = Callable[[Session, Actor, Any], Answer]
Errand = Callable[[Sessions, Actor, Any], Answer]
Projection = Callable[[Session, Any], None]
Operations = Mapping[Operation, UseCase]
Events = Mapping[type, Projection]
Errands = Mapping[Operation, Errand]
Service = TypeVar("Service", bound=type)
_NONE: Mapping[Any, Any] = MappingProxyType({})
SYSTEM = "system"


class NotAsked(RuntimeError):
    """A use case did not ask the permission that its operation names: a fault of the service."""


def serves(
    operations: Operations,
    events: Events = _NONE,
    *,
    errands: Errands = _NONE,
) -> Callable[[Service], Service]:
    """Give a service class an rpc method for each operation and a handler for each event.

    ``errands``: operations that open their transactions themselves, as they wait for others in between.
    Raises ``ValueError`` where an operation is another service's or a method is tied twice.
    """

    def dress(cls: Service) -> Service:
        for operation, use_case in operations.items():
            _tie(cls, operation, _in_one_transaction(operation, use_case))
        for operation, errand in errands.items():
            _tie(cls, operation, _by_itself(operation, errand))
        for event, projection in events.items():
            setattr(cls, f"take_{event.__name__}", on(event)(_handling(projection)))
        return cls

    return dress


def _tie(cls: Any, operation: Operation, method: Callable[..., Answer]) -> None:
    if operation.service != cls.name or hasattr(cls, operation.rpc):
        raise ValueError(f"{operation.service}.{operation.rpc} cannot be tied to {cls.name}")
    setattr(cls, operation.rpc, rpc(method))


def _in_one_transaction(operation: Operation, use_case: UseCase) -> Callable[..., Answer]:
    def method(self: Any, actor: Actor, body: Body) -> Answer:
        command = operation.decode(body)
        with (
            _knowing_repetitions(self.database, actor),
            _placing(operation),
            answering(if_match=operation.if_match is not None),
            asking() as asked,
            self.database.begin(actor) as session,
        ):
            answer = use_case(session, actor, command)
            _hold(operation, actor, asked, changed=bool(session.info.get("recorded")))
            if operation.looks in asked.granted:
                about = "/".join(str(command[name]) for name in operation.parameters)
                audit(session, action=f"{operation.rpc}.looked", subject=about, before={}, after={})
            return answer

    return method


def _by_itself(operation: Operation, errand: Errand) -> Callable[..., Answer]:
    """An errand has committed by the time that it is held: one that never asked is told as the fault it is, and what it did stands."""

    def method(self: Any, actor: Actor, body: Body) -> Answer:
        command = operation.decode(body)
        with (
            _knowing_repetitions(self.database, actor),
            _placing(operation),
            answering(if_match=operation.if_match is not None),
            asking() as asked,
        ):
            answer = errand(self.database, actor, command)
            _hold(operation, actor, asked, changed=True)
            return answer

    return method


def _handling(projection: Projection) -> Callable[..., None]:
    def handle(self: Any, states: Sequence[Any]) -> None:
        with self.database.begin_handling(states) as session:
            projection(session, states)

    return handle


def _hold(operation: Operation, actor: Actor, asked: Asked, *, changed: bool) -> None:
    """Let no answer out for which the operation's permission was not asked, and of no change for which it was not granted.

    Raises ``NotAsked``, which takes back the transaction that is open. A change that found nothing to do has nothing to answer for.
    """
    if operation.may == ANYONE:
        return
    if operation.may == OPERATOR:
        allowed = actor.account == SYSTEM or actor.has("admin")
    elif operation.reads:
        allowed = operation.may in asked.names
    else:
        allowed = operation.may in asked.granted or not changed
    if not allowed:
        raise NotAsked(f"{operation.service}.{operation.rpc} never asked {operation.may}")


@contextmanager
def _knowing_repetitions(database: Sessions, actor: Actor) -> Iterator[None]:
    """Tell whoever sends a command again that it was carried out, and not that it cannot be because of what it did."""
    try:
        yield
    except Problem:
        if holds_key():
            with database.begin_single() as connection:
                check_not_carried_out(connection, database.schema, actor.account)
        raise


@contextmanager
def _placing(operation: Operation) -> Iterator[None]:
    """Give the faults of rows the JSON pointer (RFC 6901) under which the caller sent them."""
    try:
        yield
    except Problem as problem:
        for entry in problem.errors:
            if pointer := _pointer(operation.batch, entry):
                entry.setdefault("pointer", pointer)
        raise


def _pointer(batch: str, entry: Mapping[str, Any]) -> str:
    row = [batch, str(entry["row"])] if batch and "row" in entry and "sheet" not in entry else []
    field = str(entry.get("field") or "").split(".") if entry.get("field") else []
    return "".join(f"/{part}" for part in (*row, *field))
