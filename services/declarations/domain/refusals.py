"""Why something is refused: a value, so that the rules need no framework and a batch can collect one per row."""

from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["missing", "forbidden", "conflict", "invalid"]


@dataclass(frozen=True)
class Refusal:
    kind: Kind
    code: str
    zh: str
    en: str
    column: str | None = None


class Refused(Exception):
    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("; ".join(f"{one.code}: {one.en}" for one in refusals))
        self.refusals = refusals


def invalid(code: str, zh: str, en: str, column: str | None = None) -> Refused:
    return Refused(Refusal("invalid", code, zh, en, column))


def conflict(code: str, zh: str, en: str) -> Refused:
    return Refused(Refusal("conflict", code, zh, en))


def forbidden(code: str, zh: str, en: str) -> Refused:
    return Refused(Refusal("forbidden", code, zh, en))


def missing(code: str, zh: str, en: str, column: str | None = None) -> Refused:
    return Refused(Refusal("missing", code, zh, en, column))


def unknown(code: str, zh: str, en: str, column: str) -> Refused:
    """Something that a row names and that is not there: the row is wrong, not the address."""
    return Refused(Refusal("invalid", code, zh, en, column))


def in_column(refused: Refused, column: str) -> Refused:
    return Refused(*(replace(one, column=one.column or column) for one in refused.refusals))
