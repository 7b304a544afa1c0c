"""Histories: the events of each case, what a case says more, and the calendar by which it was reckoned. Nothing is taken away."""

from alembic import op

revision = "0002"
down_revision = "0001"

_COLUMNS = {
    "channel": "varchar(20)",
    "trader_address": "text NOT NULL DEFAULT ''",
    "goods": "text NOT NULL DEFAULT ''",
    "amount": "numeric(14, 2)",
    "request": "text NOT NULL DEFAULT ''",
    "real_name": "boolean NOT NULL DEFAULT false",
    "first_received_at": "timestamptz",
    "linked_to": "varchar(36)",
    "registered_by": "text NOT NULL DEFAULT ''",
    "taken_up_at": "timestamptz",
    "returns": "integer NOT NULL DEFAULT 0",
    "supervisions": "integer NOT NULL DEFAULT 0",
    "entrusted_to": "varchar(20)",
    "mediator": "varchar(20)",
    "merged_into": "varchar(36)",
    "backdated": "jsonb NOT NULL DEFAULT '[]'",
    "due": "date",
    "due_number": "integer NOT NULL DEFAULT 999999",
    "paused": "boolean NOT NULL DEFAULT false",
    "contact": "bytea",
    "person_keys": "text[] NOT NULL DEFAULT '{}'",
    "calendar": "integer NOT NULL DEFAULT 0",
}
_EVENTS = """
CREATE TABLE IF NOT EXISTS complaints.case_events (
    cycle varchar(20) NOT NULL, bureau varchar(20) NOT NULL, code varchar(36) NOT NULL, number integer NOT NULL,
    name varchar(20) NOT NULL, recorded_at timestamptz NOT NULL, happened_at timestamptz NOT NULL, account text NOT NULL,
    person varchar(20), on_behalf_of text, why text NOT NULL, names integer, inherited boolean NOT NULL, given jsonb NOT NULL,
    PRIMARY KEY (cycle, bureau, code, number)
) PARTITION BY LIST (cycle)
"""
_CALENDARS = """
CREATE TABLE IF NOT EXISTS complaints.calendars (
    bureau varchar(20) NOT NULL, version integer NOT NULL, known_at timestamptz NOT NULL, overrides jsonb NOT NULL,
    PRIMARY KEY (bureau, version)
)
"""


def upgrade() -> None:
    added = ", ".join(f"ADD COLUMN IF NOT EXISTS {name} {kind}" for name, kind in _COLUMNS.items())
    op.execute(f"ALTER TABLE complaints.cases {added}")
    op.execute("ALTER TABLE complaints.case_facts ADD COLUMN IF NOT EXISTS backdated boolean NOT NULL DEFAULT false")
    op.execute("ALTER TABLE complaints.figures ADD COLUMN IF NOT EXISTS reported jsonb")
    op.execute("CREATE INDEX IF NOT EXISTS ix_cases_due ON complaints.cases (bureau, due) WHERE due IS NOT NULL")
    op.execute("CREATE INDEX IF NOT EXISTS ix_cases_due_number ON complaints.cases (bureau, due_number, code)")
    op.execute("CREATE INDEX IF NOT EXISTS ix_cases_trader ON complaints.cases (bureau, trader)")
    op.execute("CREATE INDEX IF NOT EXISTS ix_cases_person_keys ON complaints.cases USING gin (person_keys)")
    op.execute(_EVENTS)
    op.execute(_CALENDARS)
