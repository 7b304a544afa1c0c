"""What PostgreSQL's planner knows of a partition before it is analysed for the first time.

It takes a fresh one for nearly empty and its bureau for rare, and reads all of the bureau for each batch: n batches cost n². A new year's partition is
given the statistics of the newest one that has some, or a first guess: few bureaus, one cycle, a key that tells rows apart.
"""

from sqlalchemy import Table, text
from sqlalchemy.orm import Session

_SINCE = (18,)  # pg_restore_attribute_stats
_GIVE = text("""
    SELECT count(*) FROM (
        SELECT pg_restore_attribute_stats('schemaname', :schema, 'relname', :name, 'attname', one.attname::text, 'inherited', false,
            'null_frac', one.null_frac, 'avg_width', one.avg_width, 'n_distinct', one.n_distinct)
        FROM (
            SELECT a.attname, coalesce(s.null_frac, 0::real) AS null_frac,
                coalesce(s.avg_width, CASE WHEN t.typlen > 0 THEN t.typlen ELSE 16 END) AS avg_width,
                coalesce(s.n_distinct, CASE WHEN a.attname IN ('bureau', 'cycle') THEN 1 WHEN a.attname = :telling THEN -1 ELSE 200 END)::real
                    AS n_distinct
            FROM pg_attribute a
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_stats s ON s.schemaname = :schema AND s.attname = a.attname AND NOT s.inherited AND s.tablename = (
                SELECT max(known.tablename) FROM pg_stats known
                WHERE known.schemaname = :schema AND known.tablename LIKE :siblings AND known.tablename <> :name AND NOT known.inherited)
            WHERE a.attrelid = to_regclass(:quoted) AND a.attnum > 0 AND NOT a.attisdropped
        ) AS one
    ) AS given""")


def give_statistics(session: Session, table: Table, cycle: str) -> None:
    """Give the partition of ``table`` for ``cycle``, which was made just now, something to plan by."""
    if (session.connection().dialect.server_version_info or ()) < _SINCE:
        return
    name = f"{table.name}_{cycle}"
    keys = [column.name for column in table.primary_key]
    asked = {"schema": table.schema, "name": name, "quoted": f'"{table.schema}"."{name}"', "telling": keys[-1]}
    session.execute(_GIVE, {**asked, "siblings": f"{table.name.replace('_', chr(92) + '_')}\\_%"})
