"""The floor of the 先进 list came with an upgrade: what was scored before goes by what held then (law 8)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text

from services.scoring.storage.bureau_rules import bureau_rule, rules_of
from services.scoring.usecases import runs
from shared.database import open_sessions
from shared.migrations import migrate
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import BUREAU, states_of
from tests.support.databases import Databases

OFFICE = actor("office")
BEFORE = "0010"  # the newest revision without


def upgrade(monkeypatch: pytest.MonkeyPatch, scoring: Scoring, day: str) -> None:
    at = datetime.fromisoformat(day).replace(hour=4, tzinfo=UTC)
    monkeypatch.setattr("shared.clock.now", lambda: at)
    migrate(scoring.sessions.engine.url.render_as_string(hide_password=False), "scoring")


def floor(scoring: Scoring, day: str, bureau: str = BUREAU) -> int:
    with scoring.sessions.begin(OFFICE) as session:
        return rules_of(session, bureau).all().on("commend_from", date.fromisoformat(day))


@pytest.fixture
def earlier(database: Databases, world: dict[str, Any]) -> Iterator[Scoring]:
    """A closed cycle of the release before, which knew no floor."""
    url = database()
    migrate(url, "scoring", BEFORE)
    made = Scoring(open_sessions(url, "scoring"))  # with a floor of 0
    with made.sessions.engine.begin() as connection:  # which today's code writes to
        connection.execute(text("ALTER TABLE scoring.audit ADD COLUMN chain text NOT NULL DEFAULT ''"))
    made.take(states_of(world))
    yield made
    made.sessions.engine.dispose()


def without_rules(scoring: Scoring) -> None:
    with scoring.sessions.begin(OFFICE) as session:
        session.execute(bureau_rule.delete())


@pytest.mark.parametrize("day", ["2027-03-01", "2026-11-30"])
def test_a_run_from_before_is_frozen_again_to_the_same_hashes(
    earlier: Scoring, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `kaohe replay` compares them; also a cycle that was closed before its last day."""
    before = earlier.freeze()
    without_rules(earlier)
    upgrade(monkeypatch, earlier, day)
    after = earlier.freeze()
    assert (after["input_hash"], after["result_hash"]) == (before["input_hash"], before["result_hash"])
    assert after["summary"] == before["summary"]
    again = earlier.do(runs.recompute_run, OFFICE, {"run": before["run"]})
    assert again["same"] is True


def test_from_the_day_of_the_upgrade_on_a_bureau_has_the_floor(
    earlier: Scoring, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_rules(earlier)
    upgrade(monkeypatch, earlier, "2026-10-12")
    assert [floor(earlier, day) for day in ("2025-12-31", "2026-10-11", "2026-10-12")] == [0, 0, 70]
    assert floor(earlier, "2025-12-31", "new") == 70


def test_what_a_bureau_set_itself_stays(earlier: Scoring, monkeypatch: pytest.MonkeyPatch) -> None:
    without_rules(earlier)
    with earlier.sessions.begin(OFFICE) as session:
        rules_of(session, BUREAU).set("commend_from", date(2026, 9, 1), 60)
    upgrade(monkeypatch, earlier, "2026-10-12")
    assert [floor(earlier, day) for day in ("2025-12-31", "2026-10-12", "2027-12-31")] == [0, 60, 60]


def test_a_new_installation_has_no_rules_but_the_defaults(database: Databases) -> None:
    engine = open_sessions(database("scoring"), "scoring").engine
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM scoring.bureau_rule")).scalar_one() == 0
    engine.dispose()
