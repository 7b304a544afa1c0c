"""Whatever was changed through this API is hinted at for the pages of the same bureau, once it is committed and answered."""

from typing import Any

from flask import Response, current_app, g, request

from gateway.auth.identify import UNSAFE
from gateway.storage.hints import EVERYBODY, audience_of, noting

# Of one's own only, or of no page's interest: nobody else is told.
SILENT = frozenset({"personal", "sessions", "demonstration", "oidc", "second_factors", "tokens", "channels", "live"})
OWN = frozenset({"notices"})  # that one has read them
# Nobody may find out by it who votes when, though the answer gives nothing away.
_VEILED = frozenset({"campaigns", "recipients"})


def hint_of(response: Response) -> tuple[str, dict[str, Any]] | None:
    """Return what notes that something of the family changed (``noting``); None where there is nothing to hint at."""
    actor, family = g.get("actor"), request.blueprint
    if actor is None or family is None or not 200 <= response.status_code < 300 or not _changes(family):
        return None
    return noting(actor.bureau, [(audience_of(actor) if family in OWN else EVERYBODY, family)])


def _changes(family: str) -> bool:
    if request.method not in UNSAFE or family in SILENT or family in _VEILED:
        return False
    view = current_app.view_functions.get(request.endpoint or "")
    return not (getattr(view, "reads", False) or getattr(view, "leaves_no_trace", False))
