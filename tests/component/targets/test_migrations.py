"""What the migrations make, from nothing and from the first release, is what the code believes to be there."""

from importlib import import_module
from pkgutil import iter_modules

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from services.targets import storage
from services.targets.storage.tables import metadata
from shared.database import engine_for


def known_tables():
    for module in iter_modules(storage.__path__):
        if module.name.endswith("tables"):
            import_module(f"services.targets.storage.{module.name}")
    return metadata


def test_the_migrations_make_the_tables_that_the_code_names(database):
    engine = engine_for(database("targets"))
    options = {
        "include_schemas": True,
        "include_name": lambda name, kind, _parents: kind != "schema" or name == "targets",
        "compare_type": True,
        "version_table_schema": "targets",
    }
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, known_tables()) == []
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
