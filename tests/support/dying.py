"""Deaths of a deployment's parts by kill -9, in waves, while it works."""

import subprocess
import time
from collections.abc import Callable, Iterator

from tests.support.deployment import Deployment
from tests.support.running import Running

OUTAGE = 30  # seconds without a broker


def deaths_of_storing(deployment: Deployment) -> list[Callable[[], None]]:
    """The clocks' gateway first: started again it waits shorter for an answer that never comes."""
    storing = [one for one in deployment.running if one.name.startswith("attendance-")]
    deployment.named("clocks-1").environment["KAOHE_RPC_TIMEOUT"] = "5"
    return [
        lambda: _killed(deployment.named("clocks-1")),
        *(lambda one=one: _killed(one) for one in storing),
        lambda: _broker_killed(deployment),
        lambda: _database_killed(deployment),
    ]


def everything_dies_once(deployment: Deployment, simulation: "subprocess.Popen[bytes]") -> None:
    """One wave of deaths after the other, each while the simulation is under way: few enough for the year of a fast machine."""
    for name, die in _deaths(deployment):
        time.sleep(4)
        assert simulation.poll() is None, f"the year ended before {name} died:\n{output(deployment)}"
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


def output(deployment: Deployment) -> str:
    return (deployment.folder / "kaohe.log").read_text(errors="replace")[-3000:]
