"""Lines of the audit trail say of which chain they are."""

from shared.chains_of_bureaus import add_chains

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    add_chains("targets")
