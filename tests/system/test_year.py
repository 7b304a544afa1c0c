"""A shortened year on the deployment of docker-compose.yml: real RabbitMQ, real PostgreSQL, every process, the HTTP API alone.

In the middle of it everything dies once; nothing acknowledged is missing, nothing is counted twice (law 1)."""

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from sqlalchemy import text

from ops.auditing.files import AnchorFolder
from shared.migrations import SERVICES
from tests.contract.test_monitoring import alert_expressions, dashboard_expressions, metrics_in
from tests.oracle.recompute import recompute
from tests.support.comparing import differences, item_differences
from tests.support.counting import carried, connected, dead_letters, held
from tests.support.deployment import Deployment
from tests.support.dying import deaths_of_storing, everything_dies_once, output
from tests.support.folders import reachable_folder
from tests.support.replaying import ROWS, replay, stored
from tests.support.waiting import until
from tests.support.year import STAFF, Year

pytestmark = pytest.mark.timeout(1800)


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
    with_a_broker(deployment)
    deployment.kaohe("demo", "--staff", STAFF, "--year", "2026", "--bare")
    year = Year(deployment)
    simulation = deployment.start_kaohe(*year.arguments, truthful=True)
    try:
        everything_dies_once(deployment, simulation)
        assert simulation.wait(timeout=1200) == 0, output(deployment)
        yield year
    finally:
        simulation.kill()
        simulation.wait()


def with_a_broker(deployment: Deployment) -> None:
    if deployment.broker.pid is None:
        deployment.start_broker()
    deployment.await_ready()


def test_without_a_broker_processes_wait_and_the_gateway_says_so(deployment: Deployment) -> None:
    assert until(lambda: status_of(f"{deployment.url}/healthz") == 200, 120)
    time.sleep(5)
    for one in deployment.running:
        one.check_alive()
    assert status_of(f"{deployment.url}/readyz") == 503
    with_a_broker(deployment)


def test_the_year_ends_with_a_published_ranking(year: Year) -> None:
    assert year.results["cycle"]["status"] == "published"
    assert year.results["run"]["status"] == "published"
    assert len(year.results["indicators"]) == 250
    people = [row for row in year.results["scores"] if row["layer"] == "person"]
    assert people
    assert all(row["final"] is not None and row["rank"] for row in people)


def test_every_score_agrees_with_an_independent_recomputation(year: Year) -> None:
    assert differences(year.results) == []


def test_every_item_of_every_explanation_agrees_too(year: Year) -> None:
    office = year.api("office")
    run = year.results["run"]["run"]
    for code, expected in recompute(year.results)["subjects"].items():
        explanation = office.get(f"runs/{run}/explanations/{code}")
        assert item_differences(code, explanation, expected) == []


def test_nothing_acknowledged_is_missing_and_nothing_is_counted_twice(year: Year) -> None:
    there = held(year.deployment.database_url, year.bureau)
    assert {name: year.acknowledged.get(name) for name in there} == there


def test_what_left_by_events_has_arrived_and_nothing_rests_in_an_outbox_or_among_the_dead(year: Year) -> None:
    assert all(sent == taken for sent, taken in carried(year.deployment.database_url, year.bureau).values())
    assert dead_letters(year.deployment.broker_url) == 0
    with connected(year.deployment.database_url) as connection:
        for service in ("targets", "declarations", "attendance", "complaints", "scoring"):
            assert connection.execute(text(f"SELECT count(*) FROM {service}.outbox")).scalar_one() == 0


def test_every_metric_of_the_alerts_and_the_dashboard_is_told_by_a_process(year: Year) -> None:
    told: set[str] = set()
    for one in year.deployment.running:
        with urlopen(f"{one.url}/metrics", timeout=60) as answer:
            told |= set(re.findall(r"^(?:# TYPE )?(\w+)", answer.read().decode(), re.MULTILINE))
    asked = set().union(*(metrics_in(one) for one in (*dashboard_expressions(), *alert_expressions())))
    assert asked - told == set()


def test_every_process_came_by_its_own_account_and_its_own_role(year: Year) -> None:
    deployment = year.deployment
    with connected(deployment.database_url) as connection:
        roles = set(
            connection.execute(text("SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = 'kaohe'")).scalars()
        )
    assert {f"kaohe_{name}" for name in (*SERVICES, "gateway")} <= roles
    assert deployment.broker.connected_users() >= {f"kaohe_{name}" for name in (*SERVICES, "gateway", "clocks", "live")}
    assert "kaohe" not in deployment.broker.connected_users()


