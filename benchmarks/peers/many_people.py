"""Bureaus of many people in scoring's tables: the reference bureau again and again, units, people, claims and facts."""

# ruff: noqa: S608  # statements are put together from names of this file

from collections.abc import Iterator
from random import Random
from typing import Any

from sqlalchemy import text

from shared.database import Sessions
from tests.component.scoring.conftest import Scoring
from tests.component.scoring.states import BUREAU, states_of
from tests.oracle.worlds import reference_bureau

STAFF = 300
ONE_IN = (
    12  # declarations: so many people's whole years would fill a disk, and the ratio told is that of the lesser part
)
_ONCE = ("cycle", "model", "indicator", "facts_version")
_AGAIN = {"claim": ("subject",), "fact": ("fact", "subject"), "veto": ("veto", "subject")}


def first_bureau(sessions: Sessions) -> None:
    """Fill the bureau that the others are copies of; its year is closed, so that a standing does not depend on the day."""
    world = reference_bureau(Random(1), STAFF)
    world["declarations"] = world["declarations"][::ONE_IN]
    Scoring(sessions).take(states_of(world))


def copy_bureau(sessions: Sessions, code: str, times: int, *, facts: bool = True) -> None:
    """Make the bureau ``code`` of so many times the first one's people, in as many times its units."""
    with sessions.engine.begin() as connection:
        for statement in _statements(facts=facts):
            connection.execute(text(statement), {"first": BUREAU, "code": code, "times": times})


def analyse(sessions: Sessions) -> None:
    """Let PostgreSQL know how many rows there are, as it does by itself after a while."""
    with sessions.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _statements(*, facts: bool) -> Iterator[str]:
    """``_`` and a number behind each code but in the first copy: the bureau's own code stays what it is."""
    for table in _ONCE:
        yield _copy(table, {"bureau": ":code"}, again="")
    yield _copy("unit", {"bureau": ":code", "unit": "unit || n"})
    moved = "(SELECT jsonb_agg(jsonb_set(a, '{unit}', to_jsonb((a ->> 'unit') || n))) FROM jsonb_array_elements(assignments) a)"
    yield _copy("person", {"bureau": ":code", "person": "person || n", "assignments": moved})
    for table, codes in _AGAIN.items() if facts else ():
        yield _copy(table, {"bureau": ":code", **{name: f"{name} || n" for name in codes}})


def _copy(table: str, changed: dict[str, str], again: str = ", numbers") -> str:
    return f"""
        WITH numbers AS (SELECT CASE number WHEN 1 THEN '' ELSE '_' || number END AS n FROM generate_series(1, :times) number)
        INSERT INTO scoring.{table} SELECT (jsonb_populate_record(old, {_object(changed)})).*
        FROM scoring.{table} old{again} WHERE old.bureau = :first"""


def _object(changed: dict[str, str]) -> Any:
    return f"jsonb_build_object({', '.join(f'{chr(39)}{name}{chr(39)}, {value}' for name, value in changed.items())})"
