"""Reading what a request carries, strictly: whatever could trouble a database or a service further in is refused here."""

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from flask import Request, g
from marshmallow import RAISE, Schema, ValidationError, fields
from webargs import core
from webargs.flaskparser import FlaskParser

from shared.errors import BadRequest, Invalid, Problem

DEPTH = 24
LARGEST = 2**53 - 1  # integers beyond it are not the same number to every reader (RFC 7493 §2.2)
DIGITS = 40
_WHOLE = re.compile(r"-?[0-9]{1,15}")


class StrictParser(FlaskParser):
    """webargs with this gateway's JSON and problems; unknown fields are refused in the body and in the query."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {  # noqa: RUF012  # as the library declares it
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
        "form": RAISE,
    }

    def load_json(self, req: Request, schema: Schema) -> Any:  # noqa: ARG002  # webargs' signature
        g.json_body = json_body(req)
        return g.json_body

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        """Load a query, which knows texts only: the digits of a whole number are
        read as one, so that the schemas can be strict."""
        args = req.args.copy()
        for name, field in schema.fields.items():
            if isinstance(field, fields.Integer):
                args.setlist(name, [_whole(text) for text in args.getlist(name)])
        return self._makeproxy(args, schema)

    def handle_error(self, error: ValidationError, *_: Any, **__: Any) -> NoReturn:
        messages = error.messages
        inner = next(iter(messages.values())) if isinstance(messages, dict) and len(messages) == 1 else messages
        raise Invalid.from_marshmallow(ValidationError(inner)) from error


PARSER = StrictParser()


def _whole(text: str) -> Any:
    return int(text) if _WHOLE.fullmatch(text) else text


def json_body(request: Request) -> Any:
    """Return the JSON of the body, numbers with a fraction as ``Decimal``;
    webargs' ``missing`` where there is no body."""
    raw = request.get_data(cache=True)
    if not raw:
        return core.missing
    if not core.is_json(request.mimetype):
        raise Problem(
            "request.media_type", status=415, zh="请求体应为 application/json", en="the body must be application/json"
        )
    return parse_json(raw)


def parse_json(raw: bytes) -> Any:
    """Parse I-JSON (RFC 7493) within bounds; raises ``BadRequest`` for anything else."""
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_object,
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_no_constant,
        )
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise BadRequest("request.json", zh="请求体不是有效的 JSON", en="the body is not valid JSON") from error
    _check_depth(value)
    return value


def check_texts(texts: Iterable[str]) -> None:
    """Raise ``BadRequest`` where a text holds what PostgreSQL cannot store: NUL or a lone surrogate."""
    for text in texts:
        if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
            raise BadRequest(
                "request.characters", zh="内容含有不允许的字符", en="the request holds characters not allowed"
            )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise BadRequest("request.duplicate", zh="JSON 中有重复的字段", en="a field stands twice in one JSON object")
    return result


def _integer(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > LARGEST:
        raise BadRequest("request.number", zh="数字过大", en="a number is too large")
    return int(digits)


def _decimal(digits: str) -> Decimal:
    try:
        number = Decimal(digits)
    except InvalidOperation:
        number = Decimal("Infinity")
    if len(digits) > DIGITS or not number.is_finite() or abs(number.adjusted()) > DIGITS:
        raise BadRequest("request.number", zh="数字过大或位数过多", en="a number is too large or too long")
    return number


def _no_constant(_: str) -> NoReturn:
    raise BadRequest("request.number", zh="不接受 NaN 或 Infinity", en="NaN and Infinity are not accepted")


def _check_depth(value: Any) -> None:
    """Walks without recursion: strings are checked, nesting is bounded."""
    level: list[Any] = [value]
    for _ in range(DEPTH):
        inner: list[Any] = []
        for one in level:
            if isinstance(one, str):
                check_texts((one,))
            elif isinstance(one, Mapping):
                check_texts(one)
                inner.extend(one.values())
            elif isinstance(one, list):
                inner.extend(one)
        if not inner:
            return
        level = inner
    raise BadRequest("request.depth", zh="JSON 嵌套过深", en="the JSON is nested too deeply")
