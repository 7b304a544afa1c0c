"""Proof that a service's audit trail is whole: in each of its chains a line's hash covers the line before it (law 10), and what was anchored
outside the database is still there. A service has one chain, and one for each bureau where it was told so (docs/decisions/1801)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from shared.audit_chain import UnknownKey, beginning, follows, key_number
from shared.jsontext import canonical
from shared.settings import settings
from shared.tables import AUDIT_FIELDS, audit_trail

Fault = Literal["line", "key", "rewritten", "cut"]


@dataclass(frozen=True)
class Anchored:
    """How far a trail had come when somebody outside the database noted it; no lines at the beginning."""

    lines: int = 0
    last_hash: str = ""


@dataclass(frozen=True)
class AuditVerdict:
    """``lines``: that the trail has been read to. ``fault``: a *line* does not follow from the one before it; it names a *key* that is not
    known; what was anchored was *rewritten*, or has been *cut* off."""

    lines: int
    last_hash: str
    broken_at: int | None  # seq of the first line that is wrong or missing
    fault: Fault | None = None

    @property
    def whole(self) -> bool:
        return self.broken_at is None


def verify(
    engine: Engine,
    schema: str,
    *,
    keys: Mapping[int, bytes] | None = None,
    anchors: Iterable[Anchored] = (),
    since: Anchored = Anchored(),
    archived: Iterable[Anchored] = (),
    chain: str = "",
    least_key: int = 0,
) -> AuditVerdict:
    """Walk one chain of ``schema`` in constant memory and hold it against ``anchors``, which are in the order of their lines.

    ``keys``: of the trail, by default those that are set. ``since``: what was proved before; the walk goes on from there, and proves that this line is still what it was.
    ``archived``: to where lines were taken out into archives; without ``since`` the walk begins after the last of these that no line of the chain lies before.
    ``chain``: the bureau whose it is; empty for the one of all. ``least_key``: the number of the key with which it can have begun.
    """
    trail = audit_trail(schema)
    own = trail.c.chain == chain
    with engine.connect().execution_options(stream_results=True, yield_per=1000) as connection:
        if since.lines:
            stands = connection.scalar(select(trail.c.hash).where(own, trail.c.seq == since.lines))
            if stands != since.last_hash:
                return AuditVerdict(since.lines, since.last_hash, since.lines, "rewritten" if stands else "cut")
        elif ends := list(archived):
            least = connection.scalar(select(func.min(trail.c.seq)).where(own))
            gone = (one for one in ends if least is None or one.lines < least)
            since = max(gone, key=lambda one: one.lines, default=since)
        rows = select(trail).where(own, trail.c.seq > since.lines) if since.lines else select(trail).where(own)
        found = connection.execute(rows.order_by(trail.c.seq)).mappings()
        lines: Iterator[dict[str, Any]] = (dict(row) for row in found)
        return walk(lines, keys=keys, anchors=anchors, since=since, chain=chain, least_key=least_key)


def walk(
    rows: Iterable[Mapping[str, Any]],
    *,
    keys: Mapping[int, bytes] | None = None,
    anchors: Iterable[Anchored] = (),
    since: Anchored = Anchored(),
    chain: str = "",
    least_key: int = 0,
) -> AuditVerdict:
    """Walk lines that are in order and follow ``since``, wherever they are kept; the rest is as in ``verify``."""
    keys = settings.trail_keys if keys is None else keys
    noted = {one.lines: one.last_hash for one in anchors if one.lines > since.lines}
    lines, previous = since.lines, since.last_hash or beginning(chain)
    for row in rows:
        lines += 1
        try:
            fits = row["seq"] == lines and follows(previous, line_body(row), row["hash"], keys)
        except UnknownKey:
            return AuditVerdict(lines, previous, row["seq"], "key")
        if fits and lines == 1 and key_number(row["hash"]) < least_key:
            return AuditVerdict(lines, previous, lines, "key")
        if not fits:
            return AuditVerdict(lines, previous, row["seq"], "line")
        previous = row["hash"]
        if noted.pop(lines, previous) != previous:
            return AuditVerdict(lines, previous, lines, "rewritten")
    previous = previous if lines else ""
    if noted:
        return AuditVerdict(lines, previous, lines + 1, "cut")
    return AuditVerdict(lines, previous, None)


def chains_of(engine: Engine, schema: str) -> list[str]:
    """Return the chains that the trail of ``schema`` has, the one of all first; found by jumping from one to the next in the index."""
    chain = audit_trail(schema).c.chain
    found = [""]
    with engine.connect() as connection:
        while following := connection.scalar(select(chain).where(chain > found[-1]).order_by(chain).limit(1)):
            found.append(following)
    return found


def line_body(row: Mapping[str, object]) -> bytes:
    """Return what the hash of a line covers besides the line before it."""
    return canonical({name: row[name] for name in AUDIT_FIELDS})
