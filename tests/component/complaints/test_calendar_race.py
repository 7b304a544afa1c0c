"""Whoever changes the calendar or the settings at once: the last version of the calendar holds what both have said."""

import threading
import time
from typing import Any

from sqlalchemy import text

from services.complaints.usecases import projections
from tests.component.complaints.conftest import cycle
from tests.component.complaints.network import Network, network
from tests.component.complaints.test_settings_over_http import office, settings

__all__ = ["network"]

WORKED = {"2026-06-13": True}


def last_version(network: Network) -> Any:
    statement = "SELECT overrides FROM complaints.calendars ORDER BY version DESC LIMIT 1"
    with network.world.service.engine.connect() as connection:
        return connection.execute(text(statement)).scalar_one()


def test_settings_that_wait_for_a_calendar_do_not_bring_the_older_one_back(network: Network) -> None:
    network.today.now = network.today.moment("2026-06-01")
    body, client, answers = settings(network, soon_days=3), office(network), []
    waiting = threading.Thread(target=lambda: answers.append(client.put("/api/v1/case-settings", json=body)))
    states = [cycle("2026", WORKED, revision=2)]
    with network.world.service.begin_handling(states) as session:
        projections.keep_cycles(session, states)
        waiting.start()
        until_it_waits(network)
    waiting.join(10)
    assert [one.status_code for one in answers] == [200]
    assert last_version(network) == WORKED


def until_it_waits(network: Network) -> None:
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    for _ in range(100):
        with network.world.service.engine.connect() as connection:
            if connection.execute(text(held)).scalar_one():
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")
