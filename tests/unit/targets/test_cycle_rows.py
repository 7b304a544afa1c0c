"""A year that is thrown away leaves nothing behind: whoever adds a table of a year says what becomes of its rows."""

from services.targets.storage.cycle_rows import _OTHERS, _PREPARED
from tests.component.shared.test_migrations import known_tables

# Of the library, which is thrown away with its draft; the year's own row; work in the background; figures of years before this system.
ELSEWHERE = {"libraries", "indicators", "draft_changes", "cycles", "jobs", "published_results"}


def test_every_table_of_a_year_is_named_once() -> None:
    of_a_year = {
        table.name
        for metadata in known_tables("targets")
        for table in metadata.tables.values()
        if {"bureau", "cycle"} <= set(table.c.keys()) and table.name not in {"audit", "outbox", "carried_out"}
    }
    named = [table.name for table in (*_OTHERS, *_PREPARED)]
    assert of_a_year == {*named, *ELSEWHERE}
    assert len(named) == len(set(named))
