"""Complaints, reports, enquiries and suggestions of the 12315 network."""

from marshmallow import fields

from shared.contracts.complaints.documents import CaseDocument, CaseItem, HistoryDocument
from shared.contracts.complaints.entries import money
from shared.contracts.complaints.procedure import AgentEntry, together
from shared.contracts.complaints.steps import CaseSteps
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    PageQuery,
    SearchQuery,
    batch,
    day,
    flag,
    instant,
    listing,
    needed_text,
    note,
    paged,
    sort,
    text,
    word,
)
from shared.vocabulary.case_notifications import WAYS
from shared.vocabulary.complaints import (
    CASE_KINDS,
    CASE_STATES,
    CHANNELS,
    COLOURS,
    ORGANISATIONS,
    OUTCOMES,
    PUBLICATIONS,
    QUEUES,
)

__all__ = ["CaseDocument", "CaseItem", "CaseSteps", "HistoryDocument"]


class ReportPart(Command):
    """The half of a mixed submission that points to a breach; it becomes a report of its own. A reporter is never named."""

    summary = needed_text(2000)
    number = text(50, "unique within the year of receipt; made where absent", load_default=None)
    goods = note(200, "goods or service", load_default="")
    real_name = flag("the reporter gave a name, which is not kept here", load_default=False)


class NewCase(Command):
    kind = word(CASE_KINDS, required=True)
    number = text(50, "unique within the year of receipt; made where absent", load_default=None)
    platform_number = text(50, "of the national platform; the same one is registered once", load_default=None)
    intake_unit = text(20, required=True)
    received_at = instant("when it reached the bureau; `at` where absent", load_default=None)
    at = instant("when it was registered; now where absent", load_default=None)
    summary = needed_text(2000)
    trader = note(200, "needed of a complaint and a report", load_default="")
    trader_address = note(300, load_default="")
    trader_code = note(30, "the trader's 统一社会信用代码; links it with the register", load_default="")
    channel = word(CHANNELS, load_default=None)
    goods = note(200, "goods or service", load_default="")
    amount = money("in dispute", load_default=None)
    request = note(1000, "what the consumer asks for", load_default="")
    consumer = note(100, "of a complaint; a reporter is never named", load_default="")
    phone = note(50, "of a complaint's consumer; kept sealed", load_default="")
    address = note(300, "of a complaint's consumer; kept sealed", load_default="")
    id_number = note(50, "of a complaint's consumer; kept sealed", load_default="")
    real_name = flag("of a report: the reporter gave a name, which is not kept here", load_default=False)
    first_received_at = instant("by the bureau that handed the case on", load_default=None)
    linked_to = fields.UUID(load_default=None, metadata={"description": "the other half of a mixed submission"})
    report = fields.Nested(
        ReportPart,
        load_default=None,
        metadata={"description": "of a complaint: what it reports besides, registered as a second, linked case"},
    )
    agent = fields.Nested(
        AgentEntry, load_default=None, metadata={"description": "who acts for the consumer; kept sealed"}
    )
    together = together(load_default=list)
    tell_by = word(WAYS, "how who complains asks to be told", load_default=None)
    why = note(500, load_default="")
    on_behalf_of = text(50, "for whom it is recorded", load_default=None)


class NewCases(Command):
    cases = batch(NewCase)


class CaseFilter(Command):
    kind = word(CASE_KINDS, load_default=None)
    status = word(CASE_STATES, load_default=None)
    unit = text(20, load_default=None)
    handler = text(20, load_default=None)
    organisation = word(ORGANISATIONS, load_default=None)
    channel = word(CHANNELS, load_default=None)
    trader = text(200, "a part of the trader's name", load_default=None)
    due_before = day("a deadline runs out on this day or before", load_default=None)
    overdue = flag("whether a deadline has run out", load_default=None)
    colour = word(COLOURS, "the state of the nearest deadline", load_default=None)
    supervised = flag("whether there was a 督办", load_default=None)
    publication = word(PUBLICATIONS, "how it stands with the publication of the result", load_default=None)
    queue = word(QUEUES, "what they wait for", load_default=None)


class CaseQuery(CaseFilter, SearchQuery):
    sort = sort("received_at", "due", "number")


class OneCase(Command):
    case = fields.UUID(required=True)


class SimilarQuery(Command):
    """What is known while a clerk types; nothing of it is kept."""

    trader = note(200, load_default="")
    consumer = note(100, load_default="")
    phone = note(50, load_default="")
    id_number = note(50, load_default="")


