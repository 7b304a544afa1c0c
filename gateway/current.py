"""What belongs to the request being answered: its id and its actor."""

from typing import cast

from flask import g, has_request_context

from shared.actor import Actor
from shared.errors import Forbidden, Unauthenticated


def request_id() -> str:
    """Return the id of this request, as accepted or given at its start; empty outside of a request."""
    return cast(str, g.get("request_id", "")) if has_request_context() else ""


def current_actor() -> Actor:
    """Tell who asks; raises ``Unauthenticated`` where nobody has logged in."""
    actor = g.get("actor") if has_request_context() else None
    if actor is None:
        raise Unauthenticated("login.required", zh="请先登录", en="log in first")
    return cast(Actor, actor)


def by_hand() -> Actor:
    """Tell who asks, for what nobody does by a token: that would outlive the log-in, and is known to a machine."""
    if g.credential.kind == "token":
        raise Forbidden("token.by_token", zh="不能用令牌操作，请登录后办理", en="not by a token: log in")
    return current_actor()
