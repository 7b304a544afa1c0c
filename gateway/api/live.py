"""What changed, for pages that want to know: hints only, never what it says; rights stay where the thing is read."""

from typing import Any

from flask import Response, g, request
from marshmallow import fields

from gateway.api.core import Command, Document, blueprint
from gateway.auth.secrets import digest
from gateway.channels.live import events
from gateway.current import current_actor
from gateway.parts import parts
from gateway.storage.hints import changes_since
from gateway.storage.logins import Logins
from shared.actor import system
from shared.clock import now
from shared.contracts.shapes import listing
from shared.errors import BadRequest, NotFound

live = blueprint("live", "变动提示 hints at what changed")
live.truthful = True
HEARTBEAT = 20.0  # seconds; proxies and the server's own patience last longer


class ChangesQuery(Command):
    after = fields.Integer(strict=False, metadata={"description": "`next` of the answer before"})


class Changes(Document):
    families = listing(fields.String(), "of operations whose things changed, as the tags of this page name them")
    next = fields.Integer(required=True)


@live.route("/changes")
@live.arguments(ChangesQuery, location="query")
@live.response(200, Changes)
def list_changes(query: dict[str, Any]) -> dict[str, Any]:
    """变动 which families changed since; for whom the stream does not reach"""
    actor = current_actor()
    with parts().database.begin(actor) as session:
        return changes_since(session, actor, query.get("after"))


@live.route("/live")
@live.response(200, {"type": "string"}, content_type="text/event-stream")
def stream_changes() -> Response:
    """变动流 the same as server-sent events; goes on after Last-Event-ID, ends with the session"""
    actor, hub, database, credential = current_actor(), parts().hub, parts().database, g.credential
    if hub is None:
        zh, en = "此处没有实时连接，请改为定时查询", "no streams are served here: poll /changes"
        raise NotFound("live.elsewhere", zh=zh, en=en)
    after = _last_seen()
    mine = digest(credential.secret)

    def ended() -> bool:
        with database.begin(system("")) as session:
            return not Logins(session).lives(mine, credential.kind, now())

    hub.check_following()
    listener = hub.enter(actor)
    try:
        with database.begin(actor) as session:
            missed = changes_since(session, actor, after)
    except BaseException:
        hub.leave(listener)
        raise
    request.environ["eventlet.minimum_write_chunk_size"] = 1  # eventlet holds back what is small
    stream = events(hub, listener, missed, ended, heartbeat=HEARTBEAT)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    response = Response(stream, content_type="text/event-stream", headers=headers)
    response.call_on_close(lambda: hub.leave(listener))  # of a page that went before it read a line
    return response


def _last_seen() -> int | None:
    given = request.headers.get("Last-Event-ID") or request.args.get("after")
    if given is None:
        return None
    if not (given.isascii() and given.isdecimal() and len(given) < 19):
        raise BadRequest("live.after", zh="Last-Event-ID 有误", en="not an id of this stream")
    return int(given)
