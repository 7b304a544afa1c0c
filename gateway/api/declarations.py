"""Declarations: what was done, with a self-score; verified, assessed, returned."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from gateway.api.core import Command, Document, Exact, PageQuery, batch, blueprint, etag, paged, text, whole
from gateway.rpc import call

declarations = blueprint("declarations", "申报与核评 declarations, their verification and assessment")


def counts_field(**options: Any) -> fields.Dict:
    """The quantities of a rule by name, e.g. {"done": "3"} or {"numerator": "9", "denominator": "10"}."""
    return fields.Dict(keys=text(100), values=Exact(), validate=Length(max=50), **options)


class DeclaredItem(Command):
    indicator = text(100, required=True)
    subject = text(100, metadata={"description": "a person or unit; by default the one above, or oneself"})
    period = text(100, metadata={"description": "by default the one above"})
    counts = counts_field(allow_none=True, metadata={"description": "by default what the machine counted"})
    self_points = Exact(allow_none=True, metadata={"description": "by default what the rule gives; never more"})
    remark = fields.String(validate=Length(max=4000))
    evidence = fields.List(text(4000), validate=Length(max=50))
    revision = whole(1, metadata={"description": "of the draft or returned declaration that this replaces"})


class NewDeclarations(Command):
    cycle = text(100, required=True)
    subject = text(100)
    period = text(100)
    draft = fields.Boolean(metadata={"description": "keep as drafts, do not declare yet"})
    entries = batch(DeclaredItem)


class ChosenDeclaration(Command):
    declaration = text(100, required=True)
    revision = whole(1, metadata={"description": "refused (409) where it has changed meanwhile"})


class AssessedDeclaration(ChosenDeclaration):
    counts = counts_field(allow_none=True, metadata={"description": "a correction; needs a reason"})
    reason = fields.String(validate=Length(max=4000))


class Verification(Command):
    cycle = text(100, required=True)
    declarations = batch(ChosenDeclaration)


class Assessment(Command):
    cycle = text(100, required=True)
    declarations = batch(AssessedDeclaration)


class ReturnedDeclarations(Verification):
    reason = text(4000, required=True)


class DeclarationQuery(PageQuery):
    cycle = text(100, required=True)
    period = text(100)
    unit = text(100)
    status = text(100)
    assessor = text(100, metadata={"description": "code of the assessing unit, or `panel`"})
    subject = text(100)
    indicator = text(100)
    differs = fields.Boolean(metadata={"description": "from the machine's counts, then or now"})
    machine_changed = fields.Boolean(metadata={"description": "the machine's counts changed after the declaration"})
    overdue = fields.Boolean(metadata={"description": "for whoever is to verify, assess or put it right"})


class OneDeclarationQuery(Command):
    cycle = text(100, required=True)


class DueQuery(Command):
    cycle = text(100, required=True)
    period = text(100, required=True)
    subject = text(100, metadata={"description": "by default oneself; a unit one heads, or somebody of it"})


class DeclarationOutcome(Document):
    declaration = fields.String(required=True)
    revision = fields.Integer(required=True)
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    period = fields.String(required=True)
    status = fields.String(required=True)
    counts = counts_field(required=True)
    self_points = Exact(required=True)
    points = Exact(required=True, metadata={"description": "by the rule, from the counts that stand"})
    not_applicable = fields.Boolean(required=True)
    differs = fields.Boolean(required=True, metadata={"description": "from the machine's counts"})


class DeclarationOutcomes(Document):
    declarations = fields.List(fields.Nested(DeclarationOutcome), required=True)


class DeclarationDocument(DeclarationOutcome):
    cycle = fields.String(required=True)
    layer = fields.String(required=True)
    unit = fields.String(required=True)
    assessor = fields.String(required=True)
    machine = counts_field(required=True, allow_none=True)
    target = Exact(required=True, allow_none=True)
    remark = fields.String(required=True)
    evidence = fields.List(fields.String(), required=True)
    reason = fields.String(required=True, metadata={"description": "of the last return or correction"})
    declared_by = fields.String(required=True)
    verified_by = fields.String(required=True, allow_none=True)
    assessed_by = fields.String(required=True, allow_none=True)
    verifier = fields.String(
        required=True, metadata={"description": "head, or for machine figures hr, complaints_centre"}
    )
    verified_for = fields.String(required=True, allow_none=True, metadata={"description": "who had delegated it"})
    assessed_for = fields.String(required=True, allow_none=True)
    arrived_on = fields.Date(required=True, allow_none=True, metadata={"description": "where it is now"})
    due_on = fields.Date(required=True, allow_none=True, metadata={"description": "deadline of the next step"})
    escalates_on = fields.Date(required=True, allow_none=True)
    machine_now = counts_field(
        required=True, allow_none=True, metadata={"description": "where it changed after the declaration"}
    )


class DeclarationVersion(Document):
    revision = fields.Integer(required=True)
    command = fields.String(required=True, metadata={"description": "what ended it: return or correct"})
    by = fields.String(required=True)
    reason = fields.String(required=True)
    on = fields.Date(required=True)
    state = fields.Dict(required=True)


class DeclarationWithHistory(DeclarationDocument):
    history = fields.List(fields.Nested(DeclarationVersion), required=True)
    explanation = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "the arithmetic; null: none, or the rule changed since"},
    )


class DueItem(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    tool = fields.String(required=True)
    rule = fields.String(required=True)
    rule_params = fields.Dict(required=True)
    full_points = Exact(required=True)
    measure_unit = fields.String(required=True)
    standard = fields.String(required=True)
    target = Exact(required=True, allow_none=True)
    prefill = counts_field(required=True, allow_none=True)
    prefill_points = Exact(required=True, allow_none=True)
    not_applicable = fields.Boolean(required=True)
    status = fields.String(required=True, allow_none=True, metadata={"description": "draft, returned or null"})
    declaration = fields.String(required=True, allow_none=True)
    revision = fields.Integer(required=True, allow_none=True)
    consent = fields.String(
        required=True, allow_none=True, metadata={"description": "to be late: asked, granted, refused"}
    )


class DueItems(Document):
    subject = fields.String(required=True)
    period = fields.String(required=True)
    due_on = fields.Date(required=True, allow_none=True, metadata={"description": "the deadline of declaring"})
    late = fields.Boolean(required=True, metadata={"description": "declaring now needs the assessor's consent"})
    expected = fields.Integer(required=True, metadata={"description": "items of the period, declared ones included"})
    items = fields.List(fields.Nested(DueItem), required=True)


@declarations.route("/declarations", methods=["POST"])
@declarations.arguments(NewDeclarations)
@declarations.response(201, DeclarationOutcomes)
def declare_items(command: dict[str, Any]) -> dict[str, Any]:
    """申报 declare up to 500 items, all or none"""
    return call("declarations", "declare_items", command)


@declarations.route("/declarations")
@declarations.arguments(DeclarationQuery, location="query")
@declarations.response(200, paged(DeclarationDocument))
def list_declarations(query: dict[str, Any]) -> dict[str, Any]:
    """申报列表 declarations that one may see, by period, unit, status, assessor …"""
    return call("declarations", "list_declarations", query, read=True)


@declarations.route("/declarations/due")
@declarations.arguments(DueQuery, location="query")
@declarations.response(200, DueItems)
def list_due(query: dict[str, Any]) -> dict[str, Any]:
    """待申报 what is still to be declared, with rule, target and the machine's figures"""
    return call("declarations", "list_due", query, read=True)


