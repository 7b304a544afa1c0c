"""Answers kept for 24 hours under (account, Idempotency-Key)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from gateway.storage.tables import answers

KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Answer:
    fingerprint: bytes
    status: int | None
    content_type: str | None
    etag: str | None
    body: bytes | None
    created_at: datetime


class Answers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def claim(self, account: str, key: str, fingerprint: bytes, at: datetime, lease: timedelta) -> Answer | None:
        """None: the key is now this request's. Otherwise what is known of the request that has it.

        What is older than a day goes; so does a claim older than ``lease`` without an answer: its process died.
        """
        mine = answers.c.account == account
        old = answers.c.created_at < at - KEPT
        dead = (answers.c.key == key) & answers.c.status.is_(None) & (answers.c.created_at < at - lease)
        self._session.execute(delete(answers).where(mine & (old | dead)))
        row = {"account": account, "key": key, "fingerprint": fingerprint, "created_at": at}
        taken = self._session.execute(
            upsert(answers).values(row).on_conflict_do_nothing().returning(answers.c.key)
        ).first()
        return None if taken else self._find(account, key) or Answer(fingerprint, None, None, None, None, at)

    def keep(self, account: str, key: str, answer: Answer) -> None:
        values = {
            "status": answer.status,
            "content_type": answer.content_type,
            "etag": answer.etag,
            "body": answer.body,
        }
        self._session.execute(update(answers).where(_is(account, key)).values(values))

    def release(self, account: str, key: str) -> None:
        self._session.execute(delete(answers).where(_is(account, key)))

    def _find(self, account: str, key: str) -> Answer | None:
        columns = [answers.c[name] for name in Answer.__dataclass_fields__]
        row = self._session.execute(select(*columns).where(_is(account, key))).first()
        return Answer(*row) if row else None


def _is(account: str, key: str) -> ColumnElement[bool]:
    return (answers.c.account == account) & (answers.c.key == key)
