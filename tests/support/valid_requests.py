"""A request for every operation that its contract takes: each required member with the first value that fits, known things before invented ones."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from marshmallow import Schema, ValidationError, fields

from shared.contracts.operations import Operation

NOBODYS = "01a229f0-1761-77b8-8adc-f63d5d8f1025"
_WORDS = ("一些文字", "a1", "2026", "2026-01", "2026-Q1", "2026-03-02", "08:00", "1", "1.00", "a" * 64)
_OTHERS: Mapping[type[fields.Field[Any]], tuple[Any, ...]] = {
    fields.Boolean: (True,),
    fields.Integer: (1, 0, 5, 30, 2026),
    fields.Decimal: ("1", "0.5"),
    fields.Date: ("2026-03-02",),
    fields.AwareDateTime: ("2026-03-02T09:00:00+08:00",),
    fields.UUID: (NOBODYS,),
    fields.Dict: ({}, {"count": "1"}, {"access": "1"}),
}


def address(one: Operation, known: Mapping[str, Any]) -> str:
    """The path of the operation, with known things in it."""
    path = re.sub(r"<(?:[^:<>]+:)?(\w+)>", lambda found: str(known.get(found[1], NOBODYS)), one.path)
    return f"/api/v1{path}"


def body(one: Operation, known: Mapping[str, Any], more: Mapping[str, Any] = MappingProxyType({})) -> dict[str, Any]:
    """What stands in the request's body, ``more`` included. Raises ``LookupError`` where nothing that is tried fits the contract."""
    placed = {name: known.get(name, NOBODYS) for name in one.parameters} | dict(one.fixed)
    schema = one.request()
    skipped = one.inside - set(placed)
    made = _filled(schema, known, {**placed, **more}, skipped)
    left = {name: told for name, told in schema.validate(made).items() if name not in skipped}
    if left:
        raise LookupError(f"{one.service}.{one.rpc}: {left}")
    return {name: value for name, value in made.items() if name not in placed}


def _filled(
    schema: Schema, known: Mapping[str, Any], placed: Mapping[str, Any], skipped: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """``placed``, the required members, and after them whatever else the schema as a whole asks for."""
    made = dict(placed)
    members = {one.data_key or name: one for name, one in schema.fields.items() if name not in {*skipped, *placed}}
    made |= {name: _value(name, field, known) for name, field in members.items() if field.required}
    for name, field in members.items():
        if name not in made and {"_schema", name} & set(schema.validate(made)):
            made[name] = _value(name, field, known)
    return made


def _value(name: str, field: fields.Field[Any], known: Mapping[str, Any]) -> Any:
    for one in _candidates(name, field, known):
        try:
            field.deserialize(one)
        except ValidationError:
            continue
        return one
    raise LookupError(f"nothing fits {name} {field}")


def _candidates(name: str, field: fields.Field[Any], known: Mapping[str, Any]) -> Iterator[Any]:
    if name in known:
        yield known[name]
    if isinstance(field, fields.Nested):
        yield _filled(field.schema, known, {})
        return
    if isinstance(field, fields.List):
        yield [_value(name.removesuffix("s"), field.inner, known)]
        yield [_value(name, field.inner, known)] * 2
        return
    yield from getattr(field.validate, "choices", ())
    if isinstance(field, fields.String) and not isinstance(field, fields.UUID):
        yield from (NOBODYS, *_WORDS)
    for kind, values in _OTHERS.items():
        if isinstance(field, kind):
            yield from values
    shapes = getattr(field, "shapes", ())
    for shape in shapes:
        yield from _candidates(name, shape, known)
