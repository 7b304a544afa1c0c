"""How persons' names are spelled, so that they can be looked for by initials (docs/decisions/0123)."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_AT_ONCE = 1000


def upgrade() -> None:
    op.add_column("persons", sa.Column("spelling", sa.Text, nullable=False, server_default=""), schema="targets")
    _spell(op.get_bind())


def _spell(connection: sa.Connection) -> None:
    from shared.spelling import spelling

    names = connection.execute(sa.text("SELECT DISTINCT name FROM targets.persons ORDER BY name")).scalars().all()
    statement = sa.text("UPDATE targets.persons SET spelling = :spelling WHERE name = :name")
    for first in range(0, len(names), _AT_ONCE):
        connection.execute(
            statement, [{"name": name, "spelling": spelling(name)} for name in names[first : first + _AT_ONCE]]
        )
