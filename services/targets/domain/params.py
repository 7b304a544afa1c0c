"""rule_params: JSON whose numbers stay the text they were written as."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from services.targets.domain.sheet import PLAIN_NUMBER
from shared.vocabulary.refusals import invalid


def read_params(text: str) -> dict[str, Any]:
    """Return the object in ``text``; raises ``Refused`` for bad JSON, a key
    given twice or a number with an exponent."""
    try:
        params = json.loads(text, parse_float=str, parse_int=str, parse_constant=_constant, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise invalid("params.json", f"不是有效的 JSON：{error}", f"not valid JSON: {error}") from error
    if not isinstance(params, dict):
        raise invalid("params.json", "应为 JSON 对象", "must be a JSON object")
    _check_numbers(params)
    return params


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise invalid("params.key", "JSON 中有重复的键", "a key is given twice")
    return dict(pairs)


def _constant(name: str) -> Any:
    raise ValueError(name)


def _check_numbers(value: Any) -> None:
    if isinstance(value, dict):
        for inner in value.values():
            _check_numbers(inner)
    elif isinstance(value, list):
        for inner in value:
            _check_numbers(inner)
    elif isinstance(value, str) and _is_number(value) and not PLAIN_NUMBER.fullmatch(value):
        raise invalid("params.number", f"{value[:30]} 应写成普通小数", f"{value[:30]} must be a plain decimal")


def _is_number(text: str) -> bool:
    try:
        Decimal(text)
    except InvalidOperation:
        return False
    return True
