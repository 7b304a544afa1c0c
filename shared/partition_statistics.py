"""What PostgreSQL's planner knows of a partition before it is analysed for the first time.

It takes a fresh one for nearly empty and its bureau for rare, and reads all of the bureau for each batch: n batches cost n². A new year's partition is
given the statistics of the newest one that has some, or a first guess: few bureaus, one cycle, a key that tells rows apart. The owner's function that makes
partitions (shared/database_roles.py) gives them too, for nobody else may.
"""

# pg_restore_attribute_stats came with PostgreSQL 18.
GIVING = """
CREATE OR REPLACE FUNCTION "{schema}".give_statistics(parent text, cycle text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made text := parent || '_' || cycle;
    telling text;
BEGIN
    IF current_setting('server_version_num')::int < 180000 THEN
        RETURN;
    END IF;
    SELECT a.attname INTO telling FROM pg_index i
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[i.indnkeyatts - 1]
        WHERE i.indrelid = format('%I.%I', '{schema}', made)::regclass AND i.indisprimary;
    PERFORM pg_restore_attribute_stats('schemaname', '{schema}', 'relname', made, 'attname', one.attname::text, 'inherited', false,
        'null_frac', one.null_frac, 'avg_width', one.avg_width, 'n_distinct', one.n_distinct)
    FROM (
        SELECT a.attname, coalesce(s.null_frac, 0::real) AS null_frac,
            coalesce(s.avg_width, CASE WHEN t.typlen > 0 THEN t.typlen ELSE 16 END) AS avg_width,
            coalesce(s.n_distinct, CASE WHEN a.attname IN ('bureau', 'cycle') THEN 1 WHEN a.attname = telling THEN -1 ELSE 200 END)::real
                AS n_distinct
        FROM pg_attribute a
        JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_stats s ON s.schemaname = '{schema}' AND s.attname = a.attname AND NOT s.inherited AND s.tablename = (
            SELECT max(known.tablename) FROM pg_stats known WHERE known.schemaname = '{schema}'
                AND known.tablename LIKE replace(parent, '_', '\\_') || '\\_%' AND known.tablename <> made AND NOT known.inherited)
        WHERE a.attrelid = format('%I.%I', '{schema}', made)::regclass AND a.attnum > 0 AND NOT a.attisdropped
    ) AS one;
END $$;
REVOKE EXECUTE ON FUNCTION "{schema}".give_statistics(text, text) FROM PUBLIC;
"""
