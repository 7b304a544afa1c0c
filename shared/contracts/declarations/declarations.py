"""Declarations: what was done, with a self-score; verified, assessed, returned, recorded."""

from marshmallow import fields

from shared.contracts.declarations.asking import ItemsQuery, OneCycle, evidence_lines
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    Exact,
    batch,
    code,
    counts,
    flag,
    listing,
    needed_text,
    note,
    paged,
    revision,
    word,
)
from shared.vocabulary.declarations import DECLARATION_STATES, VERIFIERS, VERSION_ENDS
from shared.vocabulary.organisation import LAYERS


class DeclaredItem(Command):
    indicator = code(required=True)
    subject = code("a person or unit; by default the one above, or oneself")
    period = code("by default the one above")
    counts = counts("by default what the machine counted", allow_none=True)
    self_points = Exact(allow_none=True, metadata={"description": "by default what the rule gives; never more"})
    remark = note(load_default="")
    evidence = evidence_lines()
    revision = revision("of the draft or returned declaration that this replaces")


class NewDeclarations(OneCycle):
    """``subject`` and ``period`` stand for the entries that name none; without a subject it is the actor."""

    subject = code()
    period = code()
    draft = flag("keep as drafts, do not declare yet", load_default=False)
    entries = batch(DeclaredItem)


class ChosenDeclaration(Command):
    declaration = code(required=True)
    revision = revision()


class AssessedDeclaration(ChosenDeclaration):
    counts = counts("a correction; needs a reason", allow_none=True)
    reason = note(load_default="")


class Verification(OneCycle):
    declarations = batch(ChosenDeclaration)


class Assessment(OneCycle):
    declarations = batch(AssessedDeclaration)


class ReturnedDeclarations(Verification):
    reason = needed_text()


class DeclarationQuery(ItemsQuery):
    status = word(DECLARATION_STATES)
    differs = flag("from the machine's counts, then or now")
    machine_changed = flag("the machine's counts changed after the declaration")
    overdue = flag("for whoever is to verify, assess or put it right")


class OneDeclaration(OneCycle):
    declaration = code(required=True)


class DeclarationOutcome(Document):
    declaration = fields.String(required=True)
    revision = fields.Integer(required=True)
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    period = fields.String(required=True)
    status = word(DECLARATION_STATES, required=True)
    counts = counts(required=True)
    self_points = Exact(required=True)
    points = Exact(required=True, metadata={"description": "by the rule, from the counts that stand"})
    not_applicable = fields.Boolean(required=True)
    differs = flag("from the machine's counts", required=True)


class DeclarationOutcomes(Document):
    declarations = listing(DeclarationOutcome)


class DeclarationState(DeclarationOutcome):
    cycle = fields.String(required=True)
    layer = word(LAYERS, required=True)
    unit = fields.String(required=True)
    assessor = fields.String(required=True)
    machine = counts(required=True, allow_none=True)
    target = Exact(required=True, allow_none=True)
    remark = fields.String(required=True)
    evidence = listing(fields.String())
    reason = fields.String(required=True, metadata={"description": "of the last return or correction"})
    declared_by = fields.String(required=True)
    verified_by = fields.String(required=True, allow_none=True)
    assessed_by = fields.String(required=True, allow_none=True)
    verifier = word(VERIFIERS, "who verifies: the head, or for machine figures their desk", required=True)
    verified_for = fields.String(required=True, allow_none=True, metadata={"description": "who had delegated it"})
    assessed_for = fields.String(required=True, allow_none=True)
    arrived_on = fields.Date(required=True, allow_none=True, metadata={"description": "where it is now"})
    due_on = fields.Date(required=True, allow_none=True, metadata={"description": "deadline of the next step"})
    escalates_on = fields.Date(required=True, allow_none=True)
    machine_now = counts("where it changed after the declaration", required=True, allow_none=True)


class DeclarationDocument(DeclarationState):
    """A declaration as it stands."""


class DeclarationVersion(Document):
    revision = fields.Integer(required=True)
    command = word(VERSION_ENDS, "what ended it", required=True)
    by = fields.String(required=True)
    reason = fields.String(required=True)
    on = fields.Date(required=True)
    state = fields.Nested(DeclarationState, required=True)


class DeclarationWithHistory(DeclarationDocument):
    history = listing(DeclarationVersion)
    explanation = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "the arithmetic; null: none, or the rule changed since"},
    )


declarations = Family("declarations", "declarations", "申报与核评 declarations, their verification and assessment")

declare_items = declarations.post(
    "/declarations",
    "declare_items",
    NewDeclarations,
    DeclarationOutcomes,
    "申报 declare up to 500 items, all or none",
    may="check_answers_for",
    status=201,
)
list_declarations = declarations.get(
    "/declarations",
    "list_declarations",
    DeclarationQuery,
    paged(DeclarationDocument),
    "申报列表 declarations that one may see, by period, unit, status, assessor …",
    may="anyone",
)
get_declaration = declarations.get(
    "/declarations/<declaration>",
    "get_declaration",
    OneDeclaration,
    DeclarationWithHistory,
    "申报详情 one declaration with its earlier versions",
    may="anyone",
    etag=True,
)
verify_declarations = declarations.post(
    "/declarations/verify",
    "verify_declarations",
    Verification,
    DeclarationOutcomes,
    "核实 the head of the unit confirms a list",
    may="check_verify",
)
assess_declarations = declarations.post(
    "/declarations/assess",
    "assess_declarations",
    Assessment,
    DeclarationOutcomes,
    "核评 the assessing section or the panel decides what counts",
    may="check_assess",
)
return_declarations = declarations.post(
    "/declarations/return",
    "return_declarations",
    ReturnedDeclarations,
    DeclarationOutcomes,
    "退回 back to the declarer, with a reason",
    may="check_return",
)
