"""What a transaction did, written in that transaction: states for the outbox (law 3) and lines of the audit trail (law 10)."""

# ruff: noqa: S608  # statements are put together from the names of our own tables and columns only

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from shared.actor import Actor
from shared.audit_chain import UnknownKey, chain_hash
from shared.clock import now
from shared.errors import Unavailable
from shared.events.declaring import EventType, event_type
from shared.jsontext import canonical, dumps
from shared.repetition import claim_key
from shared.settings import settings
from shared.tables import audit_trail, inserting, outbox

STATES_PER_MESSAGE = 200


@dataclass
class _Recorded:
    states: list[Any] = field(default_factory=list)
    audits: list[tuple[str, str, Any, Any]] = field(default_factory=list)  # action, subject, before, after


def record(session: Session, event: Any, before: Any = None) -> None:
    """Note the new state of one aggregate; ``before`` is its previous state (an event of the same class) or None."""
    kind = event_type(event)
    after_raw = kind.dump(event)
    before_raw = kind.dump(before) if before is not None else {}
    recorded = _recorded(session)
    recorded.states.append((kind, after_raw))
    changed = {name: value for name, value in after_raw.items() if before_raw.get(name, _ABSENT) != value}
    previous = {name: before_raw[name] for name in changed if name in before_raw}
    recorded.audits.append((kind.wire_name, kind.subject(after_raw), previous, changed))


def record_all(session: Session, changes: Iterable[tuple[Any, Any]]) -> None:
    for event, before in changes:
        record(session, event, before)


def republish(session: Session, events: Iterable[Any]) -> None:
    """Send states as they are, without an audit: again, for a consumer that lost its copy; or for the first time,
    where what they tell is on record elsewhere (notices, findings of a check)."""
    recorded = _recorded(session)
    for event in events:
        kind = event_type(event)
        recorded.states.append((kind, kind.dump(event)))


def audit(session: Session, *, action: str, subject: str, before: Any, after: Any) -> None:
    """Note a change that has no event of its own."""
    _recorded(session).audits.append((action, subject, before, after))


def recorded_states(session: Session) -> list[tuple[EventType, dict[str, Any]]]:
    """Return the states that were noted so far, each with its type, in their wire form."""
    return list(_recorded(session).states)


def forget_recorded(session: Session) -> None:
    """Forget what was noted, which is not to be written: the transaction was taken back."""
    session.info.pop("recorded", None)


def write_recorded(session: Session) -> None:
    """Write what was recorded; called once, last in the transaction, by ``Sessions.begin``."""
    recorded: _Recorded | None = session.info.pop("recorded", None)
    if recorded is None:
        return
    session.flush()
    claim_key(session)
    _write_outbox(session, recorded.states)
    _write_audit(session, recorded.audits)


_ABSENT = object()


def _recorded(session: Session) -> _Recorded:
    recorded: _Recorded = session.info.setdefault("recorded", _Recorded())
    return recorded


def _write_outbox(session: Session, states: Sequence[Any]) -> None:
    if not states:
        return
    by_kind: dict[Any, list[Any]] = {}
    for kind, raw in states:
        by_kind.setdefault(kind.wire_name, []).append(raw)
    actor: Actor = session.info["actor"]
    rows = [
        {"event": name, "body": dumps(part), "request_id": actor.request_id, "written_at": now()}
        for name, raws in by_kind.items()
        for part in _parts(raws, STATES_PER_MESSAGE)
    ]
    schema = session.info["schema"]
    session.execute(_tell(schema), {"rows": dumps(rows)})


def _write_audit(session: Session, audits: Sequence[tuple[str, str, Any, Any]]) -> None:
    if not audits:
        return
    schema = session.info["schema"]
    # The chain has one end: whoever appends holds it until the commit. It is taken last, so nothing can wait in a circle.
    last = session.execute(_hold_trail(schema), {"name": f"audit {schema}"}).first()
    seq, previous = (last.seq, last.hash) if last else (0, "")
    actor: Actor = session.info["actor"]
    at, keys = now().isoformat(), settings.trail_keys
    lines = []
    for action, subject, before, after in audits:
        seq += 1
        line = {
            "seq": seq,
            "at": at,
            "account": actor.account,
            "name": actor.name,
            "address": actor.address,
            "request_id": actor.request_id,
            "bureau": actor.bureau,
            "action": action,
            "subject": subject,
            "before": dumps(before),
            "after": dumps(after),
        }
        body = canonical(line)
        previous = _chained(previous, body, keys)
        lines.append(body[:-1] + f',"hash":"{previous}"}}'.encode())  # written once, hashed and sent as it is
    session.execute(_append(schema), {"rows": f"[{b','.join(lines).decode()}]"})


def _chained(previous: str, body: bytes, keys: Mapping[int, bytes]) -> str:
    try:
        return chain_hash(previous, body, keys)
    except UnknownKey as error:
        zh, en = (
            "本进程的审计密钥已过期，请稍后重试",
            f"this process lacks the trail's key {error}: it has to be started anew",
        )
        raise Unavailable("audit.key", zh=zh, en=en) from error


# Texts of two statements are sent together; each sees what was committed before it began.
@cache
def _hold_trail(schema: str) -> TextClause:
    last = f"SELECT seq, hash FROM {audit_trail(schema).fullname} ORDER BY seq DESC LIMIT 1"
    return text(f"SELECT pg_advisory_xact_lock(hashtext(:name)); {last}")


@cache
def _append(schema: str) -> TextClause:
    trail = audit_trail(schema)
    return text(inserting(trail, trail.c.keys()))


@cache
def _tell(schema: str) -> TextClause:
    names = ("event", "body", "request_id", "written_at")
    return text(f"{inserting(outbox(schema), names)}; NOTIFY outbox_{schema}")


def _parts(items: Sequence[Any], size: int) -> Iterator[list[Any]]:
    walker = iter(items)
    while part := list(islice(walker, size)):
        yield part
