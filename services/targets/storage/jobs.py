"""Jobs: what was asked for is done, whatever dies on the way; who holds a job's lock is at it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from services.targets.storage.job_tables import jobs
from services.targets.storage.lists import matching
from shared.contracts.targets.commands.jobs import JobQuery
from shared.database import Row
from shared.jsontext import dumps, loads
from shared.pages import keyset

SHOWN = (
    "job", "cycle", "kind", "status", "done", "total", "by", "created_at", "finished_at", "result", "problem",
)  # fmt: skip
_OPEN = ("queued", "running")


class Asked(TypedDict):
    """What a job of `accept` goes through: the units in their order, and the natures of items without a quantity."""

    units: list[str]
    natures: list[str]


@dataclass(frozen=True)
class Job:
    job: str
    cycle: str
    kind: str  # propose, accept, generate
    body: Asked
    actor: Row  # in whose name it is done
    by: str
    total: int
    created_at: datetime
    status: str = "queued"  # queued, running, done, failed
    done: int = 0
    attempts: int = 0  # in a row that were interrupted
    finished_at: datetime | None = None
    result: Row | None = None  # so far, while it goes on
    problem: Row | None = None

    @property
    def shown(self) -> Row:
        return {name: getattr(self, name) for name in SHOWN}


class Jobs:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session, self._bureau = session, bureau

    def add(self, job: Job) -> None:
        known = {name: value for name, value in vars(job).items() if value is not None}
        self._session.execute(insert(jobs), [{"bureau": self._bureau, **known}])

    def get(self, code: str) -> Job | None:
        found = self._session.execute(select(jobs).filter_by(bureau=self._bureau, job=code)).mappings().first()
        return Job(**{name: found[name] for name in found if name != "bureau"}) if found else None

    def page(self, query: JobQuery) -> Row:
        statement = select(*(jobs.c[name] for name in SHOWN)).filter_by(bureau=self._bureau)
        statement = statement.where(*matching(jobs, cycle=query["cycle"]))
        return keyset(self._session, statement, order=[jobs.c.job], after=query["after"], limit=query["limit"])

    def lock(self, code: str) -> Job | None:
        """Return the job where it is to be gone on with and nobody else is at
        it; it is this transaction's until its end."""
        taken = text("SELECT pg_try_advisory_xact_lock(hashtext(:name))")
        if not self._session.execute(taken, {"name": f"targets job {code}"}).scalar():
            return None
        found = self.get(code)
        return found if found and found.status in _OPEN else None

    def change(self, code: str, **changes: Any) -> None:
        plain = {name: loads(dumps(one)) if name in ("result", "problem") else one for name, one in changes.items()}
        self._session.execute(update(jobs).filter_by(bureau=self._bureau, job=code).values(**plain))


def unfinished(session: Session) -> list[tuple[Row, str]]:
    """Return every bureau's jobs that are not finished, the oldest first, each with in whose name it is done."""
    statement = select(jobs.c.actor, jobs.c.job).where(jobs.c.status.in_(_OPEN))
    return [(row.actor, row.job) for row in session.execute(statement.order_by(jobs.c.created_at))]