@declarations.route("/declarations/<declaration>")
@declarations.arguments(OneDeclarationQuery, location="query")
@declarations.response(200, DeclarationWithHistory)
def get_declaration(query: dict[str, Any], declaration: str) -> Any:
    """申报详情 one declaration with its earlier versions"""
    return etag(call("declarations", "get_declaration", {**query, "declaration": declaration}, read=True))


@declarations.route("/declarations/verify", methods=["POST"])
@declarations.arguments(Verification)
@declarations.response(200, DeclarationOutcomes)
def verify_declarations(command: dict[str, Any]) -> dict[str, Any]:
    """核实 the head of the unit confirms a list"""
    return call("declarations", "verify_declarations", command)


@declarations.route("/declarations/assess", methods=["POST"])
@declarations.arguments(Assessment)
@declarations.response(200, DeclarationOutcomes)
def assess_declarations(command: dict[str, Any]) -> dict[str, Any]:
    """核评 the assessing section or the panel decides what counts"""
    return call("declarations", "assess_declarations", command)


@declarations.route("/declarations/return", methods=["POST"])
@declarations.arguments(ReturnedDeclarations)
@declarations.response(200, DeclarationOutcomes)
def return_declarations(command: dict[str, Any]) -> dict[str, Any]:
    """退回 back to the declarer, with a reason"""
    return call("declarations", "return_declarations", command)
