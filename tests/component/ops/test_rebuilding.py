"""`kaohe replay scoring` sets a schema aside: whatever nobody else can tell again is in its successor."""

from dataclasses import replace
from datetime import date

import click
import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from ops import rebuilding
from ops.probes import history_is_there
from services.scoring.storage.bureau_rules import rules_of
from shared.actor import system
from shared.database import open_sessions
from shared.migrations import migrate
from shared.recording import audit
from shared.settings import Settings, settings
from tests.component.scoring.conftest import actor
from tests.component.scoring.states import BUREAU
from tests.component.shared.test_migrations import known_tables
from tests.support.databases import Databases
from tests.support.earlier_rows import counted, fill

# Told again by their owners, or reckoned from what they tell.
TOLD = {*rebuilding.COPIES}
DERIVED = {"facts_version", "touched", "kept_standing"}


def test_every_table_is_brought_along_told_again_or_derived() -> None:
    history = {table.name for table in rebuilding.HISTORY}
    known = {table.name for metadata in known_tables("scoring") for table in metadata.tables.values()}
    assert known == history | TOLD | DERIVED
    assert not history & (TOLD | DERIVED)


def test_what_is_brought_along_is_there_and_goes_on(database: Databases) -> None:
    url = database("scoring")
    before = fill(url, "scoring")
    sessions = open_sessions(url, "scoring")
    rebuilding.set_aside(sessions.engine)
    after = counted(url, "scoring")
    names = [f"scoring.{table.name}" for table in rebuilding.HISTORY]
    assert {name: after.get(name) for name in names} == {name: before[name] for name in names}
    with sessions.engine.begin() as connection:  # the next message is not given the number of one that still waits
        connection.execute(
            text("INSERT INTO scoring.outbox (event, body, request_id, written_at) VALUES ('e', '{}', 'r', now())")
        )
    sessions.engine.dispose()


def noted(engine: Engine, note: str) -> None:
    """What is recorded by somebody who uses the schema, as it stands."""
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO scoring.carried_out (request, at) VALUES (:note, now())"), {"note": note})


def history_of(url: str) -> dict[str, int]:
    now = counted(url, "scoring")
    return {table.name: now[f"scoring.{table.name}"] for table in rebuilding.HISTORY}


@pytest.mark.parametrize("where", ["made anew", "bring", "by the release before"])
def test_a_replay_that_broke_before_its_history_came_is_taken_up(
    database: Databases, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    url = database("scoring")
    fill(url, "scoring")
    before, sessions = history_of(url), open_sessions(url, "scoring")
    if where == "by the release before":
        with sessions.engine.begin() as connection:
            connection.execute(text(f"ALTER SCHEMA scoring RENAME TO {rebuilding.OLD}"))
        migrate(url, "scoring")
    else:
        place = "ensure_partition" if where == "bring" else "_bring_history"
        broken_off(sessions.engine, monkeypatch, place, KeyboardInterrupt)
        assert sum(history_of(url).values()) == 0
    assert [one.run for one in rebuilding.set_aside(sessions.engine)]
    assert history_of(url) == before
    assert not rebuilding.exists(sessions.engine, rebuilding.ASIDE)
    sessions.engine.dispose()


def broken_off(engine: Engine, monkeypatch: pytest.MonkeyPatch, where: str, error: type[BaseException]) -> None:
    """Begin a replay that ends with ``error`` at ``where``: KeyboardInterrupt as a kill would."""

    def fail(*_: object) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(rebuilding, where, fail)
        with pytest.raises(error):
            rebuilding.set_aside(engine)


def test_a_replay_that_fails_leaves_everything_in_its_place(
    database: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = database("scoring")
    fill(url, "scoring")
    before, sessions = history_of(url), open_sessions(url, "scoring")
    broken_off(sessions.engine, monkeypatch, "_bring_history", OSError)
    assert history_of(url) == before
    assert not rebuilding.exists(sessions.engine, rebuilding.ASIDE)
    sessions.engine.dispose()


def test_nothing_is_served_while_the_history_lies_aside_and_what_was_recorded_is_not_thrown_away(
    database: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = database("scoring")
    fill(url, "scoring")
    sessions = open_sessions(url, "scoring")
    monkeypatch.setattr(settings, "_settings", replace(Settings(), database_url=url))
    assert history_is_there("scoring") is None
    broken_off(sessions.engine, monkeypatch, "_bring_history", KeyboardInterrupt)
    assert "kaohe replay scoring" in str(history_is_there("scoring"))
    with sessions.begin(system("BJ")) as session:
        audit(session, action="run.frozen", subject="R", before={}, after={})
    with pytest.raises(click.ClickException, match="was written to"):
        rebuilding.set_aside(sessions.engine)
    sessions.engine.dispose()


def test_what_was_recorded_after_a_replay_that_did_not_end_outlives_the_next(database: Databases) -> None:
    """The hashes differed, or it was stopped while states came: people may have gone on with the new schema."""
    url = database("scoring")
    fill(url, "scoring")
    sessions = open_sessions(url, "scoring")
    for place in range(3):
        told = rebuilding.set_aside(sessions.engine)
        noted(sessions.engine, f"after {place}")
    with sessions.engine.connect() as connection:
        keys = set(connection.execute(text("SELECT request FROM scoring.carried_out")).scalars())
        assert keys >= {f"after {place}" for place in range(3)}
        assert {one.run for one in told} == set(
            connection.execute(text(f"SELECT run FROM {rebuilding.OLD}.run")).scalars()
        ), "it is still compared with the runs before the first"
    sessions.engine.dispose()


@pytest.mark.parametrize("release", ["0009", "head"])
def test_the_rules_of_a_bureau_hold_after_a_replay(database: Databases, release: str) -> None:
    """Also where the schema that is set aside had not been upgraded: its bureaus get what the upgrade gives them."""
    url = database()
    migrate(url, "scoring", release)
    sessions = open_sessions(url, "scoring")
    with sessions.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO scoring.cycle (bureau, cycle, revision, status, starts, ends, rules)"
                " VALUES (:bureau, '2024', 1, 'archived', '2024-01-01', '2024-12-31', '{}')"
            ),
            {"bureau": BUREAU},
        )
    if release == "head":
        with sessions.begin(actor("office")) as session:
            rules_of(session, BUREAU).set("commend_from", date(2000, 1, 1), 0)
            rules_of(session, BUREAU).set("objection_days_least", date(2024, 1, 1), 7)
    rebuilding.set_aside(sessions.engine)
    with sessions.begin(actor("office")) as session:
        rules = rules_of(session, BUREAU).all()
        assert rules.on("commend_from", date(2024, 12, 31)) == 0
        assert rules.on("objection_days_least", date(2024, 12, 31)) == (7 if release == "head" else 5)
    sessions.engine.dispose()
