"""What a transaction did, written in that transaction: states for the outbox (law 3) and lines of the audit trail (law 10)."""

# ruff: noqa: S608  # statements are put together from the names of our own tables and columns only

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from shared.actor import Actor
from shared.audit_chain import UnknownKey, beginning, chain_hash
from shared.clock import now
from shared.errors import Unavailable
from shared.events.declaring import EventType, event_type
from shared.few_ways import COMMIT
from shared.jsontext import canonical, dumps
from shared.repetition import carried_out_before, claim_key, claiming, take_key
from shared.settings import settings
from shared.tables import audit_trail, inserting, outbox

STATES_PER_MESSAGE = 200
_Part = tuple[str, dict[str, Any]]  # a statement and its parameters


class _Audit(NamedTuple):
    action: str
    subject: str
    before: Any
    after: Any
    bureau: str  # whose it is


@dataclass
class _Recorded:
    states: list[Any] = field(default_factory=list)
    audits: list[_Audit] = field(default_factory=list)


def record(session: Session, event: Any, before: Any = None) -> None:
    """Note the new state of one aggregate; ``before`` is its previous state (an event of the same class) or None."""
    kind = event_type(event)
    after_raw = kind.dump(event)
    before_raw = kind.dump(before) if before is not None else {}
    recorded = _recorded(session)
    recorded.states.append((kind, after_raw))
    changed = {name: value for name, value in after_raw.items() if before_raw.get(name, _ABSENT) != value}
    previous = {name: before_raw[name] for name in changed if name in before_raw}
    bureau = str(after_raw.get("bureau", session.info["actor"].bureau))
    recorded.audits.append(_Audit(kind.wire_name, kind.subject(after_raw), previous, changed, bureau))


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
    _recorded(session).audits.append(_Audit(action, subject, before, after, session.info["actor"].bureau))


def recorded_states(session: Session) -> list[tuple[EventType, dict[str, Any]]]:
    """Return the states that were noted so far, each with its type, in their wire form."""
    return list(_recorded(session).states)


def forget_recorded(session: Session) -> None:
    """Forget what was noted, which is not to be written: the transaction was taken back."""
    session.info.pop("recorded", None)
    session.info.pop("last", None)


def write_last(session: Session, statement: str, name: str, rows: Sequence[Any]) -> None:
    """Let ``statement``, whose answer nobody waits for, travel with what is recorded: last in the transaction, as one way to the database.

    ``rows`` become its parameter ``name``, as one JSON with those of other calls for it; no other statement has a parameter of that name.
    """
    session.info.setdefault("last", {}).setdefault(statement, (name, []))[1].extend(rows)


def write_now(session: Session) -> None:
    """Send what waits for the transaction's end, for whoever reads what it writes."""
    if waiting := _waiting(session):
        _send(session, waiting)


def write_recorded(session: Session) -> None:
    """Write what was recorded and commit; called once, last in the transaction, by ``Sessions.begin``."""
    recorded: _Recorded | None = session.info.pop("recorded", None)
    parts = _waiting(session)
    if recorded is None and not parts:
        return
    session.flush()
    if recorded is not None:
        lines = _lines(session, recorded.audits) if recorded.audits else None
        claim_key(session)  # where no trail was held for it
        parts = [*parts, *_told(session, recorded.states), *([lines] if lines else [])]
    _send(session, parts, end=COMMIT)


_ABSENT = object()


def _recorded(session: Session) -> _Recorded:
    recorded: _Recorded = session.info.setdefault("recorded", _Recorded())
    return recorded


def _waiting(session: Session) -> list[_Part]:
    last: dict[str, tuple[str, list[Any]]] = session.info.pop("last", {})
    return [(statement, {name: dumps(rows)}) for statement, (name, rows) in last.items()]


def _send(session: Session, parts: Sequence[_Part], end: str = "") -> None:
    """Each part begins when the one before it has been carried out; they are one way to the database."""
    statement = _joined(tuple(statement for statement, _ in parts), end)
    session.execute(statement, {name: value for _, own in parts for name, value in own.items()})


@cache
def _joined(statements: tuple[str, ...], end: str) -> TextClause:
    return text("; ".join(statements) + end)


