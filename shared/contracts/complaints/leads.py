"""Hot spots, and leads (案源) that the centre sends to a line: as an event, of which that line's people make a task order."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    PageQuery,
    code,
    day,
    line_code,
    listing,
    needed_text,
    paged,
    revision,
    text,
    word,
)
from shared.vocabulary.case_knowledge import HOT_SPOT_KINDS, LEAD_SOURCES, LEAD_STATES


class HotSpotQuery(Command):
    on = day("a day of the week that is asked about; today where absent", load_default=None)
    kind = word(HOT_SPOT_KINDS, load_default=None)


class HotSpotItem(Document):
    spot = fields.String(required=True)
    kind = word(HOT_SPOT_KINDS, required=True)
    about = fields.String(required=True, metadata={"description": "the goods, the trader's code or the unit's"})
    name = fields.String(required=True)
    week = fields.Date(required=True, metadata={"description": "its Monday"})
    cases = fields.Integer(required=True)
    former = fields.Integer(required=True, metadata={"description": "cases of the weeks before, together"})
    weeks = fields.Integer(required=True)
    mean = fields.String(required=True, metadata={"description": "of the weeks before, rounded half up to one place"})
    chance = fields.String(required=True, metadata={"description": "that as many come by chance"})
    found_on = fields.Date(required=True)


class HotSpotList(Document):
    week = fields.Date(required=True)
    items = listing(HotSpotItem, "the least likely first")


class NewLead(Command):
    source = word(LEAD_SOURCES, required=True)
    source_code = code("of the hot spot, the sample or the case", required=True)
    line = line_code(required=True)
    unit = text(20, "which is to act", required=True)
    title = needed_text(200)
    text = needed_text(1000, "what is to be looked at; never who reported")
    deadline = day(required=True)


class WithdrawnLead(Command):
    lead = code(required=True)
    revision = revision(required=True)
    reason = needed_text(500)


class LeadQuery(PageQuery):
    status = word(LEAD_STATES, load_default=None)


class LeadDocument(Document):
    lead = fields.String(required=True)
    revision = fields.Integer(required=True)
    source = word(LEAD_SOURCES, required=True)
    source_code = fields.String(required=True)
    about = fields.String(required=True, metadata={"description": "what it came from, in words"})
    title = fields.String(required=True)
    text = fields.String(required=True)
    line = fields.String(required=True)
    unit = fields.String(required=True)
    deadline = fields.Date(required=True)
    status = word(LEAD_STATES, required=True)
    reason = fields.String(required=True)
    task_order = fields.String(required=True, allow_none=True)
    order_status = fields.String(required=True, allow_none=True, metadata={"description": "of the task order"})
    kept_at = fields.AwareDateTime(required=True)
    kept_by = fields.String(required=True)
    may = listing(fields.String(), "withdraw")


leads = Family("complaints", "leads", "热点与案源 hot spots, and leads that become task orders")

list_hot_spots = leads.get("/hot-spots", "list_hot_spots", HotSpotQuery, HotSpotList, may="may_see_hot_spots")(
    "投诉热点 what came far oftener in a week than in the twelve before"
)
raise_lead = leads.post("/leads", "raise_lead", NewLead, LeadDocument, may="may_raise_leads", status=201)(
    "移送案源 send a lead to a line"
)
withdraw_lead = leads.post(
    "/leads/<lead>/withdraw", "withdraw_lead", WithdrawnLead, LeadDocument, may="may_raise_leads"
)("撤回案源 withdraw a lead of which no order was made")
list_leads = leads.get("/leads", "list_leads", LeadQuery, paged(LeadDocument), may="may_see_hot_spots")(
    "案源 leads with what became of them, the latest first"
)
