"""Jobs: asked for in the service, done in a worker process, watched by anyone who may see runs."""

from collections.abc import Callable
from datetime import timedelta
from time import monotonic, sleep
from typing import Any

from services.scoring.domain.permissions import may_freeze, oversees
from services.scoring.storage import jobs as store
from services.scoring.storage.projections import cycle_of
from services.scoring.storage.run_store import Runs
from services.scoring.usecases import publishing, runs, yearly_results
from services.scoring.usecases.completeness import need_every_kind
from services.scoring.usecases.guards import need, need_counted, need_freezable
from shared.actor import Actor
from shared.batches import answering
from shared.clock import now
from shared.contracts.scoring.commands.jobs import OneJob
from shared.contracts.scoring.commands.results import Publishing
from shared.contracts.scoring.commands.runs import NewRun, RunsQuery
from shared.contracts.scoring.commands.scores import OneRun
from shared.database import Session, Sessions
from shared.errors import Conflict, Problem
from shared.ids import new_id
from shared.vocabulary.refusals import conflict

Row = dict[str, Any]
FREEZE, RECOMPUTE, TELL = "freeze", "recompute", "tell"
ATTEMPTS = 3  # a job that killed its worker this often is given up
PATIENCE = 30.0  # seconds that a run waits for facts on their way
PROGRESS = 0.5  # seconds between two notes of the progress
ORPHANED = timedelta(seconds=20)  # after which another service process looks whether a job's worker is still alive


def ask_for_run(session: Session, actor: Actor, command: NewRun) -> Row:
    """Ask for a run; ``command``: {"cycle", "expected"}. What can be refused is refused
    here; the job waits for facts on their way."""
    need(may_freeze(actor))
    need_freezable(actor, cycle_of(session, actor.bureau, command["cycle"])["status"])
    need_counted(actor, command["expected"])
    if command["expected"] is not None:
        need_every_kind(command["expected"])
    return _add(session, actor, FREEZE, command["cycle"], {"expected": command["expected"]})


def ask_for_recomputation(session: Session, actor: Actor, command: OneRun) -> Row:
    need(oversees(actor))
    run = Runs(session, actor.bureau).get(command["run"])
    return _add(session, actor, RECOMPUTE, run.cycle, {"run": run.run})


def publish_run(session: Session, actor: Actor, command: Publishing) -> tuple[Row, Row]:
    """Publish a run, and ask for the job that tells what everyone reached in the
    same transaction so that it cannot be lost."""
    run = publishing.publish_run(session, actor, command)
    return run, _add(session, actor, TELL, run["cycle"], {"run": run["run"]})


def read_job(session: Session, actor: Actor, query: OneJob) -> Row:
    need(oversees(actor))
    found = store.job_of(session, actor.bureau, query["job"])
    return {name: found[name] for name in store.SHOWN}


def list_jobs(session: Session, actor: Actor, query: RunsQuery) -> Row:
    need(oversees(actor))
    return store.page_of_jobs(session, actor.bureau, query["cycle"], after=query["after"], limit=query["limit"])


def outcome(session: Session, actor: Actor, code: str) -> Row:
    """Return a finished job's result; raises the problem with which it ended, ``Conflict`` while it goes on."""
    found = store.job_of(session, actor.bureau, code)
    if found["status"] == store.FAILED:
        raise Problem.from_json(found["problem"])
    if found["status"] != store.DONE:
        raise conflict("job.running", "核算任务仍在进行", "the job is still going on")
    result: Row = found["result"]
    return result


def orphans(session: Session) -> list[Row]:
    """Return jobs that nobody has finished for a while: {"job", "actor"}; most of them are simply long."""
    return store.unfinished_jobs(session, now() - ORPHANED)


def do_job(sessions: Sessions, actor: Actor, body: Row) -> Row:
    """Do the job ``body["job"]`` as the task of a worker, unless another worker is at it or it is finished."""
    code = body["job"]
    with Session(sessions.engine) as holding:
        if not store.lock_job(holding, code):
            return {"job": code, "done": False}
        try:
            return {"job": code, "done": _do(sessions, actor, code)}
        finally:
            store.unlock_job(holding, code)


def _do(sessions: Sessions, actor: Actor, code: str) -> bool:
    with sessions.begin(actor) as session:
        job = store.job_of(session, actor.bureau, code)
        if job["status"] not in (store.QUEUED, store.RUNNING):
            return False
        store.change_job(session, actor.bureau, code, status=store.RUNNING, attempts=job["attempts"] + 1)
    try:
        with answering():
            if job["attempts"] >= ATTEMPTS:
                raise conflict("job.given_up", "核算任务多次中断，已放弃", "the job was interrupted too often")
            result = _KINDS[job["kind"]](sessions, actor, job, _Noting(sessions, actor, code))
    except Problem as problem:
        with sessions.begin(actor) as session:
            store.finish_job(session, actor.bureau, code, store.FAILED, now(), problem=problem.to_json())
        return True
    with sessions.begin(actor) as session:
        store.finish_job(session, actor.bureau, code, store.DONE, now(), result=result)
    return True


def _freeze(sessions: Sessions, actor: Actor, job: Row, progress: "_Noting") -> Row:
    expected = job["body"]["expected"]

    def collect() -> runs.Frozen:
        with sessions.begin(actor) as session:
            return runs.collect_run(session, actor, job["cycle"], expected=expected, progress=progress)

    frozen = _when_arrived(collect)
    with sessions.begin(actor) as session:
        run = runs.freeze_run(session, actor, frozen)
    return {"run": run["run"]}


def _recompute(sessions: Sessions, actor: Actor, job: Row, progress: "_Noting") -> Row:
    with sessions.begin(actor) as session:
        return runs.recompute_run(session, actor, job["body"], progress=progress)


def _tell(sessions: Sessions, actor: Actor, job: Row, _progress: "_Noting") -> Row:
    return dict(yearly_results.tell_results(sessions, actor, job["body"]["run"]))


_KINDS: dict[str, Callable[..., Row]] = {FREEZE: _freeze, RECOMPUTE: _recompute, TELL: _tell}


def _when_arrived(collect: Callable[[], runs.Frozen]) -> runs.Frozen:
    """Events take their way in a moment: what is not there yet is waited for, each try reading as of a new instant."""
    deadline = monotonic() + PATIENCE
    while True:
        try:
            return collect()
        except Conflict as problem:
            if problem.code != "run.facts_missing" or monotonic() > deadline:
                raise
        sleep(0.3)


class _Noting:
    """Notes a job's progress, each time in a transaction of its own, so that others see it."""

    def __init__(self, sessions: Sessions, actor: Actor, code: str) -> None:
        self._sessions, self._actor, self._code = sessions, actor, code
        self._last = 0.0

    def __call__(self, done: int, total: int) -> None:
        if monotonic() - self._last < PROGRESS and done < total:
            return
        self._last = monotonic()
        with self._sessions.begin(self._actor) as session:
            store.change_job(session, self._actor.bureau, self._code, done=done, total=total)


def _add(session: Session, actor: Actor, kind: str, cycle: str, body: Row) -> Row:
    code = new_id()
    own = {"bureau": actor.bureau, "job": code, "cycle": cycle, "kind": kind}
    store.add_job(session, {**own, "body": body, "actor": actor.to_json(), "created_at": now()})
    found = store.job_of(session, actor.bureau, code)
    return {name: found[name] for name in store.SHOWN}
