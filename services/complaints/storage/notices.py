"""Notices to persons: each kept once, told to whoever shows them (the declarations service) when it may ring."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.complaints.storage.supervision_tables import case_notices
from shared.clock import bureau_date
from shared.events import CaseNotice
from shared.ids import new_id


@dataclass(frozen=True)
class Notice:
    """``about``: with case, kind and address what is told only once. ``on``: the day that it is about."""

    code: str
    kind: str
    about: str
    address: str
    on: date
    zh: str
    en: str
    not_before: datetime
    channel: str = "screen"
    phone: str = ""


class Notices:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def add(self, new: Sequence[Notice]) -> int:
        """Keep those that were not kept before; returns how many."""
        rows = [self._row(one) for one in new]
        if not rows:
            return 0
        statement = insert(case_notices).on_conflict_do_nothing().returning(case_notices.c.notice)
        return len(self._session.execute(statement, rows).all())

    def take_waiting(self, now: datetime, limit: int, channel: str | None = None) -> list[CaseNotice]:
        """Return some that may ring by now, of one ``channel`` where one is named, and note them as sent.

        Those that another sends meanwhile are left to it.
        """
        c = case_notices.c
        own = select(case_notices).where(c.bureau == self._bureau, c.sent_at.is_(None), c.not_before <= now)
        own = own.where(c.channel == channel) if channel else own
        chosen = own.order_by(c.not_before, c.notice).limit(limit).with_for_update(skip_locked=True)
        rows = self._session.execute(chosen).mappings().all()
        sent = [row["notice"] for row in rows]
        if sent:
            done = update(case_notices).where(c.bureau == self._bureau, c.notice.in_(sent))
            self._session.execute(done.values(sent_at=now))
        return [_event(row, now) for row in rows]

    def _row(self, one: Notice) -> dict[str, Any]:
        told = {
            name: getattr(one, name) for name in ("code", "kind", "about", "address", "channel", "phone", "not_before")
        }
        content = {"on": one.on.isoformat(), "zh": one.zh, "en": one.en}
        return {**told, "bureau": self._bureau, "notice": new_id(), "content": content}


def _event(row: Any, now: datetime) -> CaseNotice:
    content = row["content"]
    return CaseNotice(
        bureau=row["bureau"],
        notice=row["notice"],
        revision=1,
        cycle=str(bureau_date(now).year),
        case=row["code"],
        kind=row["kind"],
        about=row["about"],
        address=row["address"],
        channel=row["channel"],
        phone=row["phone"],
        told_on=bureau_date(now),
        due_on=date.fromisoformat(content["on"]),
        zh=content["zh"],
        en=content["en"],
        by="system",
    )
