"""What whoever runs the installation is told of queues and dead letters: whose they are and what they are about, never what stands in them."""

import json
from typing import Any

from shared.actor import Actor, Grant
from shared.errors import Forbidden
from shared.events import REGISTRY
from shared.letters import Letter, Letters

MOST, SUBJECTS = 500, 10
_RUNS = Grant("admin", "installation")


def check_runs(actor: Actor) -> None:
    """Refuse whoever does not administer the installation: its queues hold what is every bureau's."""
    if _RUNS not in actor.grants:
        raise Forbidden(
            "running.admin_only", zh="运行状况由系统管理员查看", en="only administrators of the installation"
        )


def described(queue: str) -> dict[str, str]:
    """Tell which event waits in a queue, and who takes it."""
    event, _, taker = queue.partition("--")
    return {"queue": queue, "event": event if event in REGISTRY else "", "taker": taker}


def all_letters(box: Letters) -> dict[str, Any]:
    found = box.all()
    return {"items": [_told(one) for one in found[:MOST]], "total": len(found)}


def _told(letter: Letter) -> dict[str, Any]:
    subjects = _subjects(letter)
    whole = {**described(letter.queue), "letter": letter.id, "states": letter.states, "subjects": subjects}
    return {**whole, "reason": letter.reason, "trace": letter.trace}


def _subjects(letter: Letter) -> list[str]:
    """The aggregates that the letter's states are of, by the keys that their event names."""
    kind = REGISTRY.get(described(letter.queue)["event"])
    if kind is None or not letter.states:
        return []
    states = [state for state in json.loads(letter.body)[:SUBJECTS] if isinstance(state, dict)]
    return [kind.subject(state) for state in states if all(name in state for name in kind.key)]
