"""Bearer tokens, with which other systems use this API."""

from typing import Any

from flask import Response, g
from marshmallow import fields

from gateway.api.core import Command, Document, PageQuery, blueprint, paged, shown_once, text, whole
from gateway.auth.logins import issue_token, revoke_token
from gateway.current import current_actor
from gateway.parts import parts
from gateway.storage.logins import Logins
from shared.errors import Forbidden

tokens = blueprint("tokens", "令牌 bearer tokens of one's own account")
tokens.truthful = True


class NewToken(Command):
    name = text(100, required=True)
    days = whole(1, 730, load_default=90, metadata={"description": "days until it expires"})


class TokenDocument(Document):
    token = fields.UUID(required=True, metadata={"description": "identifies the token; not its secret"})
    account = fields.String(required=True)
    name = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    revoked_at = fields.AwareDateTime(required=True, allow_none=True)


class IssuedToken(TokenDocument):
    secret = fields.String(required=True, metadata={"description": "shown this once: Authorization: Bearer <secret>"})


@tokens.route("/tokens", methods=["POST"])
@tokens.arguments(NewToken)
@tokens.response(201, IssuedToken)
@shown_once
def create_token(command: dict[str, Any]) -> dict[str, Any]:
    """签发令牌 issue a token with the rights of one's own account"""
    if g.credential.kind == "token":
        raise Forbidden("token.by_token", zh="不能用令牌签发令牌，请登录后操作", en="a token issues no tokens: log in")
    return issue_token(parts().database, current_actor(), command["name"], command["days"])


@tokens.route("/tokens")
@tokens.arguments(PageQuery, location="query")
@tokens.response(200, paged(TokenDocument))
def list_tokens(query: dict[str, Any]) -> dict[str, Any]:
    """本账号的令牌 the tokens of one's own account"""
    actor = current_actor()
    with parts().database.begin(actor) as session:
        return Logins(session).tokens_page(actor.account, query.get("after"), query["limit"])


@tokens.route("/tokens/<uuid:token>", methods=["DELETE"])
@tokens.response(204)
def delete_token(token: Any) -> Response:
    """吊销令牌 revoke a token"""
    revoke_token(parts().database, current_actor(), str(token))
    parts().holders.forget()
    return Response(status=204)
