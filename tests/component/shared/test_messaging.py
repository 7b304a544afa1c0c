"""One suite for both brokers: the one in process and a real RabbitMQ behave alike (laws 1, 3, 4)."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WORLD = Path(__file__).parents[2] / "support" / "messaging_world.py"
ROOT = Path(__file__).parents[3]
Tell = Callable[[str], dict[str, Any]]


@pytest.fixture(params=["embedded", "rabbitmq"])
def tell(request: pytest.FixtureRequest, database: Callable[..., str]) -> Tell:
    """Runs a story of the world on one broker and returns what it saw; {} where it killed itself."""
    url = database("attendance", "declarations")
    broker = "embedded://localhost" if request.param == "embedded" else request.getfixturevalue("rabbitmq").new_vhost()

    def run(story: str) -> dict[str, Any]:
        command = [sys.executable, "-W", "ignore", str(WORLD), url, broker, story]
        done = subprocess.run(
            command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode in (0, -9), done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else {}

    return run


def test_every_request_is_answered(tell: Tell) -> None:
    answers = tell("answers")
    assert answers["result"] == {"points": "1.50"}
    assert "month.closed" in answers["refuse"]
    assert "rpc.malformed" in answers["close_months"]
    assert answers["taken"]


def test_whoever_reaches_the_broker_without_the_key_asks_nothing(tell: Tell, request: pytest.FixtureRequest) -> None:
    """On the broker in process nobody else is there, and nothing is signed."""
    answers = tell("forged")
    asked = ("unsigned", "key", "forged")
    assert (answers[""], answers["older"]) == ("None", "None")
    if "embedded" in request.node.name:
        assert [answers[name] for name in asked] == ["None"] * 3
    else:
        assert all("rpc.not_signed" in answers[name] and f"is refused: {name}" in answers[name] for name in asked)
        assert answers["lines"] == 2, "only what was signed was done"


def test_a_failed_event_comes_again_and_holds_up_nobody(tell: Tell) -> None:
    assert tell("retries") == {"quick_first": True, "slow": True, "failures": 2}


def test_what_can_never_be_handled_rests_among_the_dead_letters(tell: Tell) -> None:
    assert tell("dead-letters") == {"dead": 5, "rest": True, "goes_on": True}


def test_a_killed_process_loses_nothing_that_was_acknowledged(tell: Tell) -> None:
    assert tell("publish-and-die") == {}
    assert tell("recover") == {"complete": True, "seen": 20}


def test_a_quiet_hour_costs_the_next_event_no_new_connection(tell: Tell) -> None:
    assert tell("quiet") == {"taken": True, "connections": 1}
