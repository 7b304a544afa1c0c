"""Requests that nobody should send, made from the OpenAPI document: the same ones for the same seed.

Each begins with a plausible request for its operation and spoils one or two places of it, so that it comes as deep as it can.
"""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

METHODS = ("get", "post", "put", "patch", "delete")
NASTY: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, -(2**31) - 1, 2**53, 2**63, 10**30, 0.1, -0.0, 1e308, [], {}, [[]], {"a": {}}, [None],
    "", " ", "0", "-1", "NaN", "Infinity", "-0", "1e400", "1e999999999", "-1e-999999999", "5E+17", "1e9", "0." + "3" * 60, "9" * 400, "١٢٣", "true", "null",
    "2026-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "2026-01-01T00:00:00", "9999-12-31T23:59:59+00:00",
    "0001-01-01T00:00:00+14:00", "x" * 5000, "字" * 300, "\u0000", "\ud800", "\ufffe", "\u202e", "🀄" * 70, "'; DROP TABLE x; --",
    "%", "_", "%s", "{0}", "../../etc/passwd", "a/b", "a\nb", "\\", '"', "<script>", "__proto__", "WzFd", "W251bGxd", "e30",
)  # fmt: skip
# Words that mean something in the bureau that is attacked.
KNOWN = (
    "2026", "2026-M01", "2026-Q1", "2026-Y", "D01", "D10", "S01", "B00", "P0001", "P0002", "02-01-01", "05-02-01", "11-04-06",
    "person", "station", "common", "professional", "access", "open", "declared", "staff", "bureau", "1.5", "3", "2026-03-01", "优",
)  # fmt: skip


@dataclass
class Attack:
    method: str
    path: str
    query: dict[str, bytes] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    content_type: str | None = None

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path} {self.query} {self.headers} {self.content_type} {(self.body or b'')[:400]!r}"


def attacks(document: Mapping[str, Any], *, of_each: int, seed: int) -> Iterator[Attack]:
    """``of_each`` attacks on every operation of the document."""
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                dice = random.Random(f"{seed} {method} {path}")
                shared = operations.get("parameters", [])
                for _ in range(of_each):
                    yield _Maker(document, dice).attack(method, path, operations[method], shared)


