"""A database role for each schema: rights on that schema and no other, and on its audit trail to read and to append, nothing else.

The owner, by whom `kaohe migrate` connects, makes and changes tables. Of a partition that is needed at run time a service asks a function of
the owner's (shared.database.ensure_partitions), so that no running process may create, change or drop a table.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, text

from shared.partition_statistics import GIVING

ANCHORS = "anchors"  # who notes the ends of all trails outside the database: reads them, and nothing else


def role_of(name: str) -> str:
    """Return the name of the role of a schema, or of what anchors the trails."""
    return f"kaohe_{name}"


def give_rights(connection: Connection, schema: str) -> None:
    """Let the roles that there are do in ``schema`` what is theirs; asked by the owner after each migration, for what is new in it."""
    connection.exec_driver_sql((GIVING + _PARTITIONS).format(schema=schema).replace("%", "%%"))
    there = set(connection.execute(text("SELECT rolname FROM pg_roles WHERE rolname LIKE 'kaohe\\_%'")).scalars())
    if role_of(schema) in there:
        for statement in _own(schema, role_of(schema)):
            connection.execute(text(statement))
    if role_of(ANCHORS) in there:
        connection.execute(text(f'GRANT USAGE ON SCHEMA "{schema}" TO {role_of(ANCHORS)}'))
        connection.execute(text(f'GRANT SELECT ON "{schema}".audit TO {role_of(ANCHORS)}'))


def _own(schema: str, role: str) -> Iterator[str]:
    yield f'GRANT USAGE ON SCHEMA "{schema}" TO {role}'
    yield f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "{schema}" TO {role}'
    yield f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA "{schema}" TO {role}'
    yield f'GRANT EXECUTE ON FUNCTION "{schema}".ensure_partition(text, text) TO {role}'
    yield _APPEND_ONLY.format(schema=schema, role=role)
    yield f'REVOKE INSERT, UPDATE, DELETE ON "{schema}".alembic_version FROM {role}'


# Rights on a partitioned table hold for what is reached through it: a partition made after the migration needs none of its own.
_PARTITIONS = """
CREATE OR REPLACE FUNCTION "{schema}".ensure_partition(parent text, cycle text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_partitioned_table AS parted JOIN pg_class AS one ON one.oid = parted.partrelid
        WHERE one.relname = parent AND one.relnamespace = '"{schema}"'::regnamespace
    ) THEN
        RAISE EXCEPTION '% has no partitions', parent;
    END IF;
    EXECUTE format(
        'CREATE TABLE IF NOT EXISTS %I.%I PARTITION OF %I.%I FOR VALUES IN (%L)',
        '{schema}', parent || '_' || cycle, '{schema}', parent, cycle
    );
    PERFORM "{schema}".give_statistics(parent, cycle);
END $$;
REVOKE EXECUTE ON FUNCTION "{schema}".ensure_partition(text, text) FROM PUBLIC
"""
_APPEND_ONLY = """
DO $$
DECLARE name text;
BEGIN
    FOR name IN
        SELECT oid::regclass::text FROM pg_class WHERE oid = '"{schema}".audit'::regclass
        UNION ALL SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = '"{schema}".audit'::regclass
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE ON %s FROM {role}', name);
    END LOOP;
END $$
"""
