"""Jobs: a bureau's proposals accepted unit by unit, each in a transaction of its own; proposals and targets made, with progress.

A job is gone on with by whichever replica looks first. What it has done is committed together with how far it has come, so that
one that is interrupted goes on where it was, and nothing is claimed twice.
"""

from time import monotonic

from services.targets.domain import permissions
from services.targets.storage.jobs import Asked, Job, Jobs, unfinished
from services.targets.usecases import accepting, allocations, generation
from services.targets.usecases.guards import changeable, known_cycle, need, open_cycle
from services.targets.usecases.sharing import scored_units
from shared.actor import Actor
from shared.batches import answering
from shared.clock import now
from shared.contracts.targets.commands.claims import AcceptProposals
from shared.contracts.targets.commands.jobs import JobQuery, OneJob, StartJob
from shared.database import Row, Session, Sessions
from shared.errors import Conflict, Problem
from shared.ids import new_id
from shared.logs import log
from shared.problems import as_problem
from shared.vocabulary.refusals import missing

ATTEMPTS = 3  # a step that failed this often, each time for another reason than a rule, is given up
PROGRESS = 0.5  # seconds between two notes of how far a step has come


def start_job(session: Session, actor: Actor, command: StartJob) -> Row:
    """Start a job: what can be refused is refused here; the job itself begins within a few seconds."""
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"])
    units: list[str] = []
    if command["kind"] == "accept":
        open_cycle(session, actor, command["cycle"])
        units = sorted(unit.unit for unit in scored_units(session, actor))
    else:
        changeable(cycle)
    code = new_id()
    body = Asked(units=units, natures=command["natures"])
    job = Job(code, cycle.cycle, command["kind"], body, actor.to_json(), actor.account, len(units), now())
    Jobs(session, actor.bureau).add(job)
    return _shown(session, actor, code)


def read_job(session: Session, actor: Actor, query: OneJob) -> Row:
    need(permissions.may_see_drafts(actor))
    return _shown(session, actor, str(query["job"]))


def list_jobs(session: Session, actor: Actor, query: JobQuery) -> Row:
    need(permissions.may_see_drafts(actor))
    return Jobs(session, actor.bureau).page(query)


def to_do(session: Session) -> list[tuple[Actor, str]]:
    """Return the jobs that are not finished, each with in whose name it is done."""
    return [(Actor.from_json(whose), code) for whose, code in unfinished(session)]


def go_on(sessions: Sessions, actor: Actor, code: str) -> bool:
    """Do the next step of a job; False where there is none, or another replica is at it."""
    try:
        with answering(), sessions.begin(actor) as session:
            job = Jobs(session, actor.bureau).lock(code)
            return job is not None and _step(sessions, session, actor, job)
    except Exception as error:
        problem = as_problem(error)
        if problem is None:
            log.exception("a step of a job failed", job=code)
        return _failed(sessions, actor, code, problem)


def _step(sessions: Sessions, session: Session, actor: Actor, job: Job) -> bool:
    kinds = {"accept": _accept, "propose": _propose, "generate": _generate}
    result, done = kinds[job.kind](session, actor, job, _Noting(sessions, actor, job.job))
    finished = done >= job.total
    total = max(done, job.total)
    end = {"status": "done", "finished_at": now()} if finished else {"status": "running"}
    Jobs(session, actor.bureau).change(job.job, result=result, done=done, total=total, attempts=0, **end)
    return not finished


def _accept(session: Session, actor: Actor, job: Job, _noting: "_Noting") -> tuple[Row, int]:
    """One unit: its own proposals and its people's."""
    units, done = job.body["units"], job.done
    so_far = job.result or {"claimed": 0, "skipped": 0, "reasons": []}
    if done >= len(units):
        return so_far, done
    asked = AcceptProposals(cycle=job.cycle, scope="unit", unit=units[done], natures=job.body["natures"])
    found = accepting.accept_whole_unit(session, actor, asked)
    return {
        "claimed": so_far["claimed"] + found["claimed"],
        "skipped": so_far["skipped"] + found["skipped"],
        "reasons": [*so_far["reasons"], *found["reasons"]][: accepting.MOST_TOLD],
    }, done + 1


def _propose(session: Session, actor: Actor, job: Job, noting: "_Noting") -> tuple[Row, int]:
    made = allocations.propose_allocations(session, actor, {"cycle": job.cycle}, noting)
    return made, noting.total


def _generate(session: Session, actor: Actor, job: Job, noting: "_Noting") -> tuple[Row, int]:
    return generation.generate_targets(session, actor, {"cycle": job.cycle}, noting), noting.total


def _failed(sessions: Sessions, actor: Actor, code: str, problem: Problem | None) -> bool:
    """A rule's refusal ends the job, and says why; whatever else went wrong is tried again."""
    with sessions.begin(actor) as session:
        stored = Jobs(session, actor.bureau)
        job = stored.lock(code)
        if job is None:
            return False
        passing = problem is None or problem.status >= 500 or problem.code in ("state.contended", "revision.race")
        if passing and job.attempts + 1 < ATTEMPTS:
            stored.change(code, attempts=job.attempts + 1)
            return True
        told = problem or Conflict("job.given_up", zh="任务多次中断，已放弃", en="the job was interrupted too often")
        stored.change(code, status="failed", finished_at=now(), problem=told.to_json())
    return False


class _Noting:
    """Notes how far a step has come, in transactions of their own, so that others see it before the step is committed."""

    def __init__(self, sessions: Sessions, actor: Actor, code: str) -> None:
        self._sessions, self._actor, self._code = sessions, actor, code
        self._last = 0.0
        self.total = 0

    def __call__(self, done: int, total: int) -> None:
        self.total = total
        if monotonic() - self._last < PROGRESS:
            return
        self._last = monotonic()
        with self._sessions.begin(self._actor) as session:
            Jobs(session, self._actor.bureau).change(self._code, status="running", done=done, total=total)


def _shown(session: Session, actor: Actor, code: str) -> Row:
    found = Jobs(session, actor.bureau).get(code)
    if found is None:
        raise missing("job.unknown", "没有这项任务", "there is no such job")
    return found.shown
