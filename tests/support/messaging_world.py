"""Two small services in a process of their own (they need green threads), for tests/component/shared/test_messaging.py.

    python messaging_world.py DATABASE_URL BROKER_URL STORY

A story publishes, fails, breaks things, and prints what was seen as one line of JSON. ``publish-and-die`` ends by SIGKILL.
"""

import eventlet

eventlet.monkey_patch()

import json  # noqa: E402  # the patch comes first
import os  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections import Counter  # noqa: E402
from collections.abc import Callable  # noqa: E402
from decimal import Decimal  # noqa: E402
from functools import cache  # noqa: E402
from typing import Any  # noqa: E402

from kombu import Connection, Producer  # noqa: E402
from nameko.runners import ServiceRunner  # noqa: E402
from sqlalchemy import text  # noqa: E402

from gateway.multiplexing import RpcClient  # noqa: E402
from shared import logs  # noqa: E402
from shared.actor import Actor, system  # noqa: E402
from shared.database import engine_for  # noqa: E402
from shared.embedded import transport  # noqa: E402
from shared.embedded.journal import Journal  # noqa: E402
from shared.errors import Conflict  # noqa: E402
from shared.events import AttendanceMonthChanged  # noqa: E402
from shared.jsontext import dumps  # noqa: E402
from shared.messaging import consumer, relay, topology  # noqa: E402
from shared.messaging.consumer import broker  # noqa: E402
from shared.recording import record  # noqa: E402
from shared.service import Database, OutboxRelay, on, rpc, service_config  # noqa: E402
from shared.settings import Settings, settings  # noqa: E402
from tests.support.waiting import until  # noqa: E402

RPC_KEYS = f"2:{'o' * 40},3:{'k' * 40}"
STRANGERS = {"unsigned": {}, "key": {9: b"x" * 40}, "forged": {3: b"x" * 40}, "older": {2: b"o" * 40}}
EVENT = "attendance.AttendanceMonthChanged.v1"
taken: Counter[str] = Counter()
failures: Counter[str] = Counter()
connections: Counter[str] = Counter()
handler: Callable[[str], None] = lambda _subject: None  # noqa: E731  # replaced by the stories


