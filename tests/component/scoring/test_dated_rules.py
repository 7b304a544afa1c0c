"""How many days objections are taken for is the office's to set from a day on: what is published keeps its own (law 8)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.scoring.usecases import bureau_rules, publishing, runs
from shared.errors import Conflict, Forbidden, Invalid
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import states_of

OFFICE, PANEL, LEADER = (actor(role) for role in ("office", "panel", "leader"))


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def set_day(day: str) -> None:
        at = datetime.fromisoformat(day).replace(hour=4, tzinfo=UTC)
        monkeypatch.setattr("shared.clock.now", lambda: at)

    return set_day


@pytest.fixture
def run(scoring: Scoring, world: dict[str, Any], on: Callable[[str], None]) -> str:
    on("2026-10-12")
    scoring.take(states_of(world))
    frozen = str(scoring.freeze()["run"])
    scoring.do(runs.approve_run, PANEL, {"run": frozen, "chosen": {}})
    return frozen


def rule(scoring: Scoring, name: str, starts: str, value: int, by: Any = OFFICE) -> dict[str, Any]:
    command = {"rule": f"objection_days_{name}", "starts": date.fromisoformat(starts), "value": value}
    return scoring.do(bureau_rules.set_bureau_rule, by, command)


def publish(scoring: Scoring, run: str, days: int | None) -> int:
    answer = scoring.do(publishing.publish_run, LEADER, {"visible": {}, "objection_days": days, "run": run})
    return int(answer["publication"]["objection_days"])


def test_a_publication_has_the_bounds_of_its_day(scoring: Scoring, run: str, on: Callable[[str], None]) -> None:
    rule(scoring, "least", "2026-10-21", 10)
    on("2026-10-21")
    with pytest.raises(Invalid, match=r"publication\.days"):
        publish(scoring, run, 9)
    assert publish(scoring, run, None) == 10


def test_a_later_rule_leaves_what_was_published_alone(scoring: Scoring, run: str, on: Callable[[str], None]) -> None:
    rule(scoring, "least", "2026-10-21", 10)
    rule(scoring, "most", "2026-10-21", 12)
    on("2026-10-20")
    assert publish(scoring, run, None) == 5
    on("2026-10-22")
    change = {"visible": {}, "objection_days": 20, "run": run, "revision": None}
    assert scoring.do(publishing.change_publication, LEADER, change)["objection_days"] == 20


def test_rules_are_the_offices_hold_from_today_on_and_fit_together(scoring: Scoring, on: Callable[[str], None]) -> None:
    on("2026-10-12")
    with pytest.raises(Forbidden):
        rule(scoring, "least", "2026-10-21", 10, by=PANEL)
    with pytest.raises(Conflict, match=r"rule\.past"):
        rule(scoring, "least", "2026-10-11", 10)
    with pytest.raises(Invalid, match=r"rule\.bounds"):
        rule(scoring, "least", "2026-10-21", 61)
    rule(scoring, "most", "2027-01-01", 20)
    with pytest.raises(Invalid, match=r"rule\.bounds"):
        rule(scoring, "least", "2026-10-21", 30)  # from the new year on it would be more than the most
    told = scoring.do(bureau_rules.list_bureau_rules, OFFICE, {})["rules"]
    assert [(one["rule"], one["default"], [value["value"] for value in one["dated"]]) for one in told] == [
        ("objection_days_least", 5, []),
        ("objection_days_most", 60, [20]),
        ("commend_from", 70, [0]),
    ]
