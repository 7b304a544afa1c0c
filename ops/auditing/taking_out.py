"""Taking archived lines out of a schema's audit trail: what is to stay is copied into a new table that takes the old one's place.

Nothing is deleted row by row, and whoever appends waits only for what came while the rest was copied. Statements, table and indexes are to the services what they
were.
"""

import time
from collections.abc import Mapping

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from shared.database_roles import give_rights
from shared.jsontext import dumps

PATIENCE = "500ms"  # that those wait who want to append, behind us waiting for a long transaction to end
PAUSE = 1.0  # seconds between two tries
TRIES = 600


def take_out(engine: Engine, schema: str, ends: Mapping[str, int]) -> None:
    """Take each chain's lines up to the one that ``ends`` names out of the trail of ``schema``: all of it or, where that fails, nothing.

    Raises ``OperationalError`` where others held the trail for ten minutes, such as a backup.
    """
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('kaohe migrate'))"))
        connection.execute(text(f'CREATE TABLE "{schema}".audit_kept (LIKE "{schema}".audit INCLUDING ALL)'))
        _copy_new(connection, schema, ends)
        connection.execute(text(f'ANALYZE "{schema}".audit_kept'))  # the planner knows it from its first moment on
        _hold(connection, schema)
        _copy_new(connection, schema, ends)
        connection.execute(text(f'DROP TABLE "{schema}".audit'))
        for change in _NAMES:
            connection.execute(text(change.format(schema=schema)))
        give_rights(connection, schema)


def _copy_new(connection: Connection, schema: str, ends: Mapping[str, int]) -> None:
    """Copy what stays and is not copied yet: a chain only grows at its end. Chains and lines are found by the key, however long the trail is."""
    connection.execute(text(_COPY.format(schema=schema)), {"ends": dumps(dict(ends))})  # names of ours


def _hold(connection: Connection, schema: str) -> None:
    """Hold the trail alone; between two tries everybody else gets on."""
    connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
    for left in reversed(range(TRIES)):
        trying = connection.begin_nested()
        try:
            connection.execute(text(f'LOCK TABLE "{schema}".audit IN ACCESS EXCLUSIVE MODE'))
        except OperationalError:
            trying.rollback()
            if not left:
                raise
            time.sleep(PAUSE)
        else:
            trying.commit()
            return


_COPY = """
WITH RECURSIVE one (chain) AS (
    (SELECT chain FROM "{schema}".audit ORDER BY chain LIMIT 1)
    UNION ALL
    SELECT (SELECT audit.chain FROM "{schema}".audit WHERE audit.chain > one.chain ORDER BY audit.chain LIMIT 1) FROM one WHERE one.chain IS NOT NULL
), after (chain, seq) AS (
    SELECT chain, coalesce(
        (SELECT max(seq) FROM "{schema}".audit_kept WHERE audit_kept.chain = one.chain),
        (CAST(:ends AS json) ->> one.chain)::bigint,
        0
    ) FROM one WHERE chain IS NOT NULL
)
INSERT INTO "{schema}".audit_kept SELECT line.* FROM after, LATERAL (
    SELECT * FROM "{schema}".audit WHERE audit.chain = after.chain AND audit.seq > after.seq ORDER BY audit.seq
    OFFSET 0
) AS line
"""
_NAMES = (
    'ALTER TABLE "{schema}".audit_kept RENAME TO audit',
    'ALTER INDEX "{schema}".audit_kept_pkey RENAME TO audit_pkey',
    'ALTER INDEX "{schema}".audit_kept_at_chain_seq_idx RENAME TO audit_at',
)