class Attendance:
    name = "attendance"
    database = Database()
    relay = OutboxRelay()

    @rpc
    def close_months(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        with self.database.begin(actor) as session:
            for person in body["persons"]:
                record(session, month(person))
        return {"points": Decimal("1.50")}

    @rpc
    def refuse(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        raise Conflict("month.closed", zh="本月已关账", en="the month is closed")


class Declarations:
    name = "declarations"
    database = Database()

    @on(AttendanceMonthChanged)
    def take(self, states: list[AttendanceMonthChanged]) -> None:
        for state in states:
            handler(state.subject)
        with self.database.begin_handling(states) as session:
            statement = text("INSERT INTO declarations.seen VALUES (:subject) ON CONFLICT DO NOTHING")
            session.execute(statement, [{"subject": state.subject} for state in states])
        taken.update(state.subject for state in states)


def month(person: str) -> AttendanceMonthChanged:
    return AttendanceMonthChanged(
        bureau="B", subject=person, layer="person", month="2026-01", revision=1, figures={}, by="hr"
    )


def close(*persons: str) -> None:
    reply = ask("close_months", {"actor": system("B", "r-1").to_json(), "body": {"persons": persons}})
    assert reply["error"] is None, reply


def ask(method: str, kwargs: dict[str, Any], stranger: str = "") -> dict[str, Any]:
    """Ask as the gateway does, or as a ``stranger`` with other keys would."""
    return caller(stranger).call(f"attendance.{method}", dumps({"args": [], "kwargs": kwargs}), {})


@cache
def caller(stranger: str) -> RpcClient:
    keys = STRANGERS[stranger] if stranger else settings.call_keys
    return RpcClient(settings.broker_url, {}, timeout=60, keys=keys)


def seen() -> int:
    with engine_for(settings.database_url, pool_size=1).connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM declarations.seen")).scalar_one())


def dead() -> int:
    with broker() as connection:
        return int(connection.channel().queue_declare(topology.DEAD, passive=True).message_count)


def raw_message(exchange: str, routing_key: str, body: str) -> None:
    with broker() as connection:
        producer = Producer(connection)
        producer.publish(
            body, exchange=exchange, routing_key=routing_key, content_type="application/json", content_encoding="utf-8"
        )


def story_answers() -> dict[str, Any]:
    """A result, a problem, a bug-free malformed request: each is answered."""
    actor = system("B", "r-1").to_json()
    answers: dict[str, Any] = {}
    answers["result"] = ask("close_months", {"actor": actor, "body": {"persons": ["P1"]}})["result"]
    for name, kwargs in (("refuse", {"actor": actor, "body": {}}), ("close_months", {"actor": {}, "body": {}})):
        answers[name] = str(ask(name, kwargs)["error"])
    answers["taken"] = until(lambda: taken["P1"] == 1)
    return answers


def story_forged() -> dict[str, Any]:
    """Requests of somebody who reaches the broker and has no key, another key, or the installation's older one."""
    kwargs = {"actor": system("B", "r-1").to_json(), "body": {"persons": ["P1"]}}
    answers = {name: str(ask("close_months", kwargs, name)["error"]) for name in ("", *STRANGERS)}
    return {**answers, "lines": audited()}


def audited() -> int:
    with engine_for(settings.database_url, pool_size=1).connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM attendance.audit")).scalar_one())


def story_retries() -> dict[str, Any]:
    """A handler that fails twice has its message again; the others do not wait for it: its third attempt waits for them."""

    def fail_twice(subject: str) -> None:
        if subject == "slow" and failures[subject] < 2:
            failures[subject] += 1
            raise RuntimeError("not yet")
        if subject == "slow":
            until(lambda: taken["quick"] == 1)

    _use(fail_twice)
    close("slow")
    close("quick")
    both = until(lambda: len(taken) == 2)
    return {"quick_first": list(taken) == ["quick", "slow"], "slow": both, "failures": failures["slow"]}


def story_dead_letters() -> dict[str, Any]:
    """What can never be handled rests among the dead letters, and the service goes on."""

    def never(subject: str) -> None:
        if subject == "cursed":
            raise RuntimeError("never")

    _use(never)
    # The test shortens the schedule; production waits minutes.
    setattr(consumer, "RETRY_SCHEDULE", topology.RETRY_SCHEDULE[:1])  # noqa: B010  # a constant elsewhere
    close("cursed")
    raw_message("nameko-rpc", "attendance.close_months", "{bad")
    raw_message("nameko-rpc", "attendance.close_months", '{"args": [], "kwargs": {}}')
    raw_message("kaohe.events", EVENT, "{bad")
    raw_message("kaohe.events", EVENT, '[{"surplus": 1}]')
    rest = until(lambda: dead() == 5)
    close("fine")
    return {"dead": dead(), "rest": rest, "goes_on": until(lambda: taken["fine"] == 1)}


def story_quiet() -> dict[str, Any]:
    """Silence for many heartbeats: the relay's first connection is still good for the next event."""
    time.sleep(8)
    close("late")
    return {"taken": until(lambda: taken["late"] == 1), "connections": connections["relay"]}


def story_publish_and_die() -> dict[str, Any]:
    """Acknowledged, then killed while no handler has finished anything."""
    _use(lambda _subject: time.sleep(3600))
    for number in range(20):
        close(f"P{number}")
    time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def story_recover() -> dict[str, Any]:
    """After the kill every state arrives."""
    return {"complete": until(lambda: seen() == 20), "seen": seen()}


def _count_the_relays_connections() -> None:
    def counted() -> Connection:
        connections["relay"] += 1
        return broker()

    setattr(relay, "broker", counted)  # noqa: B010  # its own name for it


def _use(chosen: Callable[[str], None]) -> None:
    global handler  # noqa: PLW0603  # one story a process
    handler = chosen


def main(database_url: str, broker_url: str, story: str) -> None:
    logs.configure("world", "ERROR")
    settings.use(Settings(database_url=database_url, broker_url=broker_url, rpc_keys=RPC_KEYS))
    if broker_url.startswith("embedded"):
        transport.install(Journal(database_url))
    with engine_for(database_url).begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS declarations.seen (subject text PRIMARY KEY)"))
    if story == "quiet":
        consumer.HEARTBEAT, relay.POLL_SECONDS = 1, 0.2
        _count_the_relays_connections()
    runner = ServiceRunner(service_config())
    runner.add_service(Attendance)
    runner.add_service(Declarations)
    runner.start()
    result = globals()[f"story_{story.replace('-', '_')}"]()
    sys.stdout.write(json.dumps(result) + "\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
