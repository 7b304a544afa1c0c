"""Jobs: what was asked for is done, whatever dies on the way; who holds a job's lock is at it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from services.targets.storage.job_tables import jobs
from shared.jsontext import dumps, loads
from shared.pages import keyset

Row = dict[str, Any]
SHOWN = (
    "job", "cycle", "kind", "status", "done", "total", "by", "created_at", "finished_at", "result", "problem",
)  # fmt: skip
_OPEN = ("queued", "running")


class Jobs:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session, self._bureau = session, bureau

    def add(self, row: Mapping[str, Any]) -> None:
        fresh = {"status": "queued", "done": 0, "attempts": 0}
        self._session.execute(insert(jobs), [{**fresh, "bureau": self._bureau, **row}])

    def get(self, code: str) -> Row | None:
        found = self._session.execute(select(jobs).filter_by(bureau=self._bureau, job=code)).mappings().first()
        return dict(found) if found else None

    def page(self, query: Mapping[str, Any]) -> Row:
        statement = select(*(jobs.c[name] for name in SHOWN)).filter_by(bureau=self._bureau)
        statement = statement.filter_by(cycle=query["cycle"]) if query["cycle"] else statement
        return keyset(self._session, statement, order=[jobs.c.job], after=query["after"], limit=query["limit"])

    def lock(self, code: str) -> Row | None:
        """Return the job where it is to be gone on with and nobody else is at
        it; it is this transaction's until its end."""
        taken = text("SELECT pg_try_advisory_xact_lock(hashtext(:name))")
        if not self._session.execute(taken, {"name": f"targets job {code}"}).scalar():
            return None
        found = self.get(code)
        return found if found and found["status"] in _OPEN else None

    def change(self, code: str, **changes: Any) -> None:
        plain = {name: loads(dumps(one)) if name in ("result", "problem") else one for name, one in changes.items()}
        self._session.execute(update(jobs).filter_by(bureau=self._bureau, job=code).values(**plain))


def unfinished(session: Session) -> list[Row]:
    """Return every bureau's jobs that are not finished, the oldest first, with in whose name they are done."""
    statement = select(jobs.c.bureau, jobs.c.job, jobs.c.actor).where(jobs.c.status.in_(_OPEN))
    return [dict(row) for row in session.execute(statement.order_by(jobs.c.created_at)).mappings()]
