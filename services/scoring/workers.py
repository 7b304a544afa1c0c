"""The worker processes of this service process: started when there is something to compute, kept for the next time.

Waiting for one is waiting for a pipe, which lets other green threads run (under eventlet, ``subprocess`` and ``threading`` are its own).
"""

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from shared.actor import Actor
from shared.database import Sessions
from shared.errors import Problem, Unavailable
from shared.jsontext import dumps, loads
from shared.settings import settings

AT_ONCE = 2
Row = dict[str, Any]


class WorkerFault(Exception):
    """A task failed by a fault of ours; its text is the worker's traceback."""


class Workers:
    """Workers on one database. ``ask`` may be called from many threads; who comes when all are busy waits."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._idle: list[subprocess.Popen[bytes]] = []
        self._room = threading.Semaphore(AT_ONCE)
        self._stopped = False

    def ask(self, task: str, actor: Actor, body: Mapping[str, Any]) -> Row:
        """Return the task's result. Raises its ``Problem``, ``Unavailable`` where the worker
        died, ``WorkerFault`` for our own faults."""
        with self._room:
            worker = self._worker()
            answer = _exchange(worker, dumps({"task": task, "actor": actor.to_json(), "body": body}))
            if answer is None:
                _end(worker)
                zh, en = "核算进程中断，请重试", "the computing process was interrupted; try again"
                raise Unavailable("worker.interrupted", zh=zh, en=en)
            self._idle.append(worker)
            if self._stopped:  # meanwhile: nobody else would end it
                self.stop()
        if "problem" in answer:
            raise Problem.from_json(answer["problem"])
        if "fault" in answer:
            raise WorkerFault(answer["fault"])
        result: Row = answer["result"]
        return result

    def stop(self) -> None:
        """End the idle workers now, and each that is busy when it has answered."""
        self._stopped = True
        with suppress(IndexError):
            while True:
                _end(self._idle.pop())

    def _worker(self) -> "subprocess.Popen[bytes]":
        while self._idle:
            worker = self._idle.pop()
            if worker.poll() is None:
                return worker
            _end(worker)
        # The embedded system's own keys stand in no environment.
        own = {"KAOHE_DATABASE_URL": self._url, "KAOHE_AUDIT_KEYS": settings.audit_keys}
        environment = {**os.environ, **own}
        command = [sys.executable, "-m", "services.scoring.worker"]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)


_of_database: dict[str, Workers] = {}


def workers_of(sessions: Sessions) -> Workers:
    """Return this process's workers on the database of ``sessions``."""
    url = sessions.engine.url.render_as_string(hide_password=False)
    return _of_database.setdefault(url, Workers(url))


def stop_workers() -> None:
    """End all idle workers; those that compute end after their task, when their stdin is closed with this process."""
    while _of_database:
        _, workers = _of_database.popitem()
        workers.stop()


atexit.register(stop_workers)


def _exchange(worker: "subprocess.Popen[bytes]", task: str) -> Row | None:
    """None where the worker is gone."""
    assert worker.stdin is not None
    assert worker.stdout is not None
    try:
        worker.stdin.write(task.encode() + b"\n")
        worker.stdin.flush()
        line = worker.stdout.readline()
    except OSError:
        return None
    answer: Row | None = loads(line) if line.endswith(b"\n") else None
    return answer


def _end(worker: "subprocess.Popen[bytes]") -> None:
    for pipe in (worker.stdin, worker.stdout):
        with suppress(OSError):  # what was still to be written to a dead worker
            if pipe:
                pipe.close()
    worker.wait()