class TraderQuery(Command):
    q = text(200, "a part of the name", required=True)


class CaseStatus(Document):
    case = fields.String(required=True)
    number = fields.String()
    status = word(CASE_STATES)
    revision = fields.Integer()
    linked_to = fields.String(allow_none=True, metadata={"description": "the other half of a mixed submission"})
    complaints_of_person = fields.Integer(metadata={"description": "by the same person before, of all years"})


class CaseStatuses(Document):
    cases = listing(CaseStatus)
    changed = fields.Integer()


class ColourDocument(Document):
    colour = word(COLOURS, required=True)
    zh = fields.String(required=True)
    cases = fields.Integer(required=True)


class ColoursDocument(Document):
    colours = listing(ColourDocument)


class QueueDocument(Document):
    queue = word(QUEUES, required=True)
    zh = fields.String(required=True)
    cases = fields.Integer(required=True)


class QueuesDocument(Document):
    queues = listing(QueueDocument)


class SimilarCase(Document):
    code = fields.String(required=True)
    number = fields.String(required=True)
    kind = word(CASE_KINDS, required=True)
    status = word(CASE_STATES, required=True)
    received_at = fields.AwareDateTime(required=True)
    summary = fields.String(required=True)
    trader = fields.String(required=True)
    same_person = fields.Boolean(required=True)
    same_trader = fields.Boolean(required=True)


class SimilarCases(Document):
    items = listing(SimilarCase)
    complaints_of_person = fields.Integer(required=True, metadata={"description": "by this person, of all years"})


class TraderDocument(Document):
    trader = fields.String(required=True)
    cases = fields.Integer(required=True)


class PublishedCase(Document):
    """What is published of a complaint: never who complained, and no text that somebody wrote."""

    number = fields.String(required=True)
    trader = fields.String(required=True)
    trader_address = fields.String(required=True)
    goods = fields.String(required=True)
    outcome = word(OUTCOMES, required=True)
    zh = fields.String(required=True)
    concluded_on = fields.Date(required=True)
    published_on = fields.Date(required=True)
    objected = fields.Boolean(
        required=True, metadata={"description": "the trader objects, and it is being looked into"}
    )


class PublishedQuery(PageQuery):
    trader = text(200, "a part of the trader's name", load_default=None)


class TradersDocument(Document):
    items = listing(TraderDocument)


cases = Family("complaints", "cases", "投诉举报 complaints and reports")

register_cases = cases.post("/cases", "register_cases", NewCases, CaseStatuses, may="may_register", status=201)(
    "登记投诉举报 register up to 500 cases, all or none"
)
take_steps = cases.post("/cases/steps", "take_steps", CaseSteps, CaseStatuses, may="why_not_step")(
    "批量办理 take up to 500 steps in their order, all or none"
)
list_cases = cases.get("/cases", "list_cases", CaseQuery, paged(CaseItem), may="anyone")(
    "投诉举报列表 cases, without the names of consumers"
)
count_cases = cases.get("/cases/colours", "count_cases", CaseFilter, ColoursDocument, may="anyone")(
    "投诉举报计数 how many cases are overdue, near their end, running, paused"
)
count_queues = cases.get("/cases/queues", "count_queues", CaseFilter, QueuesDocument, may="anyone")(
    "待办计数 how many cases wait for what: to be dispatched, handled, followed up"
)
find_similar = cases.post("/cases/similar", "find_similar", SimilarQuery, SimilarCases, may="anyone", reads=True)(
    "疑似重复 earlier cases of the same person or trader, while typing"
)
find_traders = cases.get("/cases/traders", "find_traders", TraderQuery, TradersDocument, may="anyone")(
    "被投诉人 traders by a part of their name"
)
list_published = cases.get("/cases/published", "list_published", PublishedQuery, paged(PublishedCase), may="anyone")(
    "投诉公示 results of complaints as they are published"
)
show_case = cases.get("/cases/<case>", "show_case", OneCase, CaseDocument, may="may_see", looks="may_see_people")(
    "投诉举报详情 one case with its deadlines"
)
show_history = cases.get(
    "/cases/<case>/history", "show_history", OneCase, HistoryDocument, may="may_see", looks="may_see_people"
)("办理经过 everything that happened to a case: claimed and recorded times, by whom, what was put right")
replay_state = cases.internal("replay_state", may="may_replay")
reseal_people = cases.internal("reseal_people", may="operator")
