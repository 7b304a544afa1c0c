"""The port of all ways out: a message, and whatever can send one. What leaves is a title and a link, nothing of the text inside."""

from dataclasses import dataclass
from typing import Protocol

from shared.settings import settings
from shared.vocabulary.declarations import NOTICE_KINDS

LIST = "/notices"  # in the console


class NotSent(Exception):
    """Why a message did not leave. ``lasting``: trying again would not help."""

    def __init__(self, reason: str, *, lasting: bool = False) -> None:
        super().__init__(reason)
        # Of what the other side says not every character can be kept.
        self.reason = reason.encode(errors="replace").decode().replace("\0", "")[:500]
        self.lasting = lasting


@dataclass(frozen=True)
class Item:
    title: str
    link: str


@dataclass(frozen=True)
class Message:
    """``key`` is the same however often it is sent. ``person``: whom it is for, by code; ``name``: only for those who want to be
    named."""

    key: str
    kind: str
    items: tuple[Item, ...]
    person: str | None = None
    name: str | None = None


class Channel(Protocol):
    def send(self, message: Message) -> None:
        """Send, or raise ``NotSent``. Returning, it was taken by the other side."""


def item_of(kind: str, count: int, link: str) -> Item:
    """Return what is told outside of a notice of this kind."""
    number = f"（{count} 项）" if count > 1 else ""
    return Item(f"{NOTICE_KINDS.get(kind, kind)}{number}", full_link(link))


def full_link(link: str) -> str:
    return f"{settings.public_url.rstrip('/')}{link or LIST}"
