"""What the centre knows beside its cases: traders, goods under test, counterfeits and answers, hot spots, leads; searched by pairs of signs."""

from alembic import op

revision = "0011"
down_revision = "0010"

# Signs and pairs of neighbouring signs of a text, without blanks and capitals (docs/decisions/1610).
_BIGRAMS = """
CREATE OR REPLACE FUNCTION complaints.bigrams(given text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(pair), '{}') FROM (
        SELECT unnest(ARRAY[one, one || two]) AS pair FROM (
            SELECT string_to_array(lower(regexp_replace(given, '[[:space:]]+', '', 'g')), NULL) AS signs
        ) AS told, unnest(signs, signs[2:]) AS neighbours (one, two)
    ) AS pairs WHERE pair IS NOT NULL
$$
"""
# Of a report never what somebody wrote: it might tell who reported.
_CASE_BIGRAMS = """
CREATE OR REPLACE FUNCTION complaints.case_bigrams(kind varchar, number varchar, trader text, goods text, summary text)
RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT complaints.bigrams(
        number || ' ' || trader || ' ' || goods || CASE WHEN kind = 'report' THEN '' ELSE ' ' || summary END
    )
$$
"""
_CASES = (
    "CREATE INDEX IF NOT EXISTS ix_cases_bigrams ON complaints.cases"
    " USING gin (complaints.case_bigrams(kind, number, trader, goods, summary))"
)
_TABLES = (
    """
CREATE TABLE IF NOT EXISTS complaints.traders (
    bureau varchar(20) NOT NULL, trader varchar(36) NOT NULL, revision integer NOT NULL,
    kept_at timestamptz NOT NULL, kept_by text NOT NULL, name text NOT NULL, credit_code varchar(18) NOT NULL,
    address text NOT NULL, place text NOT NULL, unit varchar(20), shops jsonb NOT NULL,
    merged_into varchar(36), searched text NOT NULL, PRIMARY KEY (bureau, trader)
)
""",
    """
CREATE TABLE IF NOT EXISTS complaints.trader_names (
    bureau varchar(20) NOT NULL, name text NOT NULL, trader varchar(36) NOT NULL, PRIMARY KEY (bureau, name)
)
""",
    """
CREATE TABLE IF NOT EXISTS complaints.case_traders (
    bureau varchar(20) NOT NULL, code varchar(36) NOT NULL, trader varchar(36) NOT NULL, name text NOT NULL,
    how varchar(10) NOT NULL, PRIMARY KEY (bureau, code)
)
""",
    """
CREATE TABLE IF NOT EXISTS complaints.trader_merges (
    bureau varchar(20) NOT NULL, merge varchar(36) NOT NULL, gone varchar(36) NOT NULL,
    stays varchar(36) NOT NULL, cases jsonb NOT NULL, names jsonb NOT NULL, why text NOT NULL,
    merged_at timestamptz NOT NULL, merged_by text NOT NULL, undone_at timestamptz, undone_by text,
    PRIMARY KEY (bureau, merge)
)
""",
    """
CREATE TABLE IF NOT EXISTS complaints.entries (
    bureau varchar(20) NOT NULL, entry varchar(36) NOT NULL, revision integer NOT NULL,
    kept_at timestamptz NOT NULL, kept_by text NOT NULL, kind varchar(20) NOT NULL, title text NOT NULL,
    searched text NOT NULL, body jsonb NOT NULL, contact text NOT NULL, valid_until date,
    withdrawn boolean NOT NULL, PRIMARY KEY (bureau, entry)
)
""",
    """
CREATE TABLE IF NOT EXISTS complaints.entry_revisions (
    bureau varchar(20) NOT NULL, entry varchar(36) NOT NULL, revision integer NOT NULL, title text NOT NULL,
    body jsonb NOT NULL, why text NOT NULL, kept_at timestamptz NOT NULL, kept_by text NOT NULL,
    PRIMARY KEY (bureau, entry, revision)
)
""",
    """
CREATE TABLE IF NOT EXISTS complaints.goods_plans (
    bureau varchar(20) NOT NULL, plan varchar(36) NOT NULL, revision integer NOT NULL,
    kept_at timestamptz NOT NULL, kept_by text NOT NULL, quarter varchar(7) NOT NULL, title text NOT NULL,
    goods text NOT NULL, traders jsonb NOT NULL, wanted integer NOT NULL, unit varchar(20),
    closed boolean NOT NULL, PRIMARY KEY (bureau, plan)
)
""",
    """
CREATE TABLE IF NOT EXISTS complaints.goods_samples (
    bureau varchar(20) NOT NULL, sample varchar(36) NOT NULL, revision integer NOT NULL,
    kept_at timestamptz NOT NULL, kept_by text NOT NULL, plan varchar(36) NOT NULL,
    quarter varchar(7) NOT NULL, goods text NOT NULL, brand text NOT NULL, batch text NOT NULL,
    trader varchar(36) NOT NULL, unit varchar(20), taken_on date NOT NULL, status varchar(20) NOT NULL,
    failed boolean, steps jsonb NOT NULL, searched text NOT NULL, PRIMARY KEY (bureau, sample)
)
""",
    """
CREATE TABLE IF NOT EXISTS complaints.hot_spots (
    bureau varchar(20) NOT NULL, spot varchar(36) NOT NULL, kind varchar(20) NOT NULL, about text NOT NULL,
    week date NOT NULL, cases integer NOT NULL, former integer NOT NULL, weeks integer NOT NULL,
    chance text NOT NULL, found_on date NOT NULL, PRIMARY KEY (bureau, spot),
    CONSTRAINT uq_hot_spots_once UNIQUE (bureau, kind, about, week)
)
""",
    """
CREATE TABLE IF NOT EXISTS complaints.hot_spot_looks (
    bureau varchar(20) NOT NULL, looked_on date NOT NULL, PRIMARY KEY (bureau, looked_on)
)
""",
    """
CREATE TABLE IF NOT EXISTS complaints.leads (
    bureau varchar(20) NOT NULL, lead varchar(36) NOT NULL, revision integer NOT NULL,
    kept_at timestamptz NOT NULL, kept_by text NOT NULL, cycle varchar(20) NOT NULL,
    source varchar(20) NOT NULL, source_code varchar(36) NOT NULL, about text NOT NULL, title text NOT NULL,
    text text NOT NULL, line varchar(30) NOT NULL, unit varchar(20) NOT NULL, deadline date NOT NULL,
    status varchar(20) NOT NULL, reason text NOT NULL, task_order varchar(36),
    order_revision integer NOT NULL DEFAULT 0, order_status varchar(20), PRIMARY KEY (bureau, lead)
)
""",
)
_INDEXES = (
    ("CREATE INDEX IF NOT EXISTS ix_traders_bigrams ON complaints.traders USING gin (complaints.bigrams(searched))"),
    (
        "CREATE UNIQUE INDEX IF NOT EXISTS uq_traders_credit_code"
        " ON complaints.traders (bureau, credit_code)"
        " WHERE ((credit_code)::text <> ''::text) AND (merged_into IS NULL)"
    ),
    "CREATE INDEX IF NOT EXISTS ix_trader_names_trader ON complaints.trader_names (bureau, trader)",
    "CREATE INDEX IF NOT EXISTS ix_case_traders_trader ON complaints.case_traders (bureau, trader)",
    "CREATE INDEX IF NOT EXISTS ix_entries_bigrams ON complaints.entries USING gin (complaints.bigrams(searched))",
    (
        "CREATE INDEX IF NOT EXISTS ix_goods_samples_bigrams ON complaints.goods_samples"
        " USING gin (complaints.bigrams(searched))"
    ),
    "CREATE INDEX IF NOT EXISTS ix_goods_samples_plan ON complaints.goods_samples (bureau, plan)",
    "CREATE INDEX IF NOT EXISTS ix_goods_samples_trader ON complaints.goods_samples (bureau, trader)",
)


def upgrade() -> None:
    op.execute(_BIGRAMS)
    op.execute(_CASE_BIGRAMS)
    for statement in (*_TABLES, *_INDEXES, _CASES):
        op.execute(statement)
