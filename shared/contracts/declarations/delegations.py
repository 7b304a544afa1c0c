"""Deciding handed over during absence."""

from marshmallow import fields

from shared.contracts.declarations.asking import OneCycle
from shared.contracts.declarations.names import name_of
from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, PageQuery, code, day, flag, needed_text, paged, revision, word
from shared.vocabulary.declarations import DELEGATED_ROLES, DELEGATION_STATES
from shared.vocabulary.roles import ROLES


class NewDelegation(Command):
    principal = code("by default oneself; the office for a head who is away, or for a unit (as `target`) that has none")
    delegate = code(required=True)
    role = word(ROLES, "of these only: " + ", ".join(DELEGATED_ROLES), required=True)
    target = code("unit or line; none: bureau-wide", allow_none=True)
    starts = day(required=True)
    ends = day("the last day", required=True)
    reason = needed_text()


class HandedUp(OneCycle):
    unit = code("whose head does not decide", required=True)
    reason = needed_text()


class HandedUpDocument(Document):
    declarations = fields.Integer(
        required=True, metadata={"description": "that the next head up may verify from now on"}
    )


class EndedDelegation(Command):
    delegation = code(required=True)
    revision = revision()


class DelegationQuery(PageQuery):
    active = flag("only those not ended and not past", load_default=False)


class DelegationDocument(Document):
    delegation = fields.String(required=True)
    revision = fields.Integer(required=True)
    principal = fields.String(required=True)
    principal_name = name_of()
    delegate = fields.String(required=True)
    delegate_name = name_of()
    role = word(DELEGATED_ROLES, required=True)
    target = fields.String(required=True, allow_none=True)
    target_name = name_of("of the unit; a line goes by its code", nullable=True)
    unit = fields.String(required=True, metadata={"description": "of the principal"})
    unit_name = name_of()
    starts = fields.Date(required=True)
    ends = fields.Date(required=True)
    status = word(DELEGATION_STATES, required=True)
    in_force = flag("today", required=True)
    reason = fields.String(required=True)
    made_by = fields.String(required=True)
    made_by_name = name_of()
    ended_by = fields.String(required=True, allow_none=True)
    ended_by_name = name_of(nullable=True)


delegations = Family("declarations", "delegations", "委托 deciding handed over")

delegate = delegations.post(
    "/delegations", "delegate", NewDelegation, DelegationDocument, may="check_hands_over", status=201
)("委托 hand one role over for a span of days")
end_delegation = delegations.post(
    "/delegations/<delegation>/end", "end_delegation", EndedDelegation, DelegationDocument, may="check_ends"
)("终止委托 end it before its last day")
list_delegations = delegations.get(
    "/delegations", "list_delegations", DelegationQuery, paged(DelegationDocument), may="anyone"
)("委托列表 who stands in for whom")
hand_up = delegations.post("/declarations/hand-up", "hand_up", HandedUp, HandedUpDocument, may="check_hands_up")(
    "改由上一级办理 what waits for a unit's head may be verified by the next head up, whatever the timetable says"
)
