"""The audit trail of one service, as auditors read it (law 10)."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.shapes import Document, PageQuery, code, day, listing, paged, text


class TrailQuery(PageQuery):
    """The newest first."""

    subject = text(300, "what the lines are about, or what that begins with: B00/2026")
    action = text(100, "what was done, or what that begins with: declarations.DeclarationChanged")
    account = code("who did it")
    request_id = code("of one request")
    since = day("from this day on")
    until = day("to this day")


class TrailLine(Document):
    seq = fields.Integer(required=True, metadata={"description": "its place in its chain"})
    chain = fields.String(
        required=True, metadata={"description": "the bureau whose chain it is in; empty: the one of all bureaus"}
    )
    at = fields.AwareDateTime(required=True)
    account = fields.String(required=True)
    name = fields.String(required=True)
    address = fields.String(required=True)
    request_id = fields.String(required=True)
    bureau = fields.String(required=True)
    action = fields.String(required=True)
    subject = fields.String(required=True)
    changed = listing(fields.String(), "names of what changed")
    before = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata={
            "description": "of a state that others hear of; else empty: what a service keeps to itself is not told here"
        },
    )
    after = fields.Dict(keys=fields.String(), required=True, metadata={"description": "as `before`"})
    hash = fields.String(required=True, metadata={"description": "covers this line and all before it"})


def trail_of(service: str) -> Family:
    """Return the family with the one operation that reads the trail of ``service``."""
    family = Family(service, f"{service}_trail", "审计链 who did what, when, from where")
    family.get(f"/audit-trails/{service}", "list_trail", TrailQuery, paged(TrailLine), may="may_read_trail")(
        "审计记录 lines of the audit trail, the newest first; of one's own bureau, for an auditor of the installation of all"
    )
    return family
