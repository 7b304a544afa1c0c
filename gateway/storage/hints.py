"""Hints: which family of things changed last when, for whom. One row each, so that they never grow and any page can go on."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from gateway.storage.channel_tables import hints
from shared.actor import Actor

h = hints.c
EVERYBODY = ""
CHANNEL = "gateway_hints"
# Their order is that of their commits: whoever numbers one holds the others up until then. The lock is a statement of its own,
# as a number drawn beside it could be drawn before it.
_NOTE = (
    f"SELECT pg_advisory_xact_lock(hashtext('{CHANNEL}')); "  # noqa: S608  # a constant
    "INSERT INTO gateway.hints (bureau, audience, family, seq) "
    "SELECT :bureau, audience, family, nextval('gateway.hint_order') "
    "FROM unnest(CAST(:audiences AS text[]), CAST(:families AS text[])) AS one (audience, family) "
    "ORDER BY audience, family "
    "ON CONFLICT (bureau, audience, family) DO UPDATE SET seq = excluded.seq; "
    f"NOTIFY {CHANNEL}"
)


def note_hints(session: Session | Connection, bureau: str, changed: Iterable[tuple[str, str]]) -> None:
    """Note (audience, family) of what changed in ``bureau``."""
    if pairs := sorted(set(changed)):
        statement, values = noting(bureau, pairs)
        session.execute(text(statement), values)


def noting(bureau: str, pairs: Sequence[tuple[str, str]]) -> tuple[str, dict[str, Any]]:
    """Return the statements that note ``pairs``, with their parameters: they may travel with others."""
    values = {"audiences": [one[0] for one in pairs], "families": [one[1] for one in pairs]}
    return _NOTE, {"bureau": bureau, **values}


def audience_of(actor: Actor) -> str:
    return f"person:{actor.person}" if actor.person else f"account:{actor.account}"


def changes_since(session: Session | Connection, actor: Actor, after: int | None) -> dict[str, Any]:
    """Return the families that changed for ``actor`` after ``after`` and where to go on; of a page that knows nothing yet only
    the latter. A place that was never given out (another database) is answered with everything."""
    mine = (h.bureau == actor.bureau) & h.audience.in_((EVERYBODY, audience_of(actor)))
    rows = session.execute(select(h.family, h.seq).where(mine)).all()
    last = max((row.seq for row in rows), default=0)
    if after is None:
        return {"families": [], "next": last}
    known = after if after <= last else 0
    return {"families": sorted({row.family for row in rows if row.seq > known}), "next": last}


def newer_hints(connection: Connection, after: int) -> Sequence[Any]:
    statement = select(h.bureau, h.audience, h.family, h.seq).where(h.seq > after).order_by(h.seq)
    return connection.execute(statement).all()


def last_hint(connection: Connection) -> int:
    return connection.execute(text("SELECT coalesce(max(seq), 0) FROM gateway.hints")).scalar_one()  # type: ignore[no-any-return]
