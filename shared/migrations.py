"""Alembic for one service's schema: each service's migrations stand beside it and know nothing of the others."""

from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text

from shared.database import engine_for
from shared.database_roles import give_rights

SERVICES = ("targets", "declarations", "scoring", "attendance", "complaints")
SCHEMAS = (*SERVICES, "gateway")
_ROOT = Path(__file__).resolve().parent.parent


def folder(schema: str) -> Path:
    return _ROOT / "gateway" / "migrations" if schema == "gateway" else _ROOT / "services" / schema / "migrations"


def migrate(url: str, schema: str, to: str = "head") -> None:
    """Bring ``schema`` to its newest revision, or to revision ``to``. Two that migrate at once wait for each other."""
    engine = engine_for(url, pool_size=1, longest=0)
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('kaohe migrate'))"))
            connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{schema}"'))
            _upgrade(connection, schema, to)
            give_rights(connection, schema)
    finally:
        engine.dispose()


def create_all(metadata: MetaData) -> None:
    """Create every table of a service's metadata, for its first revision, in
    the connection of the running migration."""
    from alembic import op

    metadata.create_all(op.get_bind(), checkfirst=False)


def _upgrade(connection: Connection, schema: str, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(folder(schema)).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)

    def steps(revision: Any, _context: MigrationContext) -> Any:
        return script._upgrade_revs(to, revision)  # noqa: SLF001  # what Alembic's own upgrade command calls

    context = MigrationContext.configure(
        connection, opts={"version_table_schema": schema, "fn": steps, "script": script, "transactional_ddl": True}
    )
    with Operations.context(context):
        context.run_migrations()
