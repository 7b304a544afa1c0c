"""Proof that a service's audit trail is whole: each line's hash covers the line before it (law 10)."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.engine import Engine

from shared.recording import chain_hash
from shared.tables import audit_trail


@dataclass(frozen=True)
class AuditVerdict:
    lines: int
    last_hash: str
    broken_at: int | None  # seq of the first line that does not follow from the one before it

    @property
    def whole(self) -> bool:
        return self.broken_at is None


def verify(engine: Engine, schema: str) -> AuditVerdict:
    """Walk the whole chain of ``schema`` in constant memory."""
    trail = audit_trail(schema)
    previous, lines = "", 0
    with engine.connect().execution_options(stream_results=True, yield_per=1000) as connection:
        for row in connection.execute(select(trail).order_by(trail.c.seq)).mappings():
            lines += 1
            if row["seq"] != lines or chain_hash(previous, dict(row)) != row["hash"]:
                return AuditVerdict(lines, previous, broken_at=row["seq"])
            previous = row["hash"]
    return AuditVerdict(lines, previous, None)