def test_the_audit_trails_are_whole(year: Year) -> None:
    """Chains, anchors that the composition's own process noted, and the trail's last word on every state against its row."""
    deployment = year.deployment
    assert AnchorFolder(deployment.anchors).anchors(), "noted when the process began"
    assert "锚点 anchors: 完整 whole" in deployment.kaohe("audit", "verify")


# Each done twice changes nothing.
PAST_THE_SERVICES = {
    "declarations.DeclarationChanged": "declarations.declaration SET points = 0.77 - points",
    "declarations.ContributionChanged": "declarations.contribution SET declared_by = reverse(declared_by)",
    "targets.ClaimChanged": "targets.claims SET target = 7 - target",
}


def test_a_row_that_is_changed_past_the_services_is_found(year: Year) -> None:
    change_past_the_services(year)
    with pytest.raises(AssertionError) as found:
        year.deployment.kaohe("audit", "verify")
    assert all(name in str(found.value) for name in PAST_THE_SERVICES)
    change_past_the_services(year)
    year.deployment.kaohe("audit", "verify")


def change_past_the_services(year: Year) -> None:
    with connected(year.deployment.database_url) as connection:
        for statement in PAST_THE_SERVICES.values():
            connection.execute(text(f"UPDATE {statement} WHERE bureau = :bureau"), {"bureau": year.bureau})
        connection.commit()


def test_recomputing_the_run_gives_the_same_bytes(year: Year) -> None:
    verdict = year.api("office").post(f"runs/{year.results['run']['run']}/recompute")
    assert verdict["same"] is True


def test_no_process_outgrew_its_memory_limit(year: Year) -> None:
    for one in year.deployment.running:
        assert one.resident() < one.limit, f"{one.name}: {one.resident()} bytes of {one.limit}"


def test_a_worked_example_of_the_composite_score_comes_out_of_the_api(year: Year) -> None:
    categories = {"common": "96", "professional": "88", "contribution": "6", "additional": "92"}
    body = {
        "cycle": year.results["cycle"]["cycle"],
        "layer": "person",
        "line": "special_supervision",
        "categories": categories,
        "components": {"unit": "90", "bureau": "88"},
    }
    composed = year.api("office").post("standings/compose", body)
    assert (composed["layer_score"], composed["final"]) == ("86.94", "88.07")


def test_the_logs_of_every_process_are_json_and_name_no_secret(year: Year) -> None:
    password = year.deployment.postgres.running_url()
    assert password
    for one in year.deployment.running:
        lines = one.log.read_text(encoding="utf-8").splitlines()
        noise = [
            line
            for line in lines
            if not _is_json(line) and not re.search(r"Eventlet|eventlet|^\s*$|framework|recommend", line)
        ]
        assert noise == [], one.name
        assert not any(password.split(":")[2].partition("@")[0] in line for line in lines), one.name


def test_two_clocks_that_replay_their_memories_while_everything_dies_lose_no_row_and_count_none_twice(
    deployment: Deployment,
) -> None:
    """With REPLAYED_ROWS=200000, as much as a clock holds."""
    with_a_broker(deployment)
    clocks = replay(deployment, deaths_of_storing(deployment))
    found = Counter(stored(deployment))
    assert found == Counter((one.serial, press.pin, press.at) for one in clocks for press in one.memory)
    assert found.total() == ROWS // 2 * 2
    deployment.await_ready()


def test_rebuilding_a_dropped_scoring_schema_from_the_others_gives_the_same_run(year: Year) -> None:
    """The last test: it takes the schema with all its runs away."""
    deployment, before = year.deployment, year.results["run"]
    processes = [one for one in deployment.running if one.name.startswith("scoring-")]
    for one in processes:
        assert one.stop() == 0
    with connected(deployment.database_url) as connection:
        connection.execute(text("DROP SCHEMA scoring CASCADE"))
        connection.commit()
    deployment.kaohe("replay", "scoring")
    for one in processes:
        one.start()
        one.await_ready()
    assert all(sent == taken for sent, taken in carried(deployment.database_url, year.bureau).values())
    (after,) = year.api("office").pages("runs", cycle=before["cycle"])
    assert after["run"] != before["run"]
    assert (after["input_hash"], after["result_hash"]) == (before["input_hash"], before["result_hash"])


def status_of(url: str) -> int:
    """Of the answer; 0 where nobody listens yet."""
    try:
        with urlopen(url, timeout=60) as answer:
            return int(answer.status)
    except HTTPError as refused:
        with refused:
            return refused.code
    except URLError:
        return 0


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True