class _Maker:
    def __init__(self, document: Mapping[str, Any], dice: random.Random) -> None:
        self._document = document
        self._dice = dice

    def attack(self, method: str, path: str, operation: Mapping[str, Any], shared: list[Any]) -> Attack:
        attack = Attack(method, path)
        for parameter in map(self._resolved, [*shared, *operation.get("parameters", [])]):
            self._set_parameter(attack, parameter)
        if self._dice.random() < 0.1:
            attack.query[self._dice.choice(("after", "limit", "colour"))] = _bytes(self._nasty())
        content = self._resolved(operation.get("requestBody", {})).get("content", {})
        if "application/json" in content:
            self._set_json(attack, content["application/json"]["schema"])
        elif "multipart/form-data" in content:
            self._set_upload(attack, list(content["multipart/form-data"]["schema"]["properties"]))
        elif self._dice.random() < 0.2:
            attack.body, attack.content_type = b'{"x":1}', "application/json"
        return attack

    def _set_parameter(self, attack: Attack, parameter: Mapping[str, Any]) -> None:
        name, place = parameter["name"], parameter["in"]
        value = self._plausible(parameter.get("schema", {}))
        if self._dice.random() < 0.25:
            value = self._nasty()
        if place == "path":
            attack.path = attack.path.replace(f"{{{name}}}", quote(_bytes(value), safe="") or "x")
        elif place == "query" and (parameter.get("required") or self._dice.random() < 0.6):
            attack.query[name] = _bytes(value)
        elif place == "header" and self._dice.random() < 0.7:
            values = ["*", '"1"', 'W/"2"', "0", "x", '"' + "9" * 30 + '"', "é", "-1"]
            attack.headers[name] = self._dice.choice(values) if name == "If-Match" else str(self._dice.random())

    def _set_json(self, attack: Attack, schema: Mapping[str, Any]) -> None:
        value = self._plausible(schema)
        for _ in range(self._dice.choice((0, 1, 1, 1, 2))):
            value = self._spoiled(value)
        attack.body = json.dumps(value, ensure_ascii=self._dice.random() < 0.5 or not _encodable(value)).encode()
        attack.content_type = "application/json"
        if self._dice.random() < 0.05:
            attack.body = self._dice.choice(
                (attack.body[: len(attack.body) // 2], b"", b"[" * 5000, b"\xff", b'{"a":NaN}')
            )
        if self._dice.random() < 0.03:
            attack.content_type = self._dice.choice(
                ("text/plain", "application/xml", "multipart/form-data; boundary=x", "")
            )

    def _set_upload(self, attack: Attack, names: list[str]) -> None:
        contents = (
            b"",
            b"\xff\xfe\x00",
            b"code,name\r\n1",
            b"PK\x03\x04" + b"\x00" * 40,
            b"a" * 50_000,
            '"未闭合'.encode(),
            b"\x00",
        )
        parts = b""
        for name in names:
            if self._dice.random() < 0.8:
                head = f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="{self._dice.choice(("a.csv", "a.xlsx", "x"))}"'
                parts += head.encode() + b"\r\n\r\n" + self._dice.choice(contents) + b"\r\n"
        attack.body = parts + b"--b--\r\n" if self._dice.random() < 0.9 else parts[:-10]
        attack.content_type = "multipart/form-data; boundary=b"

    def _plausible(self, schema: Mapping[str, Any], depth: int = 0) -> Any:
        schema = self._resolved(schema)
        for union in ("allOf", "anyOf", "oneOf"):
            if union in schema:
                return self._plausible(self._dice.choice(schema[union]), depth)
        if "enum" in schema:
            return self._dice.choice(schema["enum"])
        make = {"object": self._object, "array": self._array, "integer": self._integer, "string": self._string}
        kind = schema.get("type", "string")
        if isinstance(kind, list):  # OpenAPI 3.1: ["string", "null"]
            kind = self._dice.choice(kind)
        if kind == "null":
            return None
        if kind == "boolean":
            return self._dice.random() < 0.5
        if kind == "number":
            return self._dice.choice((0, 1.5, 3))
        return make[kind](schema, depth)

    def _object(self, schema: Mapping[str, Any], depth: int) -> Any:
        if depth > 5:
            return {}
        needed = schema.get("required", ())
        properties = schema.get("properties", {})
        chosen = [name for name in properties if name in needed or self._dice.random() < 0.5]
        made = {name: self._plausible(properties[name], depth + 1) for name in chosen}
        extra = schema.get("additionalProperties")
        if isinstance(extra, Mapping) and not properties:
            made = {
                self._dice.choice(("done", "count", "numerator", "late", "common", "unit", "x")): self._plausible(
                    extra, depth + 1
                )
            }
        return made

    def _array(self, schema: Mapping[str, Any], depth: int) -> Any:
        items = schema.get("items", {})
        return [
            self._plausible(items, depth + 1) for _ in range(self._dice.choice((1, 1, 2, schema.get("minItems", 1))))
        ]

    def _integer(self, schema: Mapping[str, Any], depth: int) -> Any:
        return self._dice.randint(
            schema.get("minimum", 0), min(schema.get("maximum", 50), schema.get("minimum", 0) + 50)
        )

    def _string(self, schema: Mapping[str, Any], depth: int) -> Any:
        made = {"date": "2026-03-02", "date-time": "2026-03-02T09:00:00+08:00", "decimal": "1.5"}
        if schema.get("format") == "uuid":
            return "0195f0b0-7c1e-7000-8000-000000000001"
        return made.get(schema.get("format", "")) or self._dice.choice(KNOWN)

    def _nasty(self) -> Any:
        return self._dice.choice(NASTY)

    def _spoiled(self, value: Any) -> Any:
        """``value`` with one place inside it changed."""
        if isinstance(value, dict) and value and self._dice.random() < 0.85:
            name = self._dice.choice(list(value))
            if self._dice.random() < 0.1:
                return {key: inner for key, inner in value.items() if key != name}
            if self._dice.random() < 0.05:
                return {**value, str(self._nasty()): 1}
            return {**value, name: self._spoiled(value[name])}
        if isinstance(value, list) and value and self._dice.random() < 0.85:
            if self._dice.random() < 0.15:
                return value * self._dice.choice((2, 501))
            place = self._dice.randrange(len(value))
            return [*value[:place], self._spoiled(value[place]), *value[place + 1 :]]
        return self._nasty()

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in schema:
            found: Any = self._document
            for step in schema["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            schema = found
        return schema


def _bytes(value: Any) -> bytes:
    return str(value).encode("utf-8", "surrogatepass")


def _encodable(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
