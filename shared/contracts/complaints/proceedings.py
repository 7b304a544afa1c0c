"""What is told of a case's procedure: parties, supplements, mediation, competence, reward, archive, publication, signs."""

from marshmallow import fields

from shared.contracts.shapes import Document, Exact, listing, word
from shared.vocabulary.case_procedure import (
    AGREEMENT_FORMS,
    ARCHIVE_STATES,
    ATTENDANCES,
    COMPETENCES,
    IDENTITIES,
    MATERIALS,
    MODES,
    OBJECTION_DECISIONS,
    POWERS,
    RECUSAL_ASKERS,
    REWARD_STATES,
    ROUTES,
    SIGNS,
    TRANSFER_STATES,
)
from shared.vocabulary.complaints import PARTIES


class PersonDocument(Document):
    """To those who handle the case; else empty."""

    name = fields.String(required=True)
    phone = fields.String(required=True)
    address = fields.String(required=True)
    id_number = fields.String(required=True)


class AgentDocument(PersonDocument):
    powers = word(POWERS, required=True)


class ComplainantDocument(PersonDocument):
    representative = fields.Boolean(required=True)


class PartiesDocument(Document):
    has_agent = fields.Boolean(required=True)
    mandate = fields.Boolean(required=True)
    together = fields.Integer(required=True, metadata={"description": "how many complain together; 0 of a single one"})
    representatives = fields.Integer(required=True)
    identity = word(IDENTITIES, required=True, allow_none=True)


class SupplementDocument(Document):
    asked_at = fields.AwareDateTime(required=True)
    materials = listing(word(MATERIALS))
    supply_by = fields.Date(required=True)
    supplied_at = fields.AwareDateTime(required=True, allow_none=True)
    lacking = listing(word(MATERIALS))


class AttendanceDocument(Document):
    party = word(PARTIES, required=True)
    attendance = word(ATTENDANCES, required=True)
    proof = fields.String(required=True)


class AppointmentDocument(Document):
    appointed_for = fields.AwareDateTime(required=True)
    mode = word(MODES, required=True)
    place = fields.String(required=True)
    attendances = listing(AttendanceDocument)


class RecusalDocument(Document):
    asked_at = fields.AwareDateTime(required=True)
    asked_by = word(RECUSAL_ASKERS, required=True)
    of = fields.String(required=True, allow_none=True, metadata={"description": "the person"})
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    granted = fields.Boolean(required=True, allow_none=True)


class CompetenceDocument(Document):
    """A dispute on who is competent, and the transfer to another bureau."""

    disputed_at = fields.AwareDateTime(required=True, allow_none=True)
    settled_at = fields.AwareDateTime(required=True, allow_none=True)
    by_superior = fields.Boolean(required=True)
    competence = word(COMPETENCES, required=True, allow_none=True)
    other_bureau = fields.String(required=True)
    transfer = word(TRANSFER_STATES, required=True, allow_none=True)
    sent_at = fields.AwareDateTime(required=True, allow_none=True)
    received_at = fields.AwareDateTime(required=True, allow_none=True)
    receipt = fields.String(required=True)


class RewardDocument(Document):
    state = word(REWARD_STATES, required=True)
    amount = Exact(required=True, metadata={"description": "yuan"})
    receipt = fields.String(required=True)


class ArchiveDocument(Document):
    state = word(ARCHIVE_STATES, required=True)
    submitted_at = fields.AwareDateTime(required=True)
    submitted_by = fields.String(required=True, metadata={"description": "the account"})
    checked_at = fields.AwareDateTime(required=True, allow_none=True)
    rejections = fields.Integer(required=True)


class SignDocument(Document):
    """What prompts a person to look (令121 art. 17); never a reason by itself."""

    sign = word(SIGNS, required=True)
    zh = fields.String(required=True)
    cases = fields.Integer(required=True)


class RouteDocument(Document):
    route = word(ROUTES, required=True)
    zh = fields.String(required=True)


class ObjectionDocument(Document):
    objected_at = fields.AwareDateTime(required=True)
    text = fields.String(required=True)
    answer_by = fields.Date(required=True, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    decision = word(OBJECTION_DECISIONS, required=True, allow_none=True)
    reason = fields.String(required=True)


class ProcedureDocument(Document):
    parties = fields.Nested(PartiesDocument, required=True)
    supplements = listing(SupplementDocument)
    declined = listing(word(PARTIES), "who refuses mediation")
    mediator = fields.String(
        required=True, allow_none=True, metadata={"description": "who mediates, the handler included"}
    )
    appointments = listing(AppointmentDocument)
    recusals = listing(RecusalDocument)
    routes = listing(
        RouteDocument, "what stays open to a consumer who was refused or whose mediation failed, to be told"
    )
    form = word(AGREEMENT_FORMS, required=True, allow_none=True)
    filed_until = fields.Date(required=True, allow_none=True)
    competence = fields.Nested(CompetenceDocument, required=True)
    reward = fields.Nested(RewardDocument, required=True, allow_none=True)
    archive = fields.Nested(ArchiveDocument, required=True, allow_none=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    unpublished_at = fields.AwareDateTime(required=True, allow_none=True)
    withheld_until = fields.Date(required=True, allow_none=True)
    objections = listing(ObjectionDocument, "to the publication, by the trader")
    redone = fields.Boolean(required=True)
    linked = listing(
        fields.String(), "cases that belong to it: the other half, the report it became, the complaint it came from"
    )
    merged_from = listing(fields.String(), "cases that were merged into it")
