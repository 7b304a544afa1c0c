"""The parameters of the rules, a shape each, made of what the rules say of theirs (rules/params.py, docs/decisions/0332).

Which belong to a rule is checked by the rule itself.
"""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import Length

from rules import RULES
from rules.params import NUMBERS
from shared.contracts.shapes import Document, Either, Exact, described, listing, word

Described = Mapping[str, Any]  # a JSON Schema


def shape_of(rule: str) -> type[Schema]:
    """Return the document of a rule's parameters."""
    members = {name: field_of(param.schema, param.en, required=True) for name, param in RULES[rule].params.items()}
    return Document.from_dict(members, name=f"{rule.capitalize()}Params")


def field_of(schema: Described, description: str = "", **options: Any) -> fields.Field[Any]:
    """Return the field that shows a parameter; of JSON Schema what parameters are described by (numbers are texts there)."""
    if "oneOf" in schema:
        return Either(*(field_of(one) for one in schema["oneOf"]), **described(description, options))
    if "enum" in schema:
        return word(schema["enum"], description, **options)
    if schema["type"] == "array":
        return _list_of(schema, description, options)
    if schema["type"] == "object":
        closed = schema["additionalProperties"] is False
        keys = word(schema["properties"]) if closed else fields.String()
        return fields.Dict(keys=keys, values=Exact(), **described(description, options))
    exact = schema.get("pattern") in NUMBERS
    return Exact(**described(description, options)) if exact else fields.String(**described(description, options))


def _list_of(schema: Described, description: str, options: Mapping[str, Any]) -> fields.Field[Any]:
    if "items" in schema:
        return listing(field_of(schema["items"]), description, **options)
    parts = schema["prefixItems"]
    return fields.List(field_of(parts[0]), validate=Length(equal=len(parts)), **described(description, options))


SHAPES = tuple(map(shape_of, RULES))


class RuleParams(Either):
    """What a rule is told: one of the rules' shapes."""

    default_error_messages = {"invalid": "Not a valid mapping type."}  # noqa: RUF012  # as the library declares it

    def __init__(self, **options: Any) -> None:
        super().__init__(*SHAPES, **options)

    def _deserialize(self, value: Any, *_context: Any, **_options: Any) -> Any:
        if not isinstance(value, Mapping):
            raise self.make_error("invalid")
        return value
