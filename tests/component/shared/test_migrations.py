"""What the migrations make is what the code believes to be there."""

import re
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, text

from shared.database import engine_for
from shared.migrations import SCHEMAS, folder, migrate
from tests.support.earlier_rows import counted, fill

# The newest revision of each schema in the release before this one.
RELEASED = {
    "targets": "0009",
    "declarations": "0010",
    "scoring": "0008",
    "attendance": "0001",
    "complaints": "0001",
    "gateway": "0001",
}


def known_tables(schema: str) -> list[MetaData]:
    """A service may keep its tables in several modules, of one metadata or of several."""
    storage = import_module("gateway.storage" if schema == "gateway" else f"services.{schema}.storage")
    names = [one.name for one in iter_modules(storage.__path__)]
    modules = [import_module(f"{storage.__name__}.{name}") for name in names]
    found = {id(one.metadata): one.metadata for one in modules if isinstance(getattr(one, "metadata", None), MetaData)}
    return list(found.values())


def differences(url: str, schema: str) -> list[Any]:
    """What the code believes of the schema and the database does not have, or the other way round."""
    engine = engine_for(url)
    options = {
        "include_schemas": True,
        "include_name": lambda name, kind, _parents: kind != "schema" or name == schema,
        # a part of a table for one cycle is no table of its own
        "include_object": lambda _one, name, kind, found, _other: kind != "table" or not found or name[-5:] != "_2026",
        "compare_type": True,
        "version_table_schema": schema,
    }
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        found: list[Any] = compare_metadata(context, known_tables(schema))
    engine.dispose()
    return found


@pytest.mark.parametrize("schema", SCHEMAS)
def test_the_migrations_make_the_tables_that_the_code_names(database, schema):
    assert differences(database(schema), schema) == []


@pytest.mark.parametrize("schema", SCHEMAS)
@pytest.mark.parametrize("version", ["first", "released"])
def test_what_an_earlier_release_stored_is_there_after_the_upgrade(database, schema, version):
    """One row in every table of that release: each is still there, in the tables that a new installation has as well."""
    url = database()
    migrate(url, schema, "0001" if version == "first" else RELEASED[schema])
    stored = fill(url, schema)
    assert stored
    migrate(url, schema)
    assert differences(url, schema) == []
    now = counted(url, schema)
    assert {name: number for name, number in stored.items() if now.get(name, 0) < number} == {}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_first_revision_rests_on_no_table_that_will_change(schema):
    """What builds the first tables imports none of the tables as they are now."""
    place = folder(schema)
    named = [
        one for one in place.rglob("*.py") if re.search(r"\bstorage\b|shared\.tables|metadata_for", one.read_text())
    ]
    assert named == []


def test_the_params_of_a_rule_keep_the_order_they_were_written_in(database):
    engine = engine_for(database("targets"))
    with engine.connect() as connection:
        kind = connection.execute(
            text(
                "SELECT data_type FROM information_schema.columns WHERE table_schema = 'targets'"
                " AND table_name = 'indicators' AND column_name = 'rule_params'"
            )
        ).scalar_one()
    engine.dispose()
    assert kind == "json"
