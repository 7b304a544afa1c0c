"""Reading the wire form of a state that one of our services wrote, by functions that are made once for each class.

marshmallow's schema says what fits an event. These readers take nothing but the very form in which we write: whatever else
comes raises ``UNUSUAL`` here, and the schema reads it or refuses it with its reasons (tests hold the two equal).
"""

import dataclasses
import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, get_type_hints

Reader = Callable[[Any], Any]

UNUSUAL = (KeyError, ValueError, ArithmeticError)


def reader(hint: Any) -> Reader:
    """Return a function from the wire form of a value of the type ``hint`` to that value."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        (inner,) = [argument for argument in arguments if argument is not type(None)]
        return _or_none(reader(inner))
    if origin in (list, tuple):
        return _sequence(origin, reader(arguments[0]))
    if origin is dict:
        return _mapping(reader(arguments[1]))
    if dataclasses.is_dataclass(hint):
        return _members(hint)
    return _PLAIN[hint]


def _members(cls: Any) -> Reader:
    hints = get_type_hints(cls)
    readers = [(one.name, reader(hints[one.name])) for one in dataclasses.fields(cls)]
    number = len(readers)

    def read(value: Any) -> Any:
        if type(value) is dict and len(value) == number:
            return cls(**{name: read_member(value[name]) for name, read_member in readers})
        raise ValueError

    return read


def _or_none(inner: Reader) -> Reader:
    return lambda value: None if value is None else inner(value)


def _sequence(made: Callable[[Any], Any], inner: Reader) -> Reader:
    def read(value: Any) -> Any:
        if type(value) is list:
            return made([inner(one) for one in value])
        raise ValueError

    return read


def _mapping(inner: Reader) -> Reader:
    def read(value: Any) -> Any:
        if type(value) is dict:
            return {_text(key): inner(one) for key, one in value.items()}
        raise ValueError

    return read


def _text(value: Any) -> str:
    if type(value) is str:
        return value
    raise ValueError


def _truth(value: Any) -> bool:
    if value is True or value is False:
        return value
    raise ValueError


def _integer(value: Any) -> int:
    if type(value) is int:
        return value
    raise ValueError


def _decimal(value: Any) -> Decimal:
    number = Decimal(_text(value))
    if number.is_finite():
        return number
    raise ValueError


def _instant(value: Any) -> datetime:
    at = datetime.fromisoformat(_text(value))
    if at.utcoffset() is not None:
        return at
    raise ValueError


def _anything(value: Any) -> Any:
    if value is not None:
        return value
    raise ValueError


_PLAIN: dict[Any, Reader] = {
    str: _text,
    bool: _truth,
    int: _integer,
    Decimal: _decimal,
    date: lambda value: date.fromisoformat(_text(value)),
    datetime: _instant,
    Any: _anything,
}
