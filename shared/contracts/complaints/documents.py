"""What is told of a case: in a list without who complained, alone with its history and what may be done."""

from marshmallow import fields

from shared.contracts.complaints.proceedings import AgentDocument, ComplainantDocument, ProcedureDocument, SignDocument
from shared.contracts.shapes import Document, Exact, listing, word
from shared.vocabulary.case_procedure import RELATIONS
from shared.vocabulary.complaints import (
    CASE_EVENTS,
    CASE_KINDS,
    CASE_NATURES,
    CASE_STATES,
    CASE_STEPS,
    CHANNELS,
    CLOCK_STATES,
    CLOCKS,
    COLOURS,
    CONSENTS,
    COUNTED,
    ORGANISATIONS,
    OUTCOMES,
    PARTIES,
    READINGS,
    SATISFACTIONS,
)


class OtherReadingDocument(Document):
    reading = word(READINGS, required=True)
    zh = fields.String(required=True)
    due = fields.Date(required=True)
    article = fields.String(required=True)


class DeadlineDocument(Document):
    name = word(CLOCKS, required=True)
    start = fields.Date(required=True, allow_none=True)
    due = fields.Date(required=True, allow_none=True)
    done = fields.Date(required=True, allow_none=True)
    regime = fields.String(required=True)
    article = fields.String(required=True)
    state = word(CLOCK_STATES, required=True)
    days = fields.Integer(required=True, allow_none=True, metadata={"description": "further approved ones included"})
    counted = word(COUNTED, "in which days it is counted", required=True, allow_none=True)
    extended = fields.Boolean(required=True)
    pauses = fields.List(
        fields.List(fields.Date(allow_none=True)), required=True, metadata={"description": "what is not counted of it"}
    )
    provisional = fields.Boolean(
        required=True, metadata={"description": "the year's calendar is not known yet: reckoned by plain weeks"}
    )
    unit = fields.String(required=True, allow_none=True, metadata={"description": "who answers for it"})
    handler = fields.String(required=True, allow_none=True)
    others = listing(OtherReadingDocument, "the day under another reading of the law")


