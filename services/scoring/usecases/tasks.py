"""What a worker process can be asked to do: name -> function of (sessions, actor, body)."""

from collections.abc import Callable
from typing import Any

from services.scoring.usecases.certainty import assess_seats
from services.scoring.usecases.jobs import do_job
from services.scoring.usecases.reporting import read_report
from services.scoring.usecases.sensitivity import assess_design, compare_self_scores
from services.scoring.usecases.what_if import try_changes
from services.scoring.usecases.yearly_results import tell_all_results
from shared.actor import Actor
from shared.database import Sessions

Task = Callable[[Sessions, Actor, Any], dict[str, Any]]
TASKS: dict[str, Task] = {
    "job": do_job,
    "seats": assess_seats,
    "what_if": try_changes,
    "design": assess_design,
    "self_scores": compare_self_scores,
    "report": read_report,
    "tell_all_results": lambda sessions, _actor, _body: dict(tell_all_results(sessions)),
}
