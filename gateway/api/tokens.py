"""Bearer tokens, with which other systems use this API."""

from typing import Any

from flask import Response, current_app, g
from marshmallow import fields
from marshmallow.validate import Length

from gateway.api.core import Command, Document, PageQuery, blueprint, paged, shown_once, text, whole
from gateway.auth.tokens import issue_token, revoke_token
from gateway.auth.tokens import list_tokens as tokens_of
from gateway.current import current_actor
from gateway.parts import parts
from gateway.storage.logins import Limits
from shared.contracts.shapes import flag
from shared.errors import Entry, Forbidden, Invalid
from shared.vocabulary.networks import is_network, network_of

tokens = blueprint("tokens", "令牌 bearer tokens of one's own account")
tokens.truthful = True


class NewToken(Command):
    name = text(100, required=True)
    days = whole(1, 730, load_default=90, metadata={"description": "days until it expires"})
    reads_only = flag("it changes nothing", load_default=False)
    families = fields.List(
        text(64),
        load_default=None,
        allow_none=True,
        validate=Length(1, 100),
        metadata={"description": "tags of this page; only their operations. Absent: all"},
    )
    networks = fields.List(
        text(64),
        load_default=None,
        allow_none=True,
        validate=Length(1, 50),
        metadata={"description": "networks such as 10.1.2.0/24 from which it is used. Absent: any"},
    )


class TokenQuery(PageQuery):
    account = text(64, metadata={"description": "whose; one's own where neither is named"})
    bureau = text(64, metadata={"description": "of every account of a bureau that one manages"})


class TokenDocument(Document):
    token = fields.UUID(required=True, metadata={"description": "identifies the token; not its secret"})
    account = fields.String(required=True)
    name = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    revoked_at = fields.AwareDateTime(required=True, allow_none=True)
    reads_only = fields.Boolean(required=True)
    families = fields.List(fields.String(), required=True, allow_none=True)
    networks = fields.List(fields.String(), required=True, allow_none=True)
    used_at = fields.AwareDateTime(required=True, allow_none=True, metadata={"description": "to the minute"})
    used_from = fields.String(required=True, allow_none=True)


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
    limits = _limits(command)
    return issue_token(parts().database, current_actor(), command["name"], command["days"], limits)


@tokens.route("/tokens")
@tokens.arguments(TokenQuery, location="query")
@tokens.response(200, paged(TokenDocument))
def list_tokens(query: dict[str, Any]) -> dict[str, Any]:
    """令牌 the tokens of one's own account, or of accounts that one manages"""
    return tokens_of(parts().database, current_actor(), query)


@tokens.route("/tokens/<uuid:token>", methods=["DELETE"])
@tokens.response(204)
def delete_token(token: Any) -> Response:
    """吊销令牌 revoke a token of one's own, or of an account that one manages"""
    revoke_token(parts().database, current_actor(), str(token))
    parts().holders.forget()
    return Response(status=204)


def _limits(command: dict[str, Any]) -> Limits:
    families, networks = command["families"], command["networks"]
    wrong = [_fault("families", one) for one in families or () if one not in current_app.blueprints]
    wrong += [_fault("networks", one) for one in networks or () if not is_network(one)]
    if wrong:
        raise Invalid("token.limits", zh="令牌的范围有误", en="the token's limits do not fit", errors=wrong)
    of_one_form = None if networks is None else [str(network_of(one)) for one in networks]
    return Limits(command["reads_only"], families, of_one_form)


def _fault(field: str, value: str) -> Entry:
    return {"field": field, "code": f"token.{field}", "zh": f"没有 {value}", "en": f"there is no {value}"}
