"""One's own items: what is still to be declared, and where everything stands."""

from marshmallow import fields

from shared.contracts.declarations.asking import OneCycle
from shared.contracts.declarations.declaration_documents import Quantity
from shared.contracts.operations import Family
from shared.contracts.rule_params import RuleParams
from shared.contracts.shapes import Document, Exact, PageQuery, code, counts, cycle_of, flag, listing, period_of, word
from shared.vocabulary.declarations import CONSENT_STATES, DECLARATION_STATES, ITEM_STATES, MISSING, PENDING_STATES
from shared.vocabulary.library import CATEGORIES, RULES, SOURCES, TOOLS
from shared.vocabulary.organisation import LAYERS


class DueQuery(OneCycle):
    period = code(required=True)
    subject = code("by default oneself; a unit one heads, or somebody of it")


class AboutItem(Document):
    """What a declarer has to know of an item."""

    indicator = fields.String(required=True)
    indicator_name = fields.String(required=True)
    tool = word(TOOLS, required=True)
    category = word(CATEGORIES, required=True)
    rule = word(RULES, required=True)
    rule_params = RuleParams(required=True)
    full_points = Exact(required=True)
    measure_unit = fields.String(required=True)
    standard = fields.String(required=True)
    required_evidence = fields.String(required=True, metadata={"description": "what the library wants as evidence"})
    source = word(SOURCES, "declared, or the machine that counts", required=True)
    target = Exact(required=True, allow_none=True)
    not_applicable = fields.Boolean(required=True)
    quantities = listing(Quantity)
    missing = listing(word(MISSING), "what has still to be given before it can be declared")
    declaration = fields.String(required=True, allow_none=True)
    revision = fields.Integer(required=True, allow_none=True)
    remark = fields.String(required=True)
    reason = fields.String(required=True, metadata={"description": "why it was returned or corrected"})
    evidence = listing(fields.String())
    consent = word(CONSENT_STATES, "to be late", required=True, allow_none=True)


class DueItem(AboutItem):
    name = fields.String(required=True)
    prefill = counts(required=True, allow_none=True)
    prefill_points = Exact(required=True, allow_none=True)
    status = word(PENDING_STATES, "null: not begun", required=True, allow_none=True)
    counts = counts("of what is begun", required=True, allow_none=True)


class DueItems(Document):
    subject = fields.String(required=True)
    period = fields.String(required=True)
    due_on = fields.Date(required=True, allow_none=True, metadata={"description": "the deadline of declaring"})
    late = flag("declaring now needs the assessor's consent", required=True)
    expected = fields.Integer(required=True, metadata={"description": "items of the period, declared ones included"})
    items = listing(DueItem)


class MineQuery(PageQuery):
    cycle = cycle_of(required=True)
    period = period_of(metadata={"description": "by default all that have begun"})

    state = word(ITEM_STATES)
    subject = code("by default oneself; a unit one heads, or somebody of it")


class MyItem(AboutItem):
    period = fields.String(required=True)
    state = word(ITEM_STATES, required=True)
    status = word(DECLARATION_STATES, "null: not begun", required=True, allow_none=True)
    self_points = Exact(required=True, allow_none=True)
    points = Exact(
        required=True,
        allow_none=True,
        metadata={"description": "by the rule, from the counts that stand, or before that from the machine's"},
    )
    differs = flag("from the machine's counts", required=True)
    due_on = fields.Date(required=True, allow_none=True, metadata={"description": "deadline of the next step"})
    late = flag("declaring now needs the assessor's consent", required=True)


class PeriodCounts(Document):
    """How many items of a period stand where."""

    period = fields.String(required=True)
    due_on = fields.Date(required=True, allow_none=True, metadata={"description": "the deadline of declaring"})
    due = fields.Integer(required=True)
    draft = fields.Integer(required=True)
    returned = fields.Integer(required=True)
    declared = fields.Integer(required=True)
    decided = fields.Integer(required=True)


class MyItems(Document):
    subject = fields.String(required=True)
    unit = fields.String(required=True)
    layer = word(LAYERS, required=True)
    items = listing(MyItem)
    next = fields.String(required=True, allow_none=True)
    counts = listing(PeriodCounts, "of every period, whatever page and state are asked for")


due = Family("declarations", "due", "待申报 one's own items")

list_due = due.get("/declarations/due", "list_due", DueQuery, DueItems, may="sees_subject")(
    "待申报 what is still to be declared, with rule, target and the machine's figures"
)
list_mine = due.get("/declarations/mine", "list_mine", MineQuery, MyItems, may="sees_subject")(
    "我的申报 all items of the periods: due, draft, returned, declared, decided"
)
