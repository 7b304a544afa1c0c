"""A worker process of scoring: takes tasks as lines of JSON on stdin and answers each with a line on stdout.

It computes for seconds at a time, so it runs outside the service, whose green threads would stand still meanwhile. It has no event
loop and no broker: a plain process with its own connection to the database, which ends when its stdin ends.
"""

import os
import sys
import traceback
from typing import Any, BinaryIO

from services.scoring.usecases.tasks import TASKS
from shared import logs
from shared.actor import Actor
from shared.batches import answering
from shared.database import Sessions, open_sessions
from shared.jsontext import dumps, loads
from shared.problems import as_problem
from shared.settings import settings

NICER = 5  # whoever waits for a page goes before whoever waits for a run


def main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints, logs above all, must not come between the answers
    os.nice(NICER)
    logs.configure("scoring-worker", settings.log_level)
    sessions = open_sessions(settings.need("database_url"), "scoring")
    serve(sessions, sys.stdin.buffer, answers)


def serve(sessions: Sessions, tasks: BinaryIO, answers: BinaryIO) -> None:
    for line in tasks:
        answers.write(dumps(_answer(sessions, loads(line))).encode() + b"\n")
        answers.flush()


def _answer(sessions: Sessions, task: dict[str, Any]) -> dict[str, Any]:
    try:
        with answering():
            return {"result": TASKS[task["task"]](sessions, Actor.from_json(task["actor"]), task["body"])}
    except Exception as error:
        problem = as_problem(error)
        return {"problem": problem.to_json()} if problem else {"fault": traceback.format_exc()}


if __name__ == "__main__":
    main()
