"""Indexes by which a head, a handler and a clerk find their cases, lists are put in order, and none of them reads a whole bureau's."""

from alembic import op

revision = "0030"
down_revision = "0012"

_INDEXES = (
    "ix_cases_intake ON complaints.cases (bureau, intake_unit)",
    "ix_cases_registered_by ON complaints.cases (bureau, registered_by) WHERE registered_by <> ''",
    "ix_cases_entrusted_to ON complaints.cases (bureau, entrusted_to) WHERE entrusted_to IS NOT NULL",
    "ix_cases_mediator ON complaints.cases (bureau, mediator) WHERE mediator IS NOT NULL",
    "ix_cases_by_number ON complaints.cases (bureau, number, code)",
    "ix_traders_name ON complaints.traders (bureau, name, trader) WHERE merged_into IS NULL",
    (
        "ix_case_notifications_by_day ON complaints.case_notifications"
        " (bureau, (COALESCE(due - '1970-01-01'::date, 999999)), notification) WHERE standing"
    ),
    "ix_case_notifications_unit ON complaints.case_notifications (bureau, unit, due) WHERE standing",
)
# Some 30 µs a call, which PostgreSQL does not know by itself: it would rather make pairs of every text than read an index of them.
_FUNCTIONS = (
    "complaints.bigrams(text)",
    "complaints.case_bigrams(varchar, varchar, text, text, text)",
)


def upgrade() -> None:
    for one in _INDEXES:
        op.execute(f"CREATE INDEX IF NOT EXISTS {one}")
    for function in _FUNCTIONS:
        op.execute(f"ALTER FUNCTION {function} COST 1000")
