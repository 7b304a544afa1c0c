"""The parameters of rules as data: a JSON Schema with Chinese titles for forms, English for the API page, and the check of one value.

The schema says all that can be said of a value by itself; how values stand to one another is for ``Rule.faults_between`` to say.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from rules.counting import per_faults, positive_faults
from rules.faults import RuleFault

Schema = dict[str, Any]
ANY_NUMBER = {"type": "string", "pattern": r"^-?[0-9]{1,12}(\.[0-9]{1,6})?$"}
POSITIVE = {**ANY_NUMBER, "pattern": r"^(?=.*[1-9])[0-9]{1,12}(\.[0-9]{1,6})?$", "description": "大于 0"}
SHARE = {
    **ANY_NUMBER,
    "pattern": r"^(-?0+(\.0{1,6})?|0+\.[0-9]{1,6}|0*1(\.0{1,6})?)$",
    "description": "0 至 1 之间的小数",
}
NUMBERS = frozenset(one["pattern"] for one in (ANY_NUMBER, POSITIVE, SHARE))  # texts that are numbers


@dataclass(frozen=True)
class Param:
    """``faults``: of a value and its path, what is wrong with it by itself."""

    schema: Schema
    faults: Callable[[Any, str], Iterable[RuleFault]]
    en: str = ""


def positive(title: str, en: str = "", **more: Any) -> Param:
    """Describe a number above 0."""
    return Param({**POSITIVE, "title": title, **more}, positive_faults, en)


def per(title: str, en: str, each: Mapping[str, str]) -> Param:
    """Describe the points of one, or of one of each kind; ``each``: kind -> one of it in words."""
    table = {
        "type": "object",
        "title": "按事项或级别",
        "minProperties": 1,
        "properties": {key: {**POSITIVE, "title": name} for key, name in each.items()},
        "additionalProperties": POSITIVE,
    }
    return Param({"title": title, "oneOf": [{**POSITIVE, "title": "统一分值"}, table]}, per_faults, en)


def choice(title: str, words: Mapping[str, str]) -> Param:
    """Describe one of a closed list of words; code -> 中文."""
    schema = {"title": title, "enum": list(words), "enumNames": list(words.values())}
    return Param(schema, partial(_choice_faults, title, tuple(words)))


def table_schema(params: Mapping[str, Schema]) -> Schema:
    """Return the schema of an object that has exactly these members."""
    return {"type": "object", "properties": dict(params), "required": list(params), "additionalProperties": False}


def _choice_faults(title: str, words: tuple[str, ...], value: Any, path: str) -> Iterable[RuleFault]:
    if value not in words:
        yield RuleFault(
            f"rule.{path}", path, f"{title}应为 {' 或 '.join(words)}", f"the {path} is {' or '.join(words)}"
        )
