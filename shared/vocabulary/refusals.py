"""Why something is refused: a value, so that the rules need no framework and a batch can collect one per row."""

from dataclasses import dataclass, replace
from typing import Literal

STALE = "revision.stale"
Kind = Literal["missing", "forbidden", "stale", "conflict", "invalid"]


@dataclass(frozen=True)
class Refusal:
    """``field``: the member of the command, or of its row, that is wrong; ``alias``: the code of the release before."""

    kind: Kind
    code: str
    zh: str
    en: str
    field: str | None = None
    alias: str | None = None


class Refused(Exception):
    """What a rule raises; the edge of the service makes the caller's answer of it (shared/batches.py)."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("; ".join(f"{one.code}: {one.en}" for one in refusals))
        self.refusals = refusals


def invalid(code: str, zh: str, en: str, field: str | None = None) -> Refused:
    """Refuse a value: 422."""
    return Refused(Refusal("invalid", code, zh, en, field))


def conflict(code: str, zh: str, en: str, field: str | None = None) -> Refused:
    """Refuse what the present state does not allow: 409."""
    return Refused(Refusal("conflict", code, zh, en, field))


def forbidden(code: str, zh: str, en: str) -> Refused:
    """Refuse who asks: 403."""
    return Refused(Refusal("forbidden", code, zh, en))


def missing(code: str, zh: str, en: str, field: str | None = None) -> Refused:
    """Refuse an address at which there is nothing: 404."""
    return Refused(Refusal("missing", code, zh, en, field))


def in_field(refused: Refused, field: str) -> Refused:
    """Return ``refused`` with ``field`` named where it named none."""
    return Refused(*(replace(one, field=one.field or field) for one in refused.refusals))


def check_replaces(word: str, seen: int | None, stored: int) -> None:
    """Refuse to replace what was not read: whoever replaces something names its revision."""
    if seen is None:
        zh = f"该项已有内容（第 {stored} 版），请读取后带上版本号再替换"
        en = f"this replaces revision {stored}: read it and name its revision"
        raise invalid("revision.required", zh, en, "revision")
    check_revision(word, seen, stored)


def check_revision(word: str, seen: int | None, stored: int) -> None:
    """Refuse what was decided on a state that has changed meanwhile: 412 where If-Match named it, 409 inside a list.

    ``word``: what it is, for the code that was told before there was one for all.
    """
    if seen is not None and seen != stored:
        raise Refused(
            Refusal(
                "stale",
                STALE,
                f"内容已被他人修改（现为第 {stored} 版），请刷新后重试",
                f"it was changed meanwhile: the revision is {stored}, not {seen}",
                "revision",
                alias=f"{word}.stale",
            )
        )
