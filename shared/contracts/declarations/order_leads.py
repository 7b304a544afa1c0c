"""Leads (案源) of the 12315 centre, of each of which somebody with that right makes a task order of the same id."""

from marshmallow import fields

from shared.contracts.declarations.asking import OneCycle
from shared.contracts.declarations.task_order_documents import OrderOutcomes
from shared.contracts.operations import Family
from shared.contracts.shapes import Document, Exact, PageQuery, code, cycle_of, day, line_code, needed_text, paged, word
from shared.vocabulary.case_knowledge import LEAD_SOURCES


class LeadsToOrder(PageQuery):
    cycle = cycle_of(required=True)
    line = line_code(load_default=None)


class LeadOrder(OneCycle):
    lead = code(required=True)
    indicator = code(required=True)
    period = code(required=True)
    subject = code("the unit or one of its people", required=True)
    standard = needed_text()
    points = Exact(allow_none=True, load_default=None)
    deadline = day("its last day", required=True)


class LeadToOrder(Document):
    lead = fields.String(required=True)
    revision = fields.Integer(required=True)
    source = word(LEAD_SOURCES, required=True)
    about = fields.String(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    line = fields.String(required=True)
    unit = fields.String(required=True)
    deadline = fields.Date(required=True)
    by = fields.String(required=True)


order_leads = Family("declarations", "order_leads", "12315案源 leads that wait for a task order")

list_leads_to_order = order_leads.get(
    "/order-leads", "list_leads_to_order", LeadsToOrder, paged(LeadToOrder), may="may_read_leads"
)("待下达案源 leads of which no order was made yet")
order_lead = order_leads.post(
    "/order-leads/<lead>/issue", "order_lead", LeadOrder, OrderOutcomes, may="check_issues", status=201
)("按案源下达任务单 make an order of a lead; what becomes of it is told to the centre")