def _told(session: Session, states: Sequence[Any]) -> list[_Part]:
    if not states:
        return []
    by_kind: dict[Any, list[Any]] = {}
    for kind, raw in states:
        by_kind.setdefault(kind.wire_name, []).append(raw)
    actor: Actor = session.info["actor"]
    rows = [
        {"event": name, "body": dumps(part), "request_id": actor.request_id, "written_at": now()}
        for name, raws in by_kind.items()
        for part in _parts(raws, STATES_PER_MESSAGE)
    ]
    return [(_tell(session.info["schema"]), {"told": dumps(rows)})]


def _lines(session: Session, audits: Sequence[_Audit]) -> _Part:
    """Return what appends the lines; the ends of their chains are held from now on until the commit."""
    schema, actor = session.info["schema"], session.info["actor"]
    at, keys = now().isoformat(), settings.trail_keys
    by_bureau = settings.audit_chains == "bureau"
    chains = [one.bureau if by_bureau else "" for one in audits]
    ends = {chain: _hold(session, chain) for chain in sorted(set(chains))}
    lines = []
    for chain, one in zip(chains, audits, strict=True):
        seq, previous = ends[chain]
        line = {
            "seq": seq + 1,
            "at": at,
            "account": actor.account,
            "name": actor.name,
            "address": actor.address,
            "request_id": actor.request_id,
            "bureau": actor.bureau,
            "action": one.action,
            "subject": one.subject,
            "before": dumps(one.before),
            "after": dumps(one.after),
        }
        body = canonical(line)
        following = _chained(previous, body, keys)
        ends[chain] = seq + 1, following
        beside = f',"hash":"{following}","chain":{dumps(chain)}}}'
        lines.append(body[:-1] + beside.encode())  # written once, hashed and sent as it is
    return _append(schema), {"lines": f"[{b','.join(lines).decode()}]"}


def _hold(session: Session, chain: str) -> tuple[int, str]:
    """Hold the end of the chain until the commit and return it; the command's key is claimed on the way.

    A chain has one end: whoever appends holds it. It is taken last, and those of several bureaus in one order, so nothing can
    wait in a circle.
    """
    schema = session.info["schema"]
    request = take_key(session)
    claim = {"request": request, "at": now()} if request else {}
    name = f"audit {schema} {chain}".rstrip()  # as releases with one chain hold theirs
    held = session.execute(_hold_trail(schema, claims=bool(request)), {"name": name, "chain": chain, **claim}).one()
    if request and not held.claimed:
        raise carried_out_before()
    return held.seq or 0, held.hash or beginning(chain)


def _chained(previous: str, body: bytes, keys: Mapping[int, bytes]) -> str:
    try:
        return chain_hash(previous, body, keys)
    except UnknownKey as error:
        zh, en = (
            "本进程的审计密钥已过期，请稍后重试",
            f"this process lacks the trail's key {error}: it has to be started anew",
        )
        raise Unavailable("audit.key", zh=zh, en=en) from error


# Texts of several statements are sent together; each sees what was committed before it began.
@cache
def _hold_trail(schema: str, *, claims: bool) -> TextClause:
    last = f"SELECT seq, hash FROM {audit_trail(schema).fullname} WHERE chain = :chain ORDER BY seq DESC LIMIT 1"
    claimed = f"WITH claimed AS ({claiming(schema)}) " if claims else ""
    whether = "EXISTS (SELECT FROM claimed)" if claims else "true"
    found = (
        f"SELECT {whether} AS claimed, last.seq, last.hash FROM (SELECT 1) AS one LEFT JOIN ({last}) AS last ON true"
    )
    return text(f"SELECT pg_advisory_xact_lock(hashtext(:name)); {claimed}{found}")


@cache
def _append(schema: str) -> str:
    trail = audit_trail(schema)
    return inserting(trail, trail.c.keys(), "lines")


@cache
def _tell(schema: str) -> str:
    names = ("event", "body", "request_id", "written_at")
    return f"{inserting(outbox(schema), names, 'told')}; NOTIFY outbox_{schema}"


def _parts(items: Sequence[Any], size: int) -> Iterator[list[Any]]:
    walker = iter(items)
    while part := list(islice(walker, size)):
        yield part
