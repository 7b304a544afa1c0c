"""A month keeps the calendar that it was closed by, whatever the calendar says afterwards and whatever is done to its cases."""

from datetime import date
from decimal import Decimal
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import text

from services.complaints.domain.figures import Fact
from services.complaints.storage.cases import Cases
from services.complaints.usecases import projections
from services.complaints.usecases.storing import but_for
from shared.actor import system
from tests.component.complaints.conftest import BUREAU, cycle
from tests.component.complaints.network import Network, network
from tests.support.histories import day
from tests.support.waiting import until

__all__ = ["network"]

OFF = {"2026-10-30": False}


def change(network: Network, now: str, calendar: dict[str, bool], revision: int = 2) -> None:
    network.today.now = network.today.moment(now)
    with network.world.service.begin_handling([cycle("2026", calendar, revision=revision)]) as session:
        projections.keep_cycles(session, [cycle("2026", calendar, revision=revision)])


def recount(network: Network) -> int:
    with network.world.service.begin(system(BUREAU)) as session:
        return projections.recount(session, BUREAU)


def close(network: Network, month: str, now: str) -> None:
    assert network.post(f"case-figures/{month}/close", None, now=now).status_code == 200


def counted(network: Network, figure: str = "accepted_in_time") -> dict[str, str]:
    """Month → of how many, over everything that is stored."""
    found = {}
    for month, last in (("2026-10", 31), ("2026-11", 30)):
        query = f"since={month}-01&until={month}-{last}"
        told = network.centre.get(f"/api/v1/case-figures/period?{query}").json["figures"]
        found[month] = next(one["denominator"] for one in told if one["figure"] == figure)
    return found


def due_on_the_thirtieth(network: Network) -> str:
    case = network.register("2026-10-21")
    network.took(case, "assign", unit="S01", handler="P2")
    assert network.clock(case, "accept")["due"] == "2026-10-30"
    return case


def test_what_was_missed_in_a_closed_month_stays_there_and_is_counted_once(network: Network) -> None:
    case = due_on_the_thirtieth(network)
    close(network, "2026-10", "2026-11-02")
    change(network, "2026-11-20", OFF)
    assert recount(network) == 1
    assert counted(network) == {"2026-10": "1", "2026-11": "0"}
    network.took(case, "accept", "2026-11-21")
    assert counted(network) == {"2026-10": "1", "2026-11": "0"}, "nor does a later step take it out"
    assert network.clock(case, "accept")["due"] == "2026-10-30"
    assert network.clock(case, "accept")["others"] == []


def test_a_month_is_closed_by_the_calendar_that_is_known_then(network: Network) -> None:
    due_on_the_thirtieth(network)
    change(network, "2026-10-28", OFF)
    close(network, "2026-10", "2026-11-02")
    assert counted(network) == {"2026-10": "0", "2026-11": "1"}, "it was reckoned anew before the month was closed"
    assert recount(network) == 0


def test_closing_waits_for_a_case_that_another_works_on(network: Network) -> None:
    case = due_on_the_thirtieth(network)
    change(network, "2026-10-28", OFF)
    answers: list[Any] = []
    network.today.now = network.today.moment("2026-11-02")
    client = network.centre
    closing = Thread(target=lambda: answers.append(client.post("/api/v1/case-figures/2026-10/close")))
    with network.world.service.begin(system(BUREAU)) as session:
        Cases(session, BUREAU).get([case], lock=True)
        closing.start()
        assert until(lambda: waits_for_a_row(network), 60)
    closing.join(60)
    assert [(one.status_code, one.json["passed_over"]) for one in answers] == [(200, 0)]
    assert counted(network) == {"2026-10": "0", "2026-11": "1"}


def waits_for_a_row(network: Network) -> bool:
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted"
    with network.world.service.engine.connect() as connection:
        return bool(connection.execute(text(waiting)).scalar_one())


def test_a_month_that_is_open_still_follows_its_calendar(network: Network) -> None:
    due_on_the_thirtieth(network)
    change(network, "2026-11-01", OFF)
    assert recount(network) == 1
    assert counted(network) == {"2026-10": "0", "2026-11": "1"}


def test_hours_and_days_that_were_measured_stay_as_they_were_measured(network: Network) -> None:
    case = network.register("2026-10-28")
    network.took(case, "assign", "2026-10-29", unit="S01", handler="P2")
    network.took(case, "contact", "2026-11-02")
    close(network, "2026-10", "2026-11-02")
    close_by = counted(network, "dispatch_hours"), counted(network, "first_contact_days")
    facts = [
        network.centre.get(f"/api/v1/case-figures/2026-{month}/{who}").json
        for month, who in (("10", "C01"), ("11", "P2"))
    ]
    change(network, "2026-11-20", {"2026-10-28": False, "2026-10-30": False})
    network.took(case, "accept", "2026-11-21")
    again = [
        network.centre.get(f"/api/v1/case-figures/2026-{month}/{who}").json
        for month, who in (("10", "C01"), ("11", "P2"))
    ]
    assert (counted(network, "dispatch_hours"), counted(network, "first_contact_days")) == close_by
    kept = ("dispatch_hours", "first_contact_days")
    assert [[one for one in told["items"] if one["figure"] in kept] for told in again] == [
        [one for one in told["items"] if one["figure"] in kept] for told in facts
    ]


def fact(on: date) -> Fact:
    return Fact("accepted_in_time", on, "S01", "P2", Decimal(0), Decimal(1))


OCTOBER, NOVEMBER = day("10-30"), day("11-02")


@pytest.mark.parametrize(
    ("closed", "old", "new", "kept"),
    [
        ({"2026-10"}, [OCTOBER], [NOVEMBER], [OCTOBER]),
        ({"2026-11"}, [OCTOBER], [NOVEMBER], [OCTOBER]),
        (set(), [OCTOBER], [NOVEMBER], [NOVEMBER]),
        ({"2026-10"}, [OCTOBER], [], [OCTOBER]),
        ({"2026-10"}, [], [OCTOBER], []),
        ({"2026-10"}, [], [NOVEMBER], [NOVEMBER]),
        ({"2026-10"}, [NOVEMBER], [], []),
        ({"2026-10"}, [OCTOBER, NOVEMBER], [OCTOBER, day("11-03")], [OCTOBER, day("11-03")]),
    ],
)
def test_each_fact_counts_in_one_month(closed: set[str], old: Any, new: Any, kept: Any) -> None:
    told = but_for(closed, [fact(one) for one in old], [fact(one) for one in new])
    assert sorted(one.day for one in told) == kept
