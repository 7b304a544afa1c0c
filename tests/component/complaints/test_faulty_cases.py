"""One case that cannot be reckoned stops no other: it is told in the log, passed over, and tried again."""

from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from services.complaints.usecases import projections, storing, supervising
from shared.actor import system
from tests.component.complaints.conftest import BUREAU
from tests.component.complaints.network import Network, network
from tests.component.complaints.test_settings_over_http import put
from tests.component.complaints.test_supervising import handled, sent

__all__ = ["network"]


@pytest.fixture
def faulty(network: Network, monkeypatch: pytest.MonkeyPatch) -> tuple[str, list[str]]:
    """One case whose deadlines fail and two that are sound, all of them overdue and of an older calendar."""
    cases = [handled(network) for _ in range(3)]
    assert put(network, soon_days=4).status_code == 200
    network.today.now = network.today.moment("2026-06-11 09:00")
    sound = storing.deadlines

    def failing(case: Any, *arguments: Any) -> Any:
        if case.code == cases[0]:
            raise KeyError("tell_filing")
        return sound(case, *arguments)

    for module in (storing, supervising):
        monkeypatch.setattr(module, "deadlines", failing)
    return cases[0], cases[1:]


def test_a_recount_reaches_the_others_and_comes_to_an_end(network: Network, faulty: tuple[str, list[str]]) -> None:
    passed_over, rounds = set[str](), []
    with capture_logs() as told:
        while not rounds or rounds[-1]:
            with network.world.service.begin(system(BUREAU)) as session:
                rounds.append(projections.recount(session, BUREAU, passed_over))
    assert (rounds, passed_over) == ([3, 0], {faulty[0]})
    assert [(one["case"], one["task"]) for one in told if one["log_level"] == "error"] == [(faulty[0], "recount")]
    assert network.centre.get("/api/v1/case-calendar").json["waiting"] == 1, "the faulty one still waits"


def test_who_closes_a_month_is_told_how_many_cases_were_passed_over(network: Network, faulty: Any) -> None:
    answer = network.post("case-figures/2026-05/close", None)
    assert (answer.status_code, answer.json["passed_over"]) == (200, 1), answer.text


def test_a_history_that_cannot_be_read_stops_no_other_either(network: Network) -> None:
    """An event that says less than its step needs, as only a hand in the database leaves it."""
    broken, sound = handled(network), handled(network)
    assert put(network, soon_days=4).status_code == 200
    with network.world.service.engine.begin() as connection:
        strip = "UPDATE complaints.case_events SET given = given - 'unit' WHERE code = :code AND name = 'assign'"
        connection.execute(text(strip), {"code": broken})
    network.today.now = network.today.moment("2026-06-11 09:00")
    passed_over = set[str]()
    with network.world.service.begin(system(BUREAU)) as session:
        assert projections.recount(session, BUREAU, passed_over) == 2
    with network.world.service.begin(system(BUREAU)) as session:
        assert supervising.look(session, BUREAU) == 2
    assert passed_over == {broken}
    assert network.show(sound)["supervisions"] == 1


def test_a_look_reaches_the_others_and_tries_again_later(network: Network, faulty: tuple[str, list[str]]) -> None:
    for expected in (3, 0):
        with network.world.service.begin(system(BUREAU)) as session:
            assert supervising.look(session, BUREAU) == expected
    with network.world.service.begin(system(BUREAU)) as session:
        supervising.tell(session, BUREAU)
    assert sent(network).count(("case_overdue", "person:P2")) == 2
    network.today.now = network.today.moment("2026-06-11 10:00")
    with network.world.service.begin(system(BUREAU)) as session:
        assert supervising.look(session, BUREAU) == 1
