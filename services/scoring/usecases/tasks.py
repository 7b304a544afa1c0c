"""What a worker process can be asked to do: name -> function of (sessions, actor, body)."""

from collections.abc import Callable
from typing import Any

from services.scoring.usecases.certainty import assess_seats
from services.scoring.usecases.jobs import do_job
from shared.actor import Actor
from shared.database import Sessions

Task = Callable[[Sessions, Actor, dict[str, Any]], dict[str, Any]]
TASKS: dict[str, Task] = {"job": do_job, "seats": assess_seats}
