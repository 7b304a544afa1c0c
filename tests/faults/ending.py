"""How a round of faults ends: everybody is answered again, everything is there, and the checker would have found it otherwise."""

import time
from threading import Event, Thread

import click

from tests.faults.bureau import Tried
from tests.faults.checking import wrong
from tests.faults.clients import PATIENCE, Clients
from tests.simulation.bureau import CLOCKS
from tests.support.running import _answers
from tests.support.waiting import until


def answered(deployment: Tried, clients: Clients) -> bool:
    """Wait until somebody was answered again; what ends meanwhile is started again, as a full disk ends RabbitMQ half a minute later."""
    before, end = clients.operations, time.monotonic() + PATIENCE
    while clients.operations == before and not clients.wrong:
        deployment.revive()
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def heal(deployment: Tried, clients: Clients) -> None:
    """Let nothing go wrong any more: everything that ended is started again, and everybody is answered."""
    over = Event()

    def watch() -> None:
        while not over.wait(1):
            deployment.revive()

    watching = Thread(target=watch)
    watching.start()
    try:
        if not until(lambda: all(_answers(one.ready_url) for one in deployment.running), PATIENCE):
            away = [one.name for one in deployment.running if not _answers(one.ready_url)]
            clients.wrong.append(f"not ready again: {away}")
        clients.finish()
    finally:
        over.set()
        watching.join()


def prove(deployment: Tried, clients: Clients) -> list[str]:
    """Show that the checker would find what is missing and what is twice; return what it did not find."""
    kept = clients.kept
    lost, doubled = (CLOCKS[0], "1", "2026-01-01 00:00:00"), next(iter(kept.punches))
    kept.punches.update([lost, lost])
    kept.punches[doubled] -= 1
    kept.cases["never registered"] = "registered", 1
    kept.ballots[deployment.bureau.campaigns[0]] -= 1
    found = wrong(deployment, clients)
    planted = (str(lost), str(doubled), "never registered", deployment.bureau.campaigns[0])
    click.echo(f"planted: {len(planted)}, found: {sum(any(one in told for told in found) for one in planted)}")
    return [f"planted and not found: {one}" for one in planted if not any(one in told for told in found)]
