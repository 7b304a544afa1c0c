"""Whatever was changed through this API is hinted at for the pages of the same bureau, once it is committed and answered."""

from flask import Response, current_app, g, request
from sqlalchemy import Connection

from gateway.auth.identify import UNSAFE
from gateway.parts import parts
from gateway.storage.hints import EVERYBODY, audience_of, note_hints
from shared.actor import Actor
from shared.logs import log

# Of one's own only, or of no page's interest: nobody else is told.
SILENT = frozenset({"personal", "sessions", "demonstration", "oidc", "second_factors", "tokens", "channels", "live"})
OWN = frozenset({"notices"})  # that one has read them
# Nobody may find out by it who votes when, though the answer gives nothing away.
_VEILED = frozenset({"campaigns", "recipients"})


def hint_at_change(response: Response) -> Response:
    """Note that something of the family changed; that a hint is lost is the lesser harm: pages look for themselves now and then."""
    actor, family = g.get("actor"), request.blueprint
    if actor is None or family is None or not 200 <= response.status_code < 300 or not _changes(family):
        return response
    try:
        with parts().database.begin_single() as connection:
            _note(connection, actor, family)
    except Exception:
        log.exception("a hint could not be noted", family=family)
    return response


def _note(connection: Connection, actor: Actor, family: str) -> None:
    note_hints(connection, actor.bureau, [(audience_of(actor) if family in OWN else EVERYBODY, family)])


def _changes(family: str) -> bool:
    if request.method not in UNSAFE or family in SILENT or family in _VEILED:
        return False
    view = current_app.view_functions.get(request.endpoint or "")
    return not (getattr(view, "reads", False) or getattr(view, "leaves_no_trace", False))
