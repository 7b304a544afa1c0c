"""Whether the rows say what the trail says of them: of every aggregate the trail's last word on each member, against its state as it stands.

The trail keeps what changed of a state that leaves as an event (docs/decisions/0004); the service tells all its states from its rows
(``kaohe replay``). A row that was changed past the services differs from the trail then, and one that was put there is not in it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import islice
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

from ops.bus import operator
from services.attendance.usecases import months
from services.complaints.usecases import figures
from services.declarations.usecases import replay as declarations
from services.scoring.usecases import replay as scoring
from services.targets.usecases import replay as targets
from shared.actor import Actor
from shared.events import REGISTRY
from shared.jsontext import canonical, dumps, loads
from shared.recording import forget_recorded, recorded_states
from shared.tables import audit_trail

Key = tuple[str, str]  # event's name, subject
TOLD_ANEW: Mapping[str, Callable[[Session, Actor, Any], dict[str, Any]]] = {
    "targets": targets.replay_state,
    "declarations": declarations.replay_state,
    "attendance": months.replay_state,
    "complaints": figures.replay_state,
    "scoring": scoring.replay_state,
}
PAGE = 1000
SAID_BY = "by"  # who did it: of a state that is told anew the operator
MESSAGES = (
    "attendance.AttendanceNotice",
    "attendance.DeviceAlarm",
    "complaints.CaseNotice",
    "declarations.NoticeGiven",
)  # states of nothing: they are sent once, and no row has what they say
# What stands in a row whose own state is on the trail, or was there before its state was said: of these a row without a word on the trail is none.
IN_OTHERS = ("targets.ModelChanged", "scoring.ConversationChanged", "declarations.FindingsChanged")
_VERSION = re.compile(r"\.v\d+$")
_DECIMAL = re.compile(r"-?\d+\.\d+")


def differences(
    engine: Engine, schema: str, archived: Iterable[Mapping[str, Any]] = (), *, partly: bool = False
) -> Iterator[str]:
    """Yield what differs between the rows of ``schema`` and its trail, as sentences; nothing where they agree.

    ``archived``: lines of the trail that are no longer in the database. ``partly``: that there are more of these; a row without a word on
    the trail then says nothing.
    """
    if schema not in TOLD_ANEW:
        return
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        lines = _bring_back(connection, schema, archived)
        told = _told(connection, schema)
        for key, said in _said(connection, schema, lines):
            row = told.pop(key, None)
            if row is None:
                yield f"{' '.join(key)}: 数据中没有 is in the trail and not among the rows"
            elif wrong := sorted(name for name in said.keys() & row.keys() if row[name] != _digest(said[name])):
                yield f"{' '.join(key)}: 数据与审计链不符 the row is not what the trail says ({', '.join(wrong)})"
        for name, subject in told:
            if name not in IN_OTHERS and not partly:
                yield f"{name} {subject}: 审计链中没有 is among the rows and not in the trail"


def _told(connection: Connection, schema: str) -> dict[Key, dict[str, bytes]]:
    """Return a digest of each member of each state that the service tells from its rows; read only, nothing is sent."""
    digests: dict[Key, dict[str, bytes]] = {}
    command: dict[str, Any] = {"after": None, "limit": PAGE}
    with Session(connection) as session:
        session.info.update(actor=operator(), schema=schema)
        while True:
            answer = TOLD_ANEW[schema](session, operator(), command)
            for kind, state in recorded_states(session):
                key = _VERSION.sub("", kind.wire_name), kind.subject(state)
                digests[key] = {name: _digest(value) for name, value in state.items() if name != SAID_BY}
            forget_recorded(session)
            session.expunge_all()
            if not answer.get("next"):
                return digests
            command["after"] = answer["next"]


def _bring_back(connection: Connection, schema: str, archived: Iterable[Mapping[str, Any]]) -> str:
    """Return the table of all lines: for as long as the transaction lives those of the archives are beside the trail."""
    trail, left = audit_trail(schema), iter(archived)
    part = list(islice(left, PAGE))
    if not part:
        return trail.fullname
    connection.execute(text(f"CREATE TEMPORARY TABLE archived (LIKE {trail.fullname}) ON COMMIT DROP"))
    copied = "SELECT * FROM json_populate_recordset(NULL::pg_temp.archived, CAST(:rows AS json))"
    while part:
        connection.execute(text(f"INSERT INTO pg_temp.archived {copied}"), {"rows": dumps(part)})
        part = list(islice(left, PAGE))
    names = ", ".join(trail.c.keys())
    return f"(SELECT {names} FROM {trail.fullname} UNION ALL SELECT {names} FROM pg_temp.archived) AS whole"  # noqa: S608  # a table of ours


def _said(connection: Connection, schema: str, lines: str) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Yield every aggregate as the trail knows it: each member's last value. Within a chain its order counts, whatever the clocks of
    the processes said; what moved from the chain of all to its bureau's is in the order of time."""
    statement = text(f"""
        SELECT kind, subject, json_object_agg(member, told)::text AS state FROM (
            SELECT DISTINCT ON (kind, subject, member) kind, subject, member, told
            FROM (
                SELECT chain, seq, subject, after, regexp_replace(action, '\\.v[0-9]+$', '') AS kind,
                    max(at) OVER (PARTITION BY chain ORDER BY seq) AS reached
                FROM {lines}
            ) AS line, LATERAL json_each(after::json) AS one(member, told)
            WHERE kind = ANY(:events) ORDER BY kind, subject, member, reached DESC, chain DESC, seq DESC
        ) AS last GROUP BY kind, subject
    """)  # noqa: S608  # a table of ours
    names = {_VERSION.sub("", kind.wire_name) for kind in REGISTRY.values() if kind.owner == schema}
    streamed = connection.execution_options(stream_results=True, yield_per=PAGE)
    for row in streamed.execute(statement, {"events": sorted(names.difference(MESSAGES))}):
        yield (row.kind, row.subject), loads(row.state)


def _digest(value: Any) -> bytes:
    return blake2b(canonical(_plain(value)), digest_size=12).digest()


def _plain(value: Any) -> Any:
    """The value without what a number's form adds: a column of two places gives 0.00 for what was said to be 0."""
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return value.rstrip("0").rstrip(".")
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value
