"""A revision for each bureau of what hardly ever changes, raised by the tables themselves."""

from alembic import op

revision = "0020"
down_revision = "0019"

TABLES = (
    "unit",
    "person",
    "cycle",
    "indicator",
    "plausible_bound",
    "timetable",
    "bureau_rule",
    "appeal_terms",
    "appeal_terms_since",
    "delegation",
)
_TABLE = "CREATE TABLE declarations.slow_revision (bureau varchar(100) PRIMARY KEY, revision uuid NOT NULL)"
_RAISE = """
CREATE FUNCTION declarations.raise_slow_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO declarations.slow_revision (bureau, revision)
    SELECT bureau, gen_random_uuid() FROM (SELECT DISTINCT bureau FROM changed) AS one ORDER BY bureau
    ON CONFLICT (bureau) DO UPDATE SET revision = excluded.revision;
    RETURN NULL;
END $$
"""
_RAISE_ALL = """
CREATE FUNCTION declarations.raise_slow_revisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE declarations.slow_revision SET revision = gen_random_uuid();
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.execute(_TABLE)
    op.execute(_RAISE)
    op.execute(_RAISE_ALL)
    for table in TABLES:
        for event, rows in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            op.execute(
                f"CREATE TRIGGER slow_revision_{event.lower()} AFTER {event} ON declarations.{table}"
                f" REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT"
                " EXECUTE FUNCTION declarations.raise_slow_revision()"
            )
        op.execute(
            f"CREATE TRIGGER slow_revision_truncate AFTER TRUNCATE ON declarations.{table} FOR EACH STATEMENT"
            " EXECUTE FUNCTION declarations.raise_slow_revisions()"
        )
    told = " UNION ".join(f"SELECT bureau FROM declarations.{table}" for table in TABLES)  # noqa: S608  # our own tables
    op.execute(f"INSERT INTO declarations.slow_revision SELECT bureau, gen_random_uuid() FROM ({told}) AS one")  # noqa: S608
