"""The gateway's own audit trail, and the anchors of all trails (law 10)."""

from typing import Any

from marshmallow import fields

from gateway.api.core import Document, blueprint, paged
from gateway.current import current_actor
from gateway.parts import parts
from gateway.storage.anchors import read_anchors
from gateway.storage.trail import of_accounts
from shared.audit_reading import check, trail_page
from shared.contracts.audit_trails import TrailLine, TrailQuery
from shared.contracts.shapes import listing
from shared.vocabulary.trail_permissions import may_read_trail

audit_trails = blueprint("audit_trails", "审计链与锚点 the gateway's audit trail, and the anchors of all trails")
audit_trails.truthful = True


class AnchoredTrail(Document):
    schema = fields.String(required=True)
    bureau = fields.String(required=True, metadata={"description": "whose chain it is; empty: the one of all bureaus"})
    lines = fields.Integer(required=True)
    last_hash = fields.String(required=True)


class BrokenTrail(Document):
    schema = fields.String(required=True)
    bureau = fields.String(required=True, metadata={"description": "whose chain it is; empty: the one of all bureaus"})
    fault = fields.String(
        required=True, metadata={"description": "what was found instead of what had been anchored, and at which line"}
    )


class AnchorDocument(Document):
    number = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True)
    trails = listing(AnchoredTrail)
    broken = listing(BrokenTrail)
    new_key = fields.String(
        required=True,
        metadata={"description": "the public key that signs from the next anchor on; empty where it stays"},
    )
    reason = fields.String(
        required=True, metadata={"description": "why earlier anchors of these trails count no more; empty else"}
    )
    text = fields.String(required=True, metadata={"description": "the line as it was signed, for `kaohe audit verify`"})


class Anchors(Document):
    items = listing(AnchorDocument, "the newest first, 500 at most")
    first_key = fields.String(
        required=True, allow_none=True, metadata={"description": "the public key that signed the first"}
    )


@audit_trails.route("/audit-trails/gateway")
@audit_trails.arguments(TrailQuery, location="query")
@audit_trails.response(200, paged(TrailLine))
def list_gateway_trail(query: dict[str, Any]) -> dict[str, Any]:
    """审计记录 of accounts, log-ins, roles and looks at what is confidential, the newest first"""
    actor = current_actor()
    check(may_read_trail(actor))
    with parts().database.begin(actor) as session:
        return trail_page(session, "gateway", actor, query, of_accounts(actor.bureau))


@audit_trails.route("/audit-trails/anchors")
@audit_trails.response(200, Anchors)
def list_anchors() -> dict[str, Any]:
    """锚点 how far each trail had come when it was noted outside the database, signed"""
    check(may_read_trail(current_actor()))
    return read_anchors()
