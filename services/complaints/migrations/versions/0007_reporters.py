"""Nobody is known of a report, also where it was a complaint before it was corrected."""

from alembic import op

revision = "0007"
down_revision = "0006"

FORGET = """
UPDATE complaints.cases SET consumer = '', contact = NULL, person_keys = '{}', address_key = NULL
WHERE kind = 'report' AND (consumer <> '' OR contact IS NOT NULL OR person_keys <> '{}' OR address_key IS NOT NULL)
"""


def upgrade() -> None:
    op.execute(FORGET)
