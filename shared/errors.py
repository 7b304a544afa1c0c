"""Problems: every error that a caller is meant to understand (RFC 9457), in Chinese and English, with a stable code."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

from marshmallow import ValidationError

from shared.vocabulary.faults import fault_in_chinese

Entry = dict[str, Any]
_WITHIN = ("_schema", "value")  # names of marshmallow's own, for what concerns the whole or a mapping's value


class Problem(Exception):
    """An answer to bad input or a state that does not allow what was asked.

    ``errors`` names the places: dicts with ``field`` or ``row``/``column``, a ``code`` and the texts ``zh`` and ``en``.
    """

    status = 500
    title = "Error"

    def __init__(self, code: str, *, zh: str, en: str, errors: Sequence[Entry] = (), status: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.zh = zh
        self.en = en
        self.errors = list(errors)
        self.status = status if status is not None else type(self).status

    def __str__(self) -> str:
        return f"{self.code}: {self.en}" + (f" {self.errors}" if self.errors else "")

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "status": self.status, "zh": self.zh, "en": self.en, "errors": self.errors}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Problem":
        kind = _BY_STATUS.get(raw["status"], Problem)
        return kind(raw["code"], zh=raw["zh"], en=raw["en"], errors=raw["errors"], status=raw["status"])


class BadRequest(Problem):
    status = 400
    title = "Bad Request"


class Unauthenticated(Problem):
    status = 401
    title = "Unauthorized"


class Forbidden(Problem):
    status = 403
    title = "Forbidden"


class NotFound(Problem):
    status = 404
    title = "Not Found"


class Conflict(Problem):
    status = 409
    title = "Conflict"


class PreconditionFailed(Problem):
    status = 412
    title = "Precondition Failed"


class TooLarge(Problem):
    status = 413
    title = "Content Too Large"


class Invalid(Problem):
    status = 422
    title = "Unprocessable Content"

    @classmethod
    def from_marshmallow(cls, error: ValidationError) -> Self:
        entries = [
            {
                "field": ".".join(path),
                "pointer": "".join(f"/{part}" for part in path),
                "code": "field.invalid",
                "zh": fault_in_chinese(text),
                "en": text,
            }
            for path, text in _messages(error.messages, ())
        ]
        return cls("request.invalid", zh="请求内容有误", en="the request does not fit its schema", errors=entries)


class TooManyRequests(Problem):
    status = 429
    title = "Too Many Requests"


class Unavailable(Problem):
    status = 503
    title = "Service Unavailable"


_BY_STATUS: dict[int, type[Problem]] = {
    kind.status: kind
    for kind in (
        BadRequest,
        Unauthenticated,
        Forbidden,
        NotFound,
        Conflict,
        PreconditionFailed,
        TooLarge,
        Invalid,
        TooManyRequests,
        Unavailable,
    )
}


def _messages(messages: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _messages(inner, path if key in _WITHIN else (*path, str(key)))
    elif isinstance(messages, (list, tuple)):
        for text in messages:
            yield from _messages(text, path)
    else:
        yield path, str(messages)