class CaseItem(Document):
    """A case without who complained."""

    code = fields.String(required=True)
    number = fields.String(required=True)
    platform_number = fields.String(
        required=True, allow_none=True, metadata={"description": "of the national platform"}
    )
    kind = word(CASE_KINDS, required=True)
    organisation = word(ORGANISATIONS, required=True)
    status = word(CASE_STATES, required=True)
    channel = word(CHANNELS, required=True, allow_none=True)
    intake_unit = fields.String(required=True)
    intake_unit_name = fields.String(required=True)
    unit = fields.String(required=True, allow_none=True)
    unit_name = fields.String(required=True, allow_none=True)
    handler = fields.String(required=True, allow_none=True)
    handler_name = fields.String(required=True, allow_none=True)
    received_at = fields.AwareDateTime(required=True)
    first_received_at = fields.AwareDateTime(required=True, allow_none=True)
    registered_at = fields.AwareDateTime(required=True)
    registered_by = fields.String(required=True, metadata={"description": "the account"})
    summary = fields.String(required=True)
    trader = fields.String(required=True)
    trader_address = fields.String(required=True)
    goods = fields.String(required=True)
    amount = Exact(required=True, allow_none=True, metadata={"description": "yuan in dispute"})
    request = fields.String(required=True)
    real_name = fields.Boolean(required=True)
    linked_to = fields.String(required=True, allow_none=True)
    assigned_at = fields.AwareDateTime(required=True, allow_none=True)
    taken_up_at = fields.AwareDateTime(required=True, allow_none=True)
    returns = fields.Integer(required=True)
    supervisions = fields.Integer(required=True)
    entrusted = fields.Boolean(required=True)
    entrusted_to = fields.String(required=True, allow_none=True)
    mediator = fields.String(required=True, allow_none=True)
    contacted_at = fields.AwareDateTime(required=True, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    refusal_ground = fields.String(required=True, allow_none=True)
    pauses = fields.List(
        fields.List(fields.Date(allow_none=True)), required=True, metadata={"description": "first day, last day"}
    )
    restarted_on = fields.Date(required=True, allow_none=True)
    extended_at = fields.AwareDateTime(required=True, allow_none=True)
    concluded_at = fields.AwareDateTime(required=True, allow_none=True)
    outcome = word(OUTCOMES, required=True, allow_none=True)
    termination_ground = fields.String(required=True, allow_none=True)
    recovered = Exact(required=True, metadata={"description": "yuan"})
    voucher = fields.Boolean(required=True)
    perform_by = fields.Date(required=True, allow_none=True)
    performed_on = fields.Date(required=True, allow_none=True)
    must_tell = fields.Boolean(required=True)
    told_at = fields.AwareDateTime(required=True, allow_none=True)
    followed_up_at = fields.AwareDateTime(required=True, allow_none=True)
    answered = fields.Boolean(required=True)
    satisfaction = word(SATISFACTIONS, required=True, allow_none=True)
    repeat_of = fields.String(required=True, allow_none=True)
    repeat_unit = fields.String(required=True, allow_none=True)
    repeat_handler = fields.String(required=True, allow_none=True)
    repeat_concluded = fields.Date(required=True, allow_none=True)
    merged_into = fields.String(required=True, allow_none=True)
    reported_as = fields.String(required=True, allow_none=True, metadata={"description": "诉转案: the report"})
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    withheld_at = fields.AwareDateTime(required=True, allow_none=True, metadata={"description": "不予公示"})
    objected_at = fields.AwareDateTime(
        required=True, allow_none=True, metadata={"description": "to its publication, and not decided yet"}
    )
    nature = word(CASE_NATURES, required=True, allow_none=True)
    penalised = fields.Boolean(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True, metadata={"description": "the filed case"})
    fined = Exact(required=True, allow_none=True, metadata={"description": "yuan, of a filed case"})
    backdated = listing(fields.String(), "steps that were recorded long after they happened")
    due = fields.Date(required=True, allow_none=True, metadata={"description": "of the nearest deadline that runs"})
    colour = word(COLOURS, required=True)
    deadlines = listing(DeadlineDocument)
    revision = fields.Integer(required=True)


class ConsentDocument(Document):
    matter = word(CONSENTS, required=True)
    party = word(PARTIES, required=True)


class SupervisionDocument(Document):
    at = fields.AwareDateTime(required=True)
    automatic = fields.Boolean(required=True)
    text = fields.String(required=True)
    by = fields.String(required=True, allow_none=True, metadata={"description": "the person who urged"})
    answer_by = fields.Date(required=True, allow_none=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)


class RelatedDocument(Document):
    relation = word(RELATIONS, required=True)
    case = fields.String(required=True)
    number = fields.String(required=True)
    kind = word(CASE_KINDS, required=True)
    status = word(CASE_STATES, required=True)


class WhyNotDocument(Document):
    step = word(CASE_STEPS, required=True)
    zh = fields.String(required=True)


class CaseDocument(CaseItem):
    """``consumer`` and how to reach them: to those who handle the case; else empty."""

    consumer = fields.String(required=True)
    phone = fields.String(required=True)
    address = fields.String(required=True)
    id_number = fields.String(required=True)
    agent = fields.Nested(AgentDocument, required=True, allow_none=True)
    together = listing(ComplainantDocument)
    consents = listing(ConsentDocument)
    urged = listing(SupervisionDocument, "every 督办")
    procedure = fields.Nested(ProcedureDocument, required=True)
    signs = listing(SignDocument)
    related = listing(RelatedDocument, "other cases that belong to it, by their numbers")
    may = listing(word(CASE_STEPS), "the steps that the reader may take now")
    why_not = listing(WhyNotDocument)


class EventDocument(Document):
    number = fields.Integer(required=True)
    name = word(CASE_EVENTS, required=True)
    zh = fields.String(required=True)
    happened_at = fields.AwareDateTime(required=True, metadata={"description": "as it is said"})
    recorded_at = fields.AwareDateTime(required=True)
    backdated = fields.Boolean(required=True)
    account = fields.String(required=True)
    person = fields.String(required=True, allow_none=True)
    on_behalf_of = fields.String(required=True, allow_none=True)
    why = fields.String(required=True)
    given = fields.Dict(keys=fields.String(), required=True, metadata={"description": "what it says, by member"})
    puts_right = fields.Integer(required=True, allow_none=True, metadata={"description": "the event it names"})
    annulled = fields.Boolean(required=True)
    corrected = fields.Boolean(required=True)
    inherited = fields.Boolean(required=True, metadata={"description": "from before there was a history"})


class HistoryDocument(Document):
    case = fields.String(required=True)
    revision = fields.Integer(required=True)
    events = listing(EventDocument, "in the order in which they were recorded")
