"""Send every current state again, page by page: for a consumer that lost its copy (DESIGN §4.5)."""

import json

from services.declarations.domain.permissions import check_replays
from services.declarations.storage.told_states import ALL, states_after
from services.declarations.usecases.checks.findings import tell_findings
from services.declarations.usecases.events import event_of
from shared.actor import Actor
from shared.contracts.declarations.commands.telling import Replay
from shared.database import Row, Session
from shared.errors import Invalid
from shared.recording import republish


def replay_state(session: Session, actor: Actor, command: Replay) -> Row:
    """Send the states again, a page at a time. Answers {"next": cursor or None, "sent": states in this page}."""
    check_replays(actor)
    kind, last = _decoded(command.get("after"))
    states = states_after(session, ALL[kind], last, command["limit"])
    republish(session, (event_of(state, "replay") for state in states))
    for state in states if kind == "spot_check" else ():
        tell_findings(session, state, "replay")
    if len(states) == command["limit"]:
        cursor = json.dumps([kind, *(getattr(states[-1], name) for name in ALL[kind].order)])
        return {"next": cursor, "sent": len(states)}
    return {"next": _first_of_next(kind), "sent": len(states)}


def _first_of_next(kind: str) -> str | None:
    kinds = list(ALL)
    following = kinds[kinds.index(kind) + 1 :]
    return json.dumps([following[0]]) if following else None


def _decoded(cursor: str | None) -> tuple[str, list[str]]:
    if cursor is None:
        return next(iter(ALL)), []
    try:
        kind, *last = json.loads(cursor)
        width = len(ALL[kind].order)
        if last and (len(last) != width or not all(isinstance(part, str) for part in last)):
            raise ValueError(cursor)
    except (ValueError, TypeError, KeyError) as error:
        raise Invalid("page.cursor", zh="翻页标记无效", en="the cursor is not one that was given out here") from error
    return kind, last
