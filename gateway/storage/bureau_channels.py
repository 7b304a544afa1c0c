"""A bureau's webhooks and robots. Address and secret are sealed with KAOHE_SECRET: whoever reads the database cannot use them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from gateway.auth.secrets import seal_of
from gateway.channels.webhooks import Webhook
from gateway.storage.channel_tables import bureau_channels as table
from shared.errors import NotFound
from shared.jsontext import dumps, loads

t = table.c
_PURPOSE = b"channels of bureaus"
SHOWN = tuple(column for column in table.c if column.name not in ("sealed", "bureau"))


class BureauChannels:
    def __init__(self, session: Session) -> None:
        self._session = session

    def all_of(self, bureau: str) -> list[dict[str, Any]]:
        statement = select(*SHOWN).where(t.bureau == bureau).order_by(t.channel)
        return [dict(row) for row in self._session.execute(statement).mappings()]

    def get(self, bureau: str, channel: str, *, lock: bool = False) -> dict[str, Any]:
        """Return all of a channel; ``NotFound`` where the bureau has none of this name."""
        statement = select(table).where(t.bureau == bureau, t.channel == channel)
        row = self._session.execute(statement.with_for_update() if lock else statement).mappings().first()
        if row is None:
            raise NotFound("channel.unknown", zh="没有这个通知通道", en="there is no such channel")
        return dict(row)

    def active(self, bureau: str) -> list[dict[str, Any]]:
        rows = self._session.execute(select(t.channel, t.form).where(t.bureau == bureau, t.active)).mappings()
        return [dict(row) for row in rows]

    def named(self, channels: Iterable[str]) -> dict[str, dict[str, Any]]:
        rows = self._session.execute(select(table).where(t.channel.in_(list(channels)), t.active)).mappings()
        return {row["channel"]: dict(row) for row in rows}

    def add(self, row: Mapping[str, Any]) -> None:
        self._session.execute(table.insert(), [dict(row)])

    def change(self, channel: str, values: Mapping[str, Any]) -> None:
        self._session.execute(update(table).where(t.channel == channel).values(**values))

    def drop(self, channel: str) -> None:
        self._session.execute(delete(table).where(t.channel == channel))

    def note(self, channel: str, at: datetime, failure: str | None) -> None:
        """Note how the last sending went; ``failure`` is None where it arrived."""
        how = {"succeeded_at": at} if failure is None else {"failed_at": at, "failure": failure}
        self._session.execute(update(table).where(t.channel == channel).values(**how))


def sealed(url: str, secret: str) -> bytes:
    return seal_of(_PURPOSE).encrypt(dumps({"url": url, "secret": secret}).encode())


def opened(row: Mapping[str, Any]) -> Webhook:
    told = loads(seal_of(_PURPOSE).decrypt(bytes(row["sealed"])))
    return Webhook(row["form"], told["url"], told["secret"])
