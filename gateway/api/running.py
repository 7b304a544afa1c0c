"""运行: how every part is doing, and the dead letters, for whoever runs the installation (G13)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from marshmallow import fields

from gateway.api.core import Command, Document, batch, blueprint, text
from gateway.current import by_hand, current_actor
from gateway.parts import parts
from gateway.rpc import RemoteFault, ask
from gateway.running import all_letters, check_runs, described
from shared.actor import Actor
from shared.clock import now
from shared.contracts.attendance import operating as of_attendance
from shared.contracts.complaints import operating as of_complaints
from shared.contracts.declarations import operating as of_declarations
from shared.contracts.operations import Operation
from shared.contracts.scoring import operating as of_scoring
from shared.contracts.shapes import listing
from shared.contracts.targets import operating as of_targets
from shared.errors import Conflict, NotFound, Problem, Unavailable
from shared.letters import BrokerAway, Letters, NotAllowed, letters_at
from shared.messaging.topology import DEAD
from shared.operating import operation_of
from shared.recording import audit
from shared.settings import settings
from shared.vocabulary.trails import TRAILS

running = blueprint("running", "运行 how every part is doing, and the dead letters")
running.truthful = True
ASKED = (of_targets, of_declarations, of_attendance, of_complaints, of_scoring)


class PartDocument(Document):
    part = fields.String(required=True, metadata={"description": ", ".join(TRAILS)})
    answers = fields.Boolean(required=True)
    fault = fields.String(required=True, metadata={"description": "why it does not answer; empty else"})
    process = fields.String(required=True, allow_none=True, metadata={"description": "host and process that answered"})
    version = fields.String(required=True, allow_none=True)
    started_at = fields.AwareDateTime(required=True, allow_none=True)
    outbox = fields.Integer(
        required=True, allow_none=True, metadata={"description": "messages that the broker does not have yet"}
    )
    outbox_since = fields.AwareDateTime(required=True, allow_none=True, metadata={"description": "the oldest of them"})


class QueueDocument(Document):
    queue = fields.String(required=True)
    event = fields.String(required=True, metadata={"description": "what waits in it; empty: no event's"})
    taker = fields.String(required=True, metadata={"description": "which service takes it; empty: none by itself"})
    waiting = fields.Integer(required=True)


class OperationDocument(Document):
    at = fields.AwareDateTime(required=True)
    parts = listing(PartDocument)
    broker = fields.String(required=True, metadata={"description": "why the queues cannot be told; empty: they are"})
    queues = listing(QueueDocument, "in which something waits")
    dead = fields.Integer(required=True, allow_none=True, metadata={"description": "dead letters"})


class DeadLetter(Document):
    letter = fields.String(required=True)
    queue = fields.String(required=True)
    event = fields.String(required=True)
    taker = fields.String(required=True)
    states = fields.Integer(required=True, metadata={"description": "how many it carries; 0: it cannot be read"})
    subjects = listing(fields.String(), "what its states are about, the first ten; their contents are not told")
    reason = fields.String(required=True)
    trace = fields.String(required=True)


class DeadLetters(Document):
    items = listing(DeadLetter, "500 at most")
    total = fields.Integer(required=True)


class ChosenLetters(Command):
    letters = batch(text(64, required=True))
    reason = text(2000, required=True)


class MovedLetters(Document):
    moved = fields.Integer(required=True)


@running.route("/operation")
@running.response(200, OperationDocument)
def show_operation() -> dict[str, Any]:
    """运行状况 of every part: who answers, what waits in outboxes and queues, how many dead letters"""
    actor = current_actor()
    check_runs(actor)
    try:
        with _letters() as box:
            depths = box.depths()
            queues = [described(queue) | {"waiting": count} for queue, count in sorted(depths.items()) if count]
            told = {"broker": "", "queues": queues, "dead": depths.get(DEAD, 0)}
    except (Unavailable, Conflict) as error:
        told = {"broker": error.en, "queues": [], "dead": None}
    return {"at": now(), "parts": [_gateway(actor), *(_asked(one.tell_operation) for one in ASKED)], **told}


@running.route("/dead-letters")
@running.response(200, DeadLetters)
def list_dead_letters() -> dict[str, Any]:
    """死信 what could not be handled, with its reason; the oldest first"""
    check_runs(current_actor())
    with _letters() as box:
        return all_letters(box)


@running.route("/dead-letters/replay", methods=["POST"])
@running.arguments(ChosenLetters)
@running.response(200, MovedLetters)
def replay_dead_letters(command: dict[str, Any]) -> dict[str, Any]:
    """重新处理 back to the queues they failed in, once the cause is repaired"""
    return _moved(command, "dead_letters.replayed")


@running.route("/dead-letters/drop", methods=["POST"])
@running.arguments(ChosenLetters)
@running.response(200, MovedLetters)
def drop_dead_letters(command: dict[str, Any]) -> dict[str, Any]:
    """丢弃 for ever, with a reason"""
    return _moved(command, "dead_letters.dropped")


def _moved(command: dict[str, Any], action: str) -> dict[str, Any]:
    """On record before it is done: a letter that is gone and stands nowhere would be the worse of both."""
    actor = by_hand()
    check_runs(actor)
    wanted = set(command["letters"])
    with _letters() as box:
        chosen = [letter for letter in box.all() if letter.id in wanted]
        if missing := wanted - {letter.id for letter in chosen}:
            name = min(missing)
            raise NotFound("letter.unknown", zh=f"没有这封死信 {name}", en=f"there is no dead letter {name}")
        with parts().database.begin(actor) as session:
            for one in chosen:
                after = {"queue": one.queue, "states": one.states, "reason": command["reason"]}
                audit(session, action=action, subject=one.id, before={}, after=after)
        move = box.replay if action.endswith("replayed") else box.drop
        return {"moved": move(lambda letter: letter.id in wanted)}


@contextmanager
def _letters() -> Iterator[Letters]:
    try:
        with letters_at(settings.database_url) as box:
            yield box
    except NotAllowed as error:
        zh = "死信只能由运维人员在服务器上用命令处理（见运行手册）：网关在消息服务上的账号看不到"
        en = (
            "the gateway's account at the broker does not reach the dead letters: kaohe dead-letters on the server does"
        )
        raise Conflict("letters.by_command", zh=zh, en=en) from error
    except BrokerAway as error:
        zh, en = "消息服务没有应答，请稍后重试", f"the broker does not answer: {error}"
        raise Unavailable("broker.absent", zh=zh, en=en) from error


def _gateway(actor: Actor) -> dict[str, Any]:
    with parts().database.begin(actor) as session:
        return {"part": "gateway", "answers": True, "fault": "", **operation_of(session, "gateway")}


def _asked(operation: Operation) -> dict[str, Any]:
    silent = dict.fromkeys(("process", "version", "started_at", "outbox", "outbox_since"))
    try:
        return {"part": operation.service, "answers": True, "fault": "", **silent, **ask(operation, {})}
    except (Problem, RemoteFault) as error:
        fault = error.zh if isinstance(error, Problem) else str(error)
        return {"part": operation.service, "answers": False, "fault": fault, **silent}
