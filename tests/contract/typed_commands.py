"""What a service's requests look like once they are decoded, as types (docs/decisions/0007): written from the contracts by
``python -m tests.contract.golden``, so that mypy sees the members of every command and nobody declares them twice."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marshmallow import Schema, fields, missing

from shared.contracts.declarations.forms import ContributionRow, OrderRow, ReviewRow
from shared.contracts.shapes import Exact
from shared.contracts.targets.sheets import SheetBytes
from tests.support.composition import ROOT
from tests.support.contracts import operations

TYPED = ("scoring", "complaints", "targets", "declarations")
READ_APART = (ReviewRow, OrderRow, ContributionRow)  # by the service, entry by entry, so that a fault names its row
HEAD = '"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""\n\n'
PLAIN: tuple[tuple[type[fields.Field[Any]], str], ...] = (
    (Exact, "Decimal"),
    (SheetBytes, "bytes"),
    (fields.AwareDateTime, "datetime"),
    (fields.Date, "date"),
    (fields.UUID, "UUID"),
    (fields.Boolean, "bool"),
    (fields.Integer, "int"),
    (fields.String, "str"),
)
MODULES = {"Decimal": "decimal", "datetime": "datetime", "date": "datetime", "UUID": "uuid"}


def written() -> dict[Path, str]:
    """Return the files: of each typed service one for each family, with a TypedDict for every request and, before it, for the entries in it."""
    return {path: text for service in TYPED for path, text in _of_service(service)}


def _of_service(service: str) -> Iterator[tuple[Path, str]]:
    found = dict[str, type[Schema]]()
    apart = {one for one in READ_APART if one.__module__.startswith(f"shared.contracts.{service}.")}
    asked = {one.request for one in operations() if one.service == service} | apart
    for request in sorted(asked, key=lambda one: one.__name__):
        _gather(request, found)
    folder = ROOT / "shared" / "contracts" / service / "commands"
    yield folder / "__init__.py", HEAD.rstrip() + "\n"
    for family in sorted({_family(one) for one in found.values()}):
        yield folder / f"{family}.py", _file(service, [one for one in found.values() if _family(one) == family], found)


def _family(schema: type[Schema]) -> str:
    return schema.__module__.rpartition(".")[2]


def _gather(schema: type[Schema], found: dict[str, type[Schema]]) -> None:
    """``found``: what stands in others ahead of them."""
    for nested in _entries(schema):
        _gather(nested, found)
    if found.setdefault(schema.__name__, schema) is not schema:
        raise ValueError(f"two requests are called {schema.__name__}")


def _entries(schema: type[Schema]) -> list[type[Schema]]:
    return [nested for one in schema().fields.values() for nested in _nested(one)]


def _nested(field: fields.Field[Any]) -> Iterator[type[Schema]]:
    if isinstance(field, fields.Nested):
        yield type(field.schema)
    elif isinstance(field, fields.List):
        yield from _nested(field.inner)
    elif isinstance(field, fields.Dict) and field.value_field:
        yield from _nested(field.value_field)


def _file(service: str, schemas: list[type[Schema]], found: dict[str, type[Schema]]) -> str:
    body = "\n\n\n".join(map(_class, schemas)) + "\n"
    elsewhere = {one for schema in schemas for one in _entries(schema) if one not in schemas}
    wanted = {"typing": {"TypedDict", *(name for name in ("Any", "NotRequired") if _uses(body, name))}}
    for name, module in MODULES.items():
        if _uses(body, name):
            wanted.setdefault(module, set()).add(name)
    ours: dict[str, set[str]] = {}
    for one in elsewhere:
        ours.setdefault(f"shared.contracts.{service}.commands.{_family(found[one.__name__])}", set()).add(one.__name__)
    blocks = ["\n".join(_import(*one) for one in sorted(some.items())) for some in (wanted, ours) if some]
    return HEAD + "\n\n".join(blocks) + "\n\n\n" + body


def _import(module: str, names: set[str]) -> str:
    return f"from {module} import {', '.join(sorted(names))}"


def _uses(body: str, name: str) -> bool:
    return any(f"{before}{name}{after}" in body for before in (" ", "[") for after in ("\n", "]", "[", " ", ","))


def _class(schema: type[Schema]) -> str:
    members = [_member(field.attribute or name, field) for name, field in sorted(schema().fields.items())]
    return "\n".join([f"class {schema.__name__}(TypedDict):", *(members or ['    """Nothing has to be said."""'])])


def _member(name: str, field: fields.Field[Any]) -> str:
    always = field.required or field.load_default is not missing
    return f"    {name}: {_type(field) if always else f'NotRequired[{_type(field)}]'}"


def _type(field: fields.Field[Any]) -> str:
    """Return the type of what a field is decoded to."""
    return f"{_of_value(field)} | None" if field.allow_none else _of_value(field)


def _of_value(field: fields.Field[Any]) -> str:
    if isinstance(field, fields.Nested):
        return type(field.schema).__name__
    if isinstance(field, fields.List):
        return f"list[{_type(field.inner)}]"
    if isinstance(field, fields.Dict):
        key, value = (_type(one) if one else "Any" for one in (field.key_field, field.value_field))
        return f"dict[{key}, {value}]"
    return next((name for kind, name in PLAIN if isinstance(field, kind)), "Any")
