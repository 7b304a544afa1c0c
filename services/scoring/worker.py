"""A worker process of scoring: takes tasks as lines of JSON on stdin and answers each with a line on stdout.

It computes for seconds at a time, so it runs outside the service, whose green threads would stand still meanwhile. It has no event
loop and no broker: a plain process with its own connection to the database, which ends when its stdin ends.
"""

import os
import sys
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO

from services.scoring.usecases.certainty import assess_seats
from services.scoring.usecases.jobs import do_job
from services.scoring.usecases.reporting import read_report
from services.scoring.usecases.sensitivity import assess_design, compare_self_scores
from services.scoring.usecases.series import read_series
from services.scoring.usecases.what_if import try_changes
from services.scoring.usecases.yearly_results import tell_all_results
from shared import logs
from shared.actor import Actor
from shared.batches import answering
from shared.database import Sessions, open_sessions
from shared.jsontext import dumps, loads
from shared.problems import as_problem
from shared.settings import settings

NICER = 5  # whoever waits for a page goes before whoever waits for a run

# What it can be asked to do: name -> function of (sessions, actor, body).
Task = Callable[[Sessions, Actor, Any], dict[str, Any]]
TASKS: dict[str, Task] = {
    "job": do_job,
    "seats": assess_seats,
    "what_if": try_changes,
    "design": assess_design,
    "self_scores": compare_self_scores,
    "report": read_report,
    "series": read_series,
    "tell_all_results": lambda sessions, _actor, _body: dict(tell_all_results(sessions)),
}


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
