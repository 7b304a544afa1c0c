"""Lines of the audit trail say of which chain they are."""

from shared.chains_of_bureaus import add_chains

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    add_chains("scoring")
