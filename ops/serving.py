"""`kaohe service <name>`: one service as a process of its own, which waits for broker and database and ends on SIGTERM."""

import gc
import signal
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from types import FrameType
from typing import Any

import click
import eventlet
from nameko.runners import ServiceRunner

from ops.backlog import watch
from ops.health import SERVING, serve
from ops.probes import broker_answers, database_answers, history_is_there
from shared import logs
from shared.logs import log
from shared.migrations import SERVICES
from shared.settings import settings

TICK = 0.3  # seconds
LONGEST_WAIT = 10.0  # seconds between two looks at a broker or database that is away


@click.command("service")
@click.argument("name", type=click.Choice(SERVICES))
def command(name: str) -> None:
    """运行一个服务进程 / run one service until SIGTERM."""
    logs.configure(name, settings.log_level)
    watch((name,))
    serve_health()
    wait_until(broker_answers, "broker")
    wait_until(database_answers, "database")
    wait_until(partial(history_is_there, name), "history")
    run((name,))


def service_classes(names: tuple[str, ...] = SERVICES) -> list[type]:
    """Return the nameko class of each service, found by its ``name`` in services/<name>/service.py."""
    modules = [(name, import_module(f"services.{name}.service")) for name in names]
    return [next(one for one in vars(module).values() if _is_service(one, name)) for name, module in modules]


def start(names: tuple[str, ...] = SERVICES, *, also: tuple[type, ...] = ()) -> ServiceRunner:
    """Start services by name, and ``also`` what else takes events."""
    from shared.service import service_config

    runner = ServiceRunner(config=service_config())
    for service in (*service_classes(names), *also):
        runner.add_service(service)
    runner.start()
    return runner


def set_start_apart() -> None:
    """Set apart what the start made: it stays as long as the process does, so that the garbage collector
    need not walk through it again and again."""
    gc.collect()
    gc.freeze()


def run(names: tuple[str, ...]) -> None:
    """Serve until SIGTERM or SIGINT: no new work is taken, what runs is finished, the rest stays with the broker.

    A service that dies by itself ends the process with its error, for whoever supervises it to start it again.
    """
    signalled = note_signals()
    runner = start(names)
    set_start_apart()
    SERVING.extend(names)
    log.info("serving", services=list(names))
    crashed = supervise(runner)
    while not (signalled or crashed):
        time.sleep(TICK)
    if crashed:
        log.error("a service died", reason=repr(crashed[0]), exc_info=crashed[0])
        raise SystemExit(1)
    runner.stop()
    log.info("stopped")


def supervise(runner: ServiceRunner) -> list[BaseException]:
    """Return a list that stays empty while the services run and gets the error that ended one of them."""
    crashed: list[BaseException] = []

    def watch() -> None:
        try:
            runner.wait()
        except Exception as error:
            crashed.append(error)

    eventlet.spawn(watch)
    return crashed


def note_signals() -> list[int]:
    """Return a list that gets SIGTERM or SIGINT. A handler runs inside the hub, where
    nothing may wait or be woken: it only notes."""
    given: list[int] = []

    def note(signum: int, _: FrameType | None) -> None:
        given.append(signum)
        signal.signal(signum, signal.SIG_DFL)  # a second one ends at once

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, note)
    return given


def wait_until(answers: Callable[[], str | None], what: str) -> None:
    """Wait with growing pauses until ``answers()`` says None; whatever else it
    says is the reason, logged once in a while."""
    pause = 0.5
    while reason := answers():
        log.warning("waiting", what=what, reason=reason, seconds=pause)
        time.sleep(pause)
        pause = min(pause * 2, LONGEST_WAIT)


def _is_service(candidate: Any, name: str) -> bool:
    return isinstance(candidate, type) and getattr(candidate, "name", None) == name


def serve_health() -> None:
    """Serve the health from the beginning: a process that waits for its broker is alive, though not ready."""
    if int(settings.metrics_port):
        serve(int(settings.metrics_port))
