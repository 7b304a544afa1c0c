"""What `make up` starts: a year on it, kill -9 in the middle, Ctrl-C at the end, everything still there."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from ops.client import log_in
from tests.support.comparing import differences
from tests.support.counting import carried, held, with_secret_votes
from tests.support.folders import reachable_folder
from tests.support.newcomer import Newcomer, newcomer
from tests.support.year import STAFF

pytestmark = pytest.mark.timeout(1200)
MEGABYTE = 1 << 20
ROLES = {
    "admin",
    "security",
    "registrar",
    "office",
    "hr",
    "panel",
    "leader",
    "unit_head",
    "assessor",
    "staff",
    "devices",
    "complaints_centre",
    "auditor",
}


@pytest.fixture(scope="module")
def system() -> Iterator[Newcomer]:
    """A simulated year during which the process dies, and later the process and its database."""
    with reachable_folder() as folder, newcomer(folder) as system:
        system.up()
        system.await_demo()
        files = (f"--journal={folder}/acknowledged.json", f"--results={folder}/results.json")
        year = ("--staff", STAFF, "--year", "2026", "--since", "7")  # what a half is declared of costs half
        simulation = system.start_kaohe("simulate-year", *year, *files)
        time.sleep(8)
        system.kill_database()
        for die in (system.kill, system.kill_with_database):
            time.sleep(12)
            assert simulation.poll() is None, system.output("simulate-year")
            die()
            system.up()
        assert simulation.wait(timeout=900) == 0, system.output("simulate-year")
        yield system


def read(system: Newcomer, name: str) -> Any:
    return json.loads((system.folder / name).read_text(encoding="utf-8"))


def test_accounts_for_every_role_are_kept_for_scripts_and_only_for_their_owner(system: Newcomer) -> None:
    path = system.folder / "var" / "demo-accounts.json"
    assert {one["role"] for one in read(system, "var/demo-accounts.json")["accounts"]} == ROLES
    assert path.stat().st_mode & 0o077 == 0


def test_nothing_acknowledged_is_missing_and_nothing_is_counted_twice(system: Newcomer) -> None:
    acknowledged = read(system, "acknowledged.json")["acknowledged"]
    bureau = read(system, "results.json")["bureau"]
    there = held(system.database_url, bureau)
    assert {name: acknowledged.get(name) for name in there} == there
    assert all(sent == taken for sent, taken in carried(system.database_url, bureau).values())


def test_every_score_agrees_with_an_independent_recomputation(system: Newcomer) -> None:
    results = with_secret_votes(read(system, "results.json"), system.database_url)
    assert results["run"]["status"] == "published"
    assert differences(results) == []


def test_no_event_rests_among_the_dead_and_the_audit_trails_are_whole(system: Newcomer) -> None:
    assert system.kaohe("dead-letters", "list").count("\n") <= 1
    system.kaohe("audit", "verify")


def test_the_process_stays_below_600_megabytes(system: Newcomer) -> None:
    assert system.resident() < 600 * MEGABYTE


def test_ctrl_c_stops_it_in_order_and_the_next_start_is_quick_and_has_everything(system: Newcomer) -> None:
    assert system.interrupt() == 0, system.output()
    assert system.postgres.pid() is None
    assert system.up() < 60  # nothing is waited for, on a machine that has other work too;
    assert system.processor_seconds() < 10  # and little is done
    assert published_run(system, system) == read(system, "results.json")["run"]


def test_a_backup_taken_meanwhile_is_the_same_year_on_an_empty_machine(system: Newcomer) -> None:
    public = system.kaohe("backup", "key", f"{system.folder}/key").split()[-1]
    system.kaohe("backup", "write", f"{system.folder}/night.age", "--to", public)
    with reachable_folder() as folder, newcomer(folder) as other:
        other.kaohe("backup", "restore", f"{system.folder}/night.age", "--key", f"{system.folder}/key")
        other.up("--no-demo")
        assert published_run(other, system) == read(system, "results.json")["run"]
        other.kaohe("audit", "verify")
        other.kaohe("evidence", "check", "--content")


def published_run(system: Newcomer, known_to: Newcomer) -> Any:
    """The run as the office of the simulated year reads it on ``system``."""
    results = read(known_to, "results.json")
    accounts = read(known_to, "var/demo-accounts.json")["accounts"]
    office = next(one for one in accounts if one["role"] == "office" and one["bureau"] == results["bureau"])
    return log_in(system.url, office["account"], office["password"]).get(f"runs/{results['run']['run']}")
