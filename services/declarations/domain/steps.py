"""What was done to an item, told from its states before and after, and the words with which it was done."""

from typing import Any

from services.declarations.domain import appeals, contributions, declarations, orders, spot_checks, temporary
from services.declarations.domain.appeals import Appeal
from services.declarations.domain.contributions import Contribution
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.spot_checks import SpotCheck
from services.declarations.domain.temporary import TemporaryWork
from services.declarations.domain.ways_back import AMEND

_MOVES = {
    "declaration": declarations.STATES.moves,
    "order": orders.STATES.moves,
    "contribution": contributions.STATES.moves,
    "work": temporary.STATES.moves,
    "appeal": appeals.STATES.moves,
    "spot_check": spot_checks.STATES.moves,
}
_KINDS: dict[type, str] = {
    Declaration: "declaration",
    TaskOrder: "order",
    Contribution: "contribution",
    TemporaryWork: "work",
    Appeal: "appeal",
    SpotCheck: "spot_check",
}
_WORDED = {  # steps that are taken with a reason, and where it stands
    Contribution: ("reason", ("return", "reject", "take_back", "call_off", AMEND)),
    TemporaryWork: ("reason", ("return", "reject", "take_back")),
    Appeal: ("decision", ("uphold", "change", "withdraw")),
    SpotCheck: ("reason", ("check", "cancel")),
}


def step_between(kind: str, before: str | None, after: str) -> str:
    """Return the step that leads from one status to the other; the first of those that leave it as it is."""
    found = (step for step, moves in _MOVES[kind].items() if before in moves and moves[before] == after)
    return next(found, AMEND)


def step_and_reason(new: Any, old: Any) -> tuple[str | None, str]:
    """Return what was done to an aggregate and why; no step of kinds that tell
    none. ``old``: None for something new."""
    if isinstance(new, Declaration):
        return _step(new, old), _reason_of_declaration(new, old)
    if isinstance(new, TaskOrder):
        return _of_order(new, old)
    if type(new) not in _KINDS:
        return None, ""
    step = _step(new, old)
    name, worded = _WORDED[type(new)]
    return step, getattr(new, name) if step in worded else ""


def _step(new: Any, old: Any) -> str:
    return step_between(_KINDS[type(new)], old.status if old else None, new.status)


def _of_order(new: TaskOrder, old: TaskOrder | None) -> tuple[str, str]:
    """Progress, another deadline and a correction leave the status as it is: its notes and deadlines tell them apart."""
    if len(new.notes) > len(old.notes if old else ()):
        return str(new.notes[-1]["kind"]), str(new.notes[-1]["text"])
    if len(new.deadlines) > len(old.deadlines if old else ()):
        return "postpone", new.deadlines[-1]["reason"]
    return _step(new, old), ""


def _reason_of_declaration(new: Declaration, old: Declaration | None) -> str:
    """Why it was returned or corrected, where this is what happened to it."""
    if old is None:
        return ""
    return new.reason if new.status == "returned" or new.reason != old.reason else ""
