"""The demo bureau as a newcomer finds it: its year goes on until yesterday, whatever ended the process that adds it."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from ops.client import Api, log_in
from tests.support.folders import reachable_folder
from tests.support.newcomer import Newcomer, newcomer

OPTIONS = ("--staff", "30", "--year", "2026")
TODAY = date(
    2026, 8, 10
)  # whatever day it is: all of a year is there from July on, and each month more costs some ten seconds
PATIENCE = 600
DONE = "补到了昨天"


@pytest.fixture(scope="module")
def system() -> Iterator[Newcomer]:
    """Killed once while the year was added, and started again."""
    with reachable_folder() as folder, newcomer(folder, TODAY) as system:
        system.up(*OPTIONS)
        _until(system, "3 月申报")
        system.kill()
        system.up(*OPTIONS)
        _until(system, DONE)
        yield system


def _until(system: Newcomer, text: str, times: int = 1) -> None:
    deadline = time.monotonic() + PATIENCE
    while system.output().count(text) < times:
        assert time.monotonic() < deadline, system.output()
        assert "没有补到昨天" not in system.output(), system.output()
        time.sleep(0.5)


def entered(system: Newcomer, role: str) -> Api:
    entries = json.loads((system.folder / "var" / "demo-accounts.json").read_text(encoding="utf-8"))["accounts"]
    one = next(entry for entry in entries if entry["role"] == role)
    return log_in(system.url, one["account"], one["password"])


def months(system: Newcomer) -> dict[str, Counter[str]]:
    """Of each month that is over how many declarations have which status."""
    office = entered(system, "office")
    over = [one for one in office.get("cycles/2026")["periods"] if one["frequency"] == "monthly"]
    over = [one["code"] for one in over if one["ends"] < TODAY.isoformat()]
    told = {code: office.pages("declarations", cycle="2026", period=code) for code in over}
    return {code: Counter(one["status"] for one in items) for code, items in told.items()}


def test_what_is_over_is_decided_and_the_last_month_is_on_its_way(system: Newcomer) -> None:
    *before, last = months(system).values()
    for one in before:
        assert sum(one[status] for status in ("assessed", "recorded")) > 0.95 * one.total() > 0
    assert last["declared"]
    assert last["verified"]
    assert not last["assessed"] + last["recorded"]
    assert last.total() < min(one.total() for one in before)


def test_whoever_enters_by_one_click_has_the_last_month_to_declare(system: Newcomer) -> None:
    last = max(months(system))
    staff = entered(system, "staff")
    due = staff.get("declarations/due", cycle="2026", period=last)["items"]
    assert [one for one in due if not one.get("status")] or any(one.get("status") in (None, "draft") for one in due)


def test_all_that_a_bureau_does_in_a_year_is_there(system: Newcomer) -> None:
    office, centre = entered(system, "office"), entered(system, "complaints_centre")

    def count(api: Api, path: str, **query: Any) -> int:
        return sum(1 for _ in api.pages(path, **query))

    assert count(office, "claims", cycle="2026")
    orders = Counter(
        (one["subject"], one["indicator"], one["period"]) for one in office.pages("task-orders", cycle="2026")
    )
    assert set(orders.values()) == {1}
    assert count(office, "contributions", cycle="2026")
    cases = Counter(one["number"] for one in centre.pages("cases"))
    assert cases
    assert set(cases.values()) == {1}
    assert office.get("standings", cycle="2026", layer="person")["items"]


def test_the_next_start_adds_nothing_twice(system: Newcomer) -> None:
    before = months(system)
    assert system.interrupt() == 0
    system.up(*OPTIONS)
    _until(system, DONE, 2)
    assert months(system) == before
