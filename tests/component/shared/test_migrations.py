"""What the migrations make is what the code believes to be there."""

from importlib import import_module
from pkgutil import iter_modules

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, text

from shared.database import engine_for
from shared.migrations import SERVICES


def known_tables(service: str) -> list[MetaData]:
    """A service may keep its tables in several modules, of one metadata or of several."""
    storage = import_module(f"services.{service}.storage")
    names = [one.name for one in iter_modules(storage.__path__)]
    modules = [import_module(f"services.{service}.storage.{name}") for name in names]
    found = {id(one.metadata): one.metadata for one in modules if isinstance(getattr(one, "metadata", None), MetaData)}
    return list(found.values())


@pytest.mark.parametrize("service", SERVICES)
def test_the_migrations_make_the_tables_that_the_code_names(database, service):
    engine = engine_for(database(service))
    options = {
        "include_schemas": True,
        "include_name": lambda name, kind, _parents: kind != "schema" or name == service,
        "compare_type": True,
        "version_table_schema": service,
    }
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, known_tables(service)) == []
    engine.dispose()


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
