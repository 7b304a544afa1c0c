"""What is still to be declared."""

from marshmallow import fields

from shared.contracts.declarations.asking import OneCycle
from shared.contracts.operations import Family
from shared.contracts.rule_params import RuleParams
from shared.contracts.shapes import Document, Exact, code, counts, flag, listing, word
from shared.vocabulary.declarations import CONSENT_STATES, PENDING_STATES
from shared.vocabulary.library import CATEGORIES, RULES, TOOLS


class DueQuery(OneCycle):
    period = code(required=True)
    subject = code("by default oneself; a unit one heads, or somebody of it")


class DueItem(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    tool = word(TOOLS, required=True)
    category = word(CATEGORIES, required=True)
    rule = word(RULES, required=True)
    rule_params = RuleParams(required=True)
    full_points = Exact(required=True)
    measure_unit = fields.String(required=True)
    standard = fields.String(required=True)
    required_evidence = fields.String(required=True, metadata={"description": "what the library wants as evidence"})
    source = fields.String(required=True, metadata={"description": "declared, or the machine that counts"})
    target = Exact(required=True, allow_none=True)
    prefill = counts(required=True, allow_none=True)
    prefill_points = Exact(required=True, allow_none=True)
    not_applicable = fields.Boolean(required=True)
    status = word(PENDING_STATES, "null: not begun", required=True, allow_none=True)
    declaration = fields.String(required=True, allow_none=True)
    revision = fields.Integer(required=True, allow_none=True)
    counts = counts("of what is begun", required=True, allow_none=True)
    remark = fields.String(required=True)
    reason = fields.String(required=True, metadata={"description": "why it was returned"})
    evidence = listing(fields.String())
    consent = word(CONSENT_STATES, "to be late", required=True, allow_none=True)


class DueItems(Document):
    subject = fields.String(required=True)
    period = fields.String(required=True)
    due_on = fields.Date(required=True, allow_none=True, metadata={"description": "the deadline of declaring"})
    late = flag("declaring now needs the assessor's consent", required=True)
    expected = fields.Integer(required=True, metadata={"description": "items of the period, declared ones included"})
    items = listing(DueItem)


due = Family("declarations", "due", "待申报 what is still to be declared")

list_due = due.get(
    "/declarations/due",
    "list_due",
    DueQuery,
    DueItems,
    "待申报 what is still to be declared, with rule, target and the machine's figures",
    may="reads_everything",
)
