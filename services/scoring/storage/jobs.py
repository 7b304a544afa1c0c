"""Jobs: what takes longer than a request, with its progress. A job that was accepted is done, whatever dies on the way."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from services.scoring.storage.run_tables import job
from shared.pages import keyset
from shared.vocabulary.refusals import missing

Row = dict[str, Any]
QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"
SHOWN = ("job", "cycle", "kind", "status", "done", "total", "created_at", "finished_at", "result", "problem")


def add_job(session: Session, row: Row) -> None:
    session.execute(insert(job), [{"status": QUEUED, "done": 0, "total": 0, "attempts": 0, **row}])


def job_of(session: Session, bureau: str, code: str) -> Row:
    found = session.execute(select(job).where(job.c.bureau == bureau, job.c.job == code)).mappings().first()
    if found is None:
        raise missing("job.unknown", "没有这项核算任务", "there is no such job")
    return dict(found)


def page_of_jobs(session: Session, bureau: str, cycle: str | None, *, after: str | None, limit: int) -> Row:
    chosen = select(*(job.c[name] for name in SHOWN)).where(job.c.bureau == bureau)
    chosen = chosen.where(job.c.cycle == cycle) if cycle is not None else chosen
    return keyset(session, chosen, order=[job.c.job], after=after, limit=limit)


def change_job(session: Session, bureau: str, code: str, **changes: Any) -> None:
    session.execute(update(job).where(job.c.bureau == bureau, job.c.job == code).values(**changes))


def finish_job(session: Session, bureau: str, code: str, status: str, at: datetime, **outcome: Any) -> None:
    change_job(session, bureau, code, status=status, finished_at=at, **outcome)


def lock_job(session: Session, code: str) -> bool:
    """Take the job's lock; False where another holds it. It is held as long as the session's
    connection: whoever dies lets go of it by dying."""
    return bool(session.execute(text("SELECT pg_try_advisory_lock(hashtext(:name))"), {"name": f"job {code}"}).scalar())


def unlock_job(session: Session, code: str) -> None:
    session.execute(text("SELECT pg_advisory_unlock(hashtext(:name))"), {"name": f"job {code}"})


def unfinished_jobs(session: Session, older_than: datetime) -> list[Row]:
    chosen = select(job.c.job, job.c.actor).where(job.c.status.in_((QUEUED, RUNNING)), job.c.created_at < older_than)
    return [dict(row) for row in session.execute(chosen.order_by(job.c.created_at)).mappings()]
