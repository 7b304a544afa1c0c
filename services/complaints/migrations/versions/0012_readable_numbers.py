"""Readable numbers for all cases; what the national platform calls them; what a filed case came to; objections to what is published;
by which key a person is sealed; imports that go on in the background. Free texts are kept masked where lists and search read them."""

# ruff: noqa: S608  # the statement is put together from what stands here only

from alembic import op

revision = "0012"
down_revision = "0011"

_COUNTERS = """
CREATE TABLE IF NOT EXISTS complaints.case_counters (
    bureau varchar(20) NOT NULL, cycle varchar(20) NOT NULL, name varchar(30) NOT NULL, kind varchar(20) NOT NULL,
    last integer NOT NULL, PRIMARY KEY (bureau, cycle, name, kind)
)
"""
# As the service numbers (domain/numbering.py), written out: what a later release makes of names changes no number.
_OF_ASSOCIATION = "(消费者(权益保护)?(委员会|协会)|消委会?|消协)$"
_COMMON = r"^.*局(?=.+分局$)|(市场监督管理|市场监管|工商行政管理|工商)?(分局|局|所|科|中心)$|[\s()（）-]"
NUMBER = f"""
WITH bare AS (
    SELECT c.cycle, c.bureau, c.code, c.kind, c.received_at, left(CASE
        WHEN u.name LIKE '%12315%' THEN '中心'
        WHEN u.name ~ '{_OF_ASSOCIATION}' THEN regexp_replace(u.name, '{_OF_ASSOCIATION}', '') || '消协'
        ELSE coalesce(nullif(regexp_replace(u.name, '{_COMMON}', '', 'g'), ''), c.intake_unit) END, 22) AS name
    FROM complaints.cases c LEFT JOIN complaints.units u ON u.bureau = c.bureau AND u.unit = c.intake_unit
    WHERE c.number = c.code
), numbered AS (
    SELECT bare.*, coalesce(k.last, 0) + row_number() OVER (
        PARTITION BY bare.bureau, bare.cycle, bare.name, bare.kind ORDER BY bare.received_at, bare.code) AS serial
    FROM bare LEFT JOIN complaints.case_counters k USING (bureau, cycle, name, kind)
), counted AS (
    INSERT INTO complaints.case_counters AS held (bureau, cycle, name, kind, last)
    SELECT bureau, cycle, name, kind, max(serial) FROM numbered GROUP BY bureau, cycle, name, kind
    ON CONFLICT (bureau, cycle, name, kind) DO UPDATE SET last = excluded.last
)
UPDATE complaints.cases c SET number = n.cycle || '-' || n.name || '-' || CASE n.kind
    WHEN 'complaint' THEN '投' WHEN 'report' THEN '举' WHEN 'enquiry' THEN '咨' ELSE '建' END
    || '-' || lpad(n.serial::text, greatest(6, length(n.serial::text)), '0')
FROM numbered n WHERE n.cycle = c.cycle AND n.bureau = c.bureau AND n.code = c.code
"""


_COLUMNS = (
    *("platform_number varchar(50)", "nature varchar(20)", "penalised boolean NOT NULL DEFAULT false"),
    *("ended_at timestamptz", "fined numeric(14,2)", "withheld_at timestamptz", "objected_at timestamptz"),
    "sealed_by integer NOT NULL DEFAULT 0",
)
_IMPORTS = """
CREATE TABLE IF NOT EXISTS complaints.case_imports (
    bureau varchar(20) NOT NULL, job varchar(36) NOT NULL, dry_run boolean NOT NULL, file_name text NOT NULL,
    status varchar(20) NOT NULL, done integer NOT NULL, total integer NOT NULL, registered integer NOT NULL,
    known integer NOT NULL, faulty integer NOT NULL, faults jsonb NOT NULL, intake_unit varchar(20) NOT NULL, actor jsonb NOT NULL,
    by text NOT NULL, attempts integer NOT NULL DEFAULT 0, problem jsonb, created_at timestamptz NOT NULL, finished_at timestamptz,
    PRIMARY KEY (bureau, job)
)
"""
_PARTS = """
CREATE TABLE IF NOT EXISTS complaints.case_import_parts (
    bureau varchar(20) NOT NULL, job varchar(36) NOT NULL, part integer NOT NULL, sealed bytea NOT NULL,
    sealed_by integer NOT NULL, PRIMARY KEY (bureau, job, part)
)
"""


# Only what the history still tells in full; names in a text are masked when the case is next stored.
MASK = """
UPDATE complaints.cases c SET summary = regexp_replace(c.summary, '\\d([\\s().-]?\\d){6,}[xX]?', '＊＊＊', 'g')
WHERE c.summary ~ '\\d([\\s().-]?\\d){6,}'
AND EXISTS (SELECT FROM complaints.case_events e WHERE e.cycle = c.cycle AND e.bureau = c.bureau AND e.code = c.code)
"""


def upgrade() -> None:
    for one in (_COUNTERS, _IMPORTS, _PARTS):
        op.execute(one)
    for column in _COLUMNS:
        op.execute(f"ALTER TABLE complaints.cases ADD COLUMN IF NOT EXISTS {column}")
    op.execute(
        "CREATE INDEX IF NOT EXISTS ix_cases_platform_number ON complaints.cases (bureau, platform_number)"
        " WHERE platform_number IS NOT NULL"
    )
    op.execute(NUMBER)
    op.execute(MASK)
