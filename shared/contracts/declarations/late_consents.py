"""Consent to declare after the deadline."""

from marshmallow import fields

from shared.contracts.declarations.asking import ItemsQuery, OneCycle
from shared.contracts.declarations.names import ItemNames, name_of
from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, batch, code, day, listing, needed_text, paged, revision, word
from shared.vocabulary.declarations import CONSENT_DECISIONS, CONSENT_STATES
from shared.vocabulary.organisation import LAYERS


class LateItem(Command):
    subject = code("by default oneself")
    period = code(required=True)
    indicator = code(required=True)


class NewLateConsents(OneCycle):
    reason = needed_text()
    items = batch(LateItem)


class ChosenConsent(Command):
    consent = code(required=True)
    revision = revision()


class AnsweredConsents(OneCycle):
    decision = word(CONSENT_DECISIONS, required=True)
    reason = needed_text()
    until = day("the last day on which they may be declared")
    consents = batch(ChosenConsent)


class LateConsentQuery(ItemsQuery):
    status = word(CONSENT_STATES)


class LateConsent(ItemNames):
    consent = fields.String(required=True)
    revision = fields.Integer(required=True)
    cycle = fields.String(required=True)
    subject = fields.String(required=True)
    layer = word(LAYERS, required=True)
    period = fields.String(required=True)
    indicator = fields.String(required=True)
    unit = fields.String(required=True)
    assessor = fields.String(required=True)
    assessor_name = name_of()
    status = word(CONSENT_STATES, required=True)
    reason = fields.String(required=True)
    answer = fields.String(required=True)
    until = fields.Date(required=True, allow_none=True)
    asked_by = fields.String(required=True)
    asked_by_name = name_of()
    asked_on = fields.Date(required=True)
    decided_by = fields.String(required=True, allow_none=True)
    decided_by_name = name_of(nullable=True)
    decided_for = fields.String(required=True, allow_none=True)
    decided_for_name = name_of(nullable=True)
    decided_on = fields.Date(required=True, allow_none=True)


class LateConsents(Document):
    consents = listing(LateConsent)


late_consents = Family("declarations", "late_consents", "补报 consent to declare late")

ask_consents = late_consents.post(
    "/late-consents", "ask_consents", NewLateConsents, LateConsents, may="check_answers_for", status=201
)("申请补报 ask to declare after the deadline")
answer_consents = late_consents.post(
    "/late-consents/answer", "answer_consents", AnsweredConsents, LateConsents, may="check_consents"
)("答复补报申请 the assessor grants or refuses")
list_consents = late_consents.get(
    "/late-consents", "list_consents", LateConsentQuery, paged(LateConsent), may="anyone"
)("补报申请列表 what was asked and answered")
