"""To-dos: what waits for the actor (待办), and what the actor did (已办)."""

from marshmallow import fields
from marshmallow.validate import Range

from shared.contracts.operations import Family
from shared.contracts.shapes import LIMIT, Command, Document, Exact, cycle_of, listing, whole, word
from shared.vocabulary.declarations import DEED_KINDS, TO_DO_LISTS
from shared.vocabulary.library import CATEGORIES


class ToDoQuery(Command):
    cycle = cycle_of(metadata={"description": "by default the newest open one"})


class ToDoItem(Document):
    """What waits: named by the one member of its list's kind; the others are absent where the kind has none such."""

    declaration = fields.String()
    consent = fields.String()
    order = fields.String()
    inquiry = fields.String()
    work = fields.String()
    contribution = fields.String()
    campaign = fields.String()
    veto = fields.String()
    inspection = fields.String()
    spot_check = fields.String()
    appeal = fields.String()
    revision = fields.Integer()
    kind = fields.String()
    indicator = fields.String(allow_none=True)
    subject = fields.String(allow_none=True)
    period = fields.String(allow_none=True)
    status = fields.String()
    title = fields.String()
    subject_name = fields.String()
    unit = fields.String(allow_none=True)
    unit_name = fields.String()
    indicator_name = fields.String()
    category = word(CATEGORIES)
    measure_unit = fields.String()
    full_points = Exact()
    reason = fields.String(metadata={"description": "why it was returned"})
    left = fields.Integer(metadata={"description": "items of the period still to be declared"})
    due_on = fields.Date(required=True, allow_none=True)


class ToDoList(Document):
    count = fields.Integer(required=True)
    overdue = fields.Integer(required=True, metadata={"description": "of them, past their deadline"})
    next_due = fields.Date(required=True, allow_none=True, metadata={"description": "the nearest deadline to come"})
    items = listing(ToDoItem, "the twenty most urgent")


class ToDos(Document):
    cycle = fields.String(required=True, allow_none=True)
    lists = fields.Dict(keys=word(TO_DO_LISTS), values=fields.Nested(ToDoList), required=True)


class DoneQuery(Command):
    cycle = cycle_of(required=True)
    kind = word(DEED_KINDS)
    before = whole(1, 2**63 - 1, "`next` of the page before")
    limit = fields.Integer(load_default=100, validate=Range(1, LIMIT))


class Deed(Document):
    seq = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True)
    kind = word(DEED_KINDS, required=True)
    item = fields.String(required=True, metadata={"description": "its id"})
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    period = fields.String(required=True, allow_none=True)
    before = fields.String(required=True, allow_none=True, metadata={"description": "status before; null: new"})
    after = fields.String(required=True, metadata={"description": "status after"})


class Deeds(Document):
    items = listing(Deed)
    next = fields.Integer(required=True, allow_none=True)


to_dos = Family("declarations", "to_dos", "待办 to-dos")

list_to_dos = to_dos.get("/to-dos", "list_to_dos", ToDoQuery, ToDos, may="anyone")(
    "待办 to declare, to verify, to assess, orders to answer, ballots to cast …"
)
list_done = to_dos.get("/to-dos/done", "list_done", DoneQuery, Deeds, may="anyone")(
    "已办 what one did, the newest first"
)
