"""How an event is declared: a frozen dataclass, its owner, its consumers and the key of its aggregate.

    @event(owner="targets", consumers=("scoring",), key=("bureau", "unit"))
    class UnitChanged: ...

The decorator makes the dataclass, derives its marshmallow schema from the annotations and enters it in the registry under
its wire name, ``targets.UnitChanged.v1``. A change of shape is a new version beside the old one, never an edit.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, dataclass_transform, get_type_hints

from marshmallow import RAISE, Schema, fields

from shared.events.reading import UNUSUAL, Reader, reader

_SCALARS: dict[type, type[fields.Field[Any]]] = {
    str: fields.String,
    bool: fields.Boolean,
    date: fields.Date,
    datetime: fields.AwareDateTime,
}


_PLAIN = frozenset((*_SCALARS, int, Decimal))


@dataclass(frozen=True)
class EventType:
    """What the registry knows of one event: ``owner`` publishes it, each of ``consumers`` has a queue of its own for it."""

    name: str
    version: int
    owner: str
    consumers: tuple[str, ...]
    key: tuple[str, ...]
    cls: type
    schema: Schema
    read: Reader

    @property
    def wire_name(self) -> str:
        return f"{self.owner}.{self.name}.v{self.version}"

    def queue(self, consumer: str) -> str:
        """Return the name of the durable queue in which ``consumer`` receives this event; frozen by tests/contract."""
        return f"{self.wire_name}--{consumer}"

    def subject(self, raw: Mapping[str, Any]) -> str:
        """Return what the audit trail calls the aggregate, of a state in its wire form."""
        return "/".join(str(raw[name]) for name in self.key)

    def dump(self, state: Any) -> dict[str, Any]:
        """Return the wire form of a state: what ``schema`` dumps (tests hold them equal), at a sixth of its cost."""
        return {name: _wire(value) for name, value in vars(state).items()}

    def load(self, raw: Mapping[str, Any]) -> Any:
        """Return a state of this event from its wire form; raises
        ``marshmallow.ValidationError`` where it does not fit."""
        try:
            return self.read(raw)
        except UNUSUAL:
            return self.load_slowly(raw)

    def load_slowly(self, raw: Mapping[str, Any]) -> Any:
        """Return what ``schema`` makes of ``raw``: of everything that is not
        written as we write it, and what refuses."""
        return _build(self.cls, self.schema.load(raw))


REGISTRY: dict[str, EventType] = {}
_BY_CLASS: dict[type, EventType] = {}


def event_type(cls_or_state: Any) -> EventType:
    """Return the registered type of an event class or of one of its instances; ``KeyError`` for anything else."""
    cls = cls_or_state if isinstance(cls_or_state, type) else type(cls_or_state)
    return _BY_CLASS[cls]


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(
    *, owner: str, consumers: tuple[str, ...], key: tuple[str, ...], version: int = 1, name: str = ""
) -> Callable[[type], Any]:
    """Register an event class; ``name``: on the wire, where it is not the
    class's own: of a version that was replaced."""

    def register(plain: type) -> Any:
        cls: type = dataclass(frozen=True, kw_only=True)(plain)
        schema = _schema_class(cls)(unknown=RAISE)
        kind = EventType(name or cls.__name__, version, owner, consumers, key, cls, schema, reader(cls))
        if kind.wire_name in REGISTRY:
            raise ValueError(f"{kind.wire_name} is declared twice")
        REGISTRY[kind.wire_name] = kind
        _BY_CLASS[cls] = kind
        return cls

    return register


_hints = cache(get_type_hints)


def _schema_class(cls: type) -> type[Schema]:
    hints = get_type_hints(cls)
    members = {name: _field(hint) for name, hint in hints.items()}
    return Schema.from_dict(members, name=f"{cls.__name__}Schema")


def _field(hint: Any, *, nullable: bool = False) -> fields.Field[Any]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        (inner,) = [argument for argument in arguments if argument is not type(None)]
        return _field(inner, nullable=True)
    common: dict[str, Any] = {"required": True, "allow_none": nullable}
    if hint is Decimal:
        return fields.Decimal(as_string=True, **common)
    if hint is int:
        return fields.Integer(strict=True, **common)
    if hint is Any:
        return fields.Raw(**common)
    if origin in (list, tuple):
        return fields.List(_field(arguments[0]), **common)
    if origin is dict:
        return fields.Dict(keys=fields.String(), values=_field(arguments[1]), **common)
    if dataclasses.is_dataclass(hint):
        return fields.Nested(_schema_class(typing.cast(type, hint)), unknown=RAISE, **common)
    return _SCALARS[hint](**common)


def _wire(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_wire(one) for one in value]
    if isinstance(value, dict):
        return {key: _wire(one) for key, one in value.items()}
    if dataclasses.is_dataclass(value):
        return {name: _wire(one) for name, one in vars(value).items()}
    return value


def _build(hint: Any, value: Any) -> Any:
    """Nested mappings become the nested dataclasses that the annotations name."""
    if value is None or hint in _PLAIN:
        return value
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        (inner,) = [argument for argument in arguments if argument is not type(None)]
        return _build(inner, value)
    if origin in (list, tuple):
        return origin(_build(arguments[0], one) for one in value)
    if origin is dict:
        return {key: _build(arguments[1], one) for key, one in value.items()}
    if dataclasses.is_dataclass(hint):
        cls = typing.cast(type, hint)
        hints = _hints(cls)
        return cls(**{name: _build(hints[name], one) for name, one in value.items()})
    return value
