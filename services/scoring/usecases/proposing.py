"""Problems that a run shows of an indicator, sent to targets as proposals to change it."""

from typing import Any

from services.scoring.domain.permissions import may_read_run
from services.scoring.domain.result_permissions import may_report_problem, who
from services.scoring.domain.run import FROZEN
from services.scoring.storage.problems import SHOWN, add_problem, page_of_problems
from services.scoring.storage.projections import item_of
from services.scoring.usecases.guards import need
from services.scoring.usecases.run_states import run_to_change
from shared.actor import Actor
from shared.clock import now
from shared.contracts.scoring.commands.improvements import NewProblem
from shared.contracts.scoring.commands.scores import RunPage
from shared.database import Session
from shared.events import IndicatorProposed
from shared.ids import new_id
from shared.recording import record

Row = dict[str, Any]


def report_problem(session: Session, actor: Actor, command: NewProblem) -> Row:
    """Keep what an indicator lacks and propose the change; targets' panel decides on what comes of it."""
    need(may_report_problem(actor))
    run = run_to_change(session, actor, command["run"])
    need(may_read_run(actor, published=run.status != FROZEN))
    item_of(session, run.bureau, run.cycle, command["indicator"])
    own = {"bureau": run.bureau, "cycle": run.cycle, "proposal": new_id(), "revision": 1}
    row: Row = {**own, **command, "person": actor.person, "account": actor.account, "at": now()}
    add_problem(session, row)
    record(session, IndicatorProposed(**row, by=who(actor)))
    return {name: row[name] for name in SHOWN}


def list_problems(session: Session, actor: Actor, query: RunPage) -> Row:
    need(may_report_problem(actor))
    return page_of_problems(session, actor.bureau, query)
