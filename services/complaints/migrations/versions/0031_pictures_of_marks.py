"""Pictures of genuine and false marks, known as the files of cases are."""

from alembic import op

revision = "0031"
down_revision = "0030"

_PICTURES = """
CREATE TABLE complaints.entry_pictures (
    bureau varchar(20) NOT NULL, cycle varchar(20) NOT NULL, evidence varchar(36) NOT NULL, revision integer NOT NULL,
    status varchar(20) NOT NULL, name text NOT NULL, kind varchar(20) NOT NULL, media_type text NOT NULL,
    size bigint NOT NULL, sha256 varchar(64) NOT NULL, stored_as varchar(36) NOT NULL, owner text NOT NULL,
    reserved_at timestamptz NOT NULL, code varchar(36) NOT NULL, note text NOT NULL DEFAULT '',
    shows varchar(20) NOT NULL, PRIMARY KEY (evidence)
)
"""
_INDEXES = (
    "ix_entry_pictures_entry ON complaints.entry_pictures (bureau, code)",
    "ix_entry_pictures_content ON complaints.entry_pictures (bureau, sha256)",
    "ix_entry_pictures_owner ON complaints.entry_pictures (bureau, cycle, owner, status)",
    "ix_entry_pictures_stored ON complaints.entry_pictures (stored_as)",
)


def upgrade() -> None:
    op.execute(_PICTURES)
    for one in _INDEXES:
        op.execute(f"CREATE INDEX {one}")
