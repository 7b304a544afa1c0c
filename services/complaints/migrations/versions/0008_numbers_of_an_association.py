"""An association numbers its cases by itself: a number is unique within the year of receipt and the organisation."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.drop_constraint("uq_cases_number", "cases", schema="complaints")
    op.create_unique_constraint(
        "uq_cases_number", "cases", ["cycle", "bureau", "organisation", "number"], schema="complaints"
    )
