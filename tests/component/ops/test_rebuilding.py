"""`kaohe replay scoring` sets a schema aside: whatever nobody else can tell again is in its successor."""

from datetime import date

import pytest
from sqlalchemy import text

from ops import rebuilding
from services.scoring.storage.bureau_rules import rules_of
from shared.database import open_sessions
from shared.migrations import migrate
from tests.component.scoring.conftest import actor
from tests.component.scoring.states import BUREAU
from tests.component.shared.test_migrations import known_tables
from tests.support.databases import Databases
from tests.support.earlier_rows import counted, fill

# Told again by their owners, or reckoned from what they tell.
TOLD = {*rebuilding.COPIES}
DERIVED = {"facts_version", "touched"}


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
