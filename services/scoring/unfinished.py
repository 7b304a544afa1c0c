"""Jobs are finished: those started in the background, and those whose service process died over them."""

import threading
import time
from typing import Any

from nameko.extensions import DependencyProvider

from services.scoring.usecases.jobs import orphans
from services.scoring.workers import stop_workers, workers_of
from shared.actor import Actor, system
from shared.database import Sessions, open_sessions
from shared.logs import log
from shared.settings import settings

LOOK_AGAIN = 15.0  # seconds


def work_on(sessions: Sessions, code: str, actor: Actor) -> None:
    """Have a worker do the job ``code`` while the caller goes on."""
    threading.Thread(target=_work, args=(sessions, code, actor), daemon=True, name=f"job {code}").start()


def take_up(sessions: Sessions) -> int:
    """Do what nobody else is doing, one after the other; returns how many jobs were looked at."""
    with sessions.begin(system("")) as session:
        left = orphans(session)
    for job in left:
        _work(sessions, job["job"], Actor.from_json(job["actor"]))
    return len(left)


class UnfinishedJobs(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """Looks for jobs without a living worker as long as the service runs."""

    def setup(self) -> None:
        self._stopping = False

    def start(self) -> None:
        self._thread = self.container.spawn_managed_thread(self._run)

    def stop(self) -> None:
        self._stopping = True
        self.container.spawn_managed_thread(stop_workers)

    def get_dependency(self, worker_ctx: Any) -> None:  # noqa: ARG002  # nameko's signature
        return None

    def _run(self) -> None:
        sessions = open_sessions(settings.need("database_url"), self.container.service_name)
        waited = LOOK_AGAIN
        while not self._stopping:
            if waited >= LOOK_AGAIN:
                waited = 0.0
                self._look(sessions)
            time.sleep(0.5)
            waited += 0.5
        sessions.engine.dispose()

    def _look(self, sessions: Sessions) -> None:
        try:
            take_up(sessions)
        except Exception as error:
            log.warning("unfinished jobs wait", reason=f"{type(error).__name__}: {error}")


def _work(sessions: Sessions, code: str, actor: Actor) -> None:
    try:
        workers_of(sessions).ask("job", actor, {"job": code})
    except Exception:
        log.exception("a job was interrupted", job=code)
