"""The tables as revision 0001 made them, kept as they were: what came later is in the revisions after it."""

from services.declarations.migrations.first import copied, owned
from services.declarations.migrations.first.columns import metadata

__all__ = ["copied", "metadata", "owned"]
