"""A year in the middle of which everything dies once. Nothing acknowledged is missing, nothing is counted twice (law 1)."""

import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from tests.support.comparing import differences
from tests.support.counting import carried, dead_letters, held
from tests.support.deployment import Deployment
from tests.support.folders import reachable_folder
from tests.support.replaying import ROWS, replay, stored
from tests.support.running import Running
from tests.support.waiting import until
from tests.support.year import STAFF, Year

pytestmark = pytest.mark.timeout(1800)
OUTAGE = 30  # seconds without a broker


@pytest.fixture(scope="module")
def deployment() -> Iterator[Deployment]:
    """Started without a broker: its processes wait."""
    with reachable_folder() as folder:
        deployment = Deployment(folder)
        try:
            deployment.start(broker=False)
            yield deployment
        finally:
            deployment.stop()


@pytest.fixture(scope="module")
def year(deployment: Deployment) -> Iterator[Year]:
    if deployment.broker.pid is None:
        deployment.start_broker()
    deployment.await_ready()
    deployment.kaohe("demo", "--staff", STAFF, "--year", "2026", "--bare")
    year = Year(deployment)
    simulation = deployment.start_kaohe(*year.arguments)
    try:
        _everything_dies_once(deployment, simulation)
        assert simulation.wait(timeout=1200) == 0, _output(deployment)
        yield year
    finally:
        simulation.kill()
        simulation.wait()


def test_without_a_broker_processes_wait_and_the_gateway_says_so(deployment: Deployment) -> None:
    assert until(lambda: _status(f"{deployment.url}/healthz") == 200, 120)
    time.sleep(5)
    for one in deployment.running:
        one.check_alive()
    assert _status(f"{deployment.url}/readyz") == 503
    deployment.start_broker()
    deployment.await_ready()


def test_the_year_ends_with_a_published_ranking(year: Year) -> None:
    assert year.results["run"]["status"] == "published"


def test_nothing_acknowledged_is_missing_and_nothing_is_counted_twice(year: Year) -> None:
    there = held(year.deployment.database_url, year.bureau)
    assert {name: year.acknowledged.get(name) for name in there} == there


def test_every_fact_reached_scoring_once(year: Year) -> None:
    assert all(sent == taken for sent, taken in carried(year.deployment.database_url, year.bureau).values())
    assert dead_letters(year.deployment.broker_url) == 0


def test_every_score_agrees_with_an_independent_recomputation(year: Year) -> None:
    assert differences(year.results) == []


def test_the_audit_trails_are_whole(year: Year) -> None:
    year.deployment.kaohe("audit", "verify")


def test_two_clocks_that_replay_their_memories_while_everything_dies_lose_no_row_and_count_none_twice(
    deployment: Deployment,
) -> None:
    """With REPLAYED_ROWS=200000, as much as a clock holds."""
    if deployment.broker.pid is None:
        deployment.start_broker()
    deployment.await_ready()
    clocks = replay(deployment, _deaths_of_storing(deployment))
    found = Counter(stored(deployment))
    assert found == Counter((one.serial, press.pin, press.at) for one in clocks for press in one.memory)
    assert found.total() == ROWS // 2 * 2
    deployment.await_ready()


def _status(url: str) -> int:
    """Of the answer; 0 where nobody listens yet."""
    try:
        with urlopen(url, timeout=60) as answer:
            return int(answer.status)
    except HTTPError as refused:
        with refused:
            return refused.code
    except URLError:
        return 0


def _deaths_of_storing(deployment: Deployment) -> list[Callable[[], None]]:
    """The clocks' gateway first: started again it waits shorter for an answer that never comes."""
    storing = [one for one in deployment.running if one.name.startswith("attendance-")]
    deployment.named("clocks-1").environment["KAOHE_RPC_TIMEOUT"] = "5"
    return [
        lambda: _killed(deployment.named("clocks-1")),
        *(lambda one=one: _killed(one) for one in storing),  # type: ignore[misc]
        lambda: _broker_killed(deployment),
        lambda: _database_killed(deployment),
    ]


def _everything_dies_once(deployment: Deployment, simulation: "subprocess.Popen[bytes]") -> None:
    """One wave of deaths after the other, each while the simulation is under way: few enough for the year of a fast machine."""
    for name, die in _deaths(deployment):
        time.sleep(4)
        assert simulation.poll() is None, f"the year ended before {name} died:\n{_output(deployment)}"
        die()
        deployment.await_ready()


def _deaths(deployment: Deployment) -> Iterator[tuple[str, Callable[[], None]]]:
    firsts = [one for one in deployment.running if one.name.endswith("-1")]
    for wave in (firsts[0::3], firsts[1::3], firsts[2::3]):
        yield ", ".join(one.name for one in wave), lambda wave=wave: _killed(*wave)  # type: ignore[misc]
    yield "broker", lambda: _broker_killed(deployment)
    yield "database", lambda: _database_killed(deployment)
    yield "broker for long", lambda: _broker_away(deployment)


def _killed(*ones: Running) -> None:
    for one in ones:
        one.kill()
    time.sleep(1)
    for one in ones:
        one.start()


def _broker_killed(deployment: Deployment) -> None:
    deployment.broker.kill()
    deployment.broker.start()


def _database_killed(deployment: Deployment) -> None:
    deployment.kill_database()


def _broker_away(deployment: Deployment) -> None:
    deployment.broker.kill()
    time.sleep(OUTAGE)
    deployment.broker.start()


def _output(deployment: Deployment) -> str:
    return (deployment.folder / "kaohe.log").read_text(errors="replace")[-3000:]
