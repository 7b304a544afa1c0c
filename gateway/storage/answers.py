"""Answers kept for 24 hours under (account, Idempotency-Key)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, select, text
from sqlalchemy.engine import Connection

from gateway.storage.tables import answers

KEPT = timedelta(hours=24)
Beside = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Answer:
    fingerprint: bytes
    status: int | None
    content_type: str | None
    etag: str | None
    body: bytes | None
    created_at: datetime


class Answers:
    """``connection``: each statement commits by itself (``Sessions.begin_single``)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, account: str, key: str, fingerprint: bytes, at: datetime, lease: timedelta) -> Answer | None:
        """Claim the key. None: it is now this request's. Otherwise what is known of the request that has it.

        What is older than a day goes; so does a claim older than ``lease`` without an answer: its process died.
        """
        row = {"account": account, "key": key, "fingerprint": fingerprint, "at": at}
        taken = self._connection.execute(_CLAIM, {**row, "old": at - KEPT, "dead": at - lease}).first()
        return None if taken else self._find(account, key) or Answer(fingerprint, None, None, None, None, at)

    def keep(self, account: str, key: str, answer: Answer, beside: Beside | None = None) -> None:
        """Keep the answer; ``beside``: statements with their parameters that travel with it, and whose failure takes nothing of it back."""
        values = {
            "status": answer.status,
            "content_type": answer.content_type,
            "etag": answer.etag,
            "body": answer.body,
        }
        more, more_values = beside or ("", {})
        statement = f"BEGIN; {_KEEP}; COMMIT; {more}" if more else _KEEP
        self._connection.execute(text(statement), {"account": account, "key": key, **values, **more_values})

    def release(self, account: str, key: str) -> None:
        self._connection.execute(delete(answers).where(_is(account, key)))

    def _find(self, account: str, key: str) -> Answer | None:
        columns = [answers.c[name] for name in Answer.__dataclass_fields__]
        row = self._connection.execute(select(*columns).where(_is(account, key))).first()
        return Answer(*row) if row else None


# As texts, and as few as can be: every POST passes through both.
_CLAIM = text("""
    WITH forgotten AS (
        DELETE FROM gateway.answers WHERE account = :account AND created_at < :old AND key <> :key
    )
    INSERT INTO gateway.answers AS held (account, key, fingerprint, created_at)
    VALUES (:account, :key, :fingerprint, :at)
    ON CONFLICT (account, key) DO UPDATE
    SET fingerprint = excluded.fingerprint, created_at = excluded.created_at,
        status = NULL, content_type = NULL, etag = NULL, body = NULL
    WHERE held.created_at < :old OR held.status IS NULL AND held.created_at < :dead
    RETURNING key""")
_KEEP = """
    UPDATE gateway.answers SET status = :status, content_type = :content_type, etag = :etag, body = :body
    WHERE account = :account AND key = :key"""


def _is(account: str, key: str) -> ColumnElement[bool]:
    return (answers.c.account == account) & (answers.c.key == key)
