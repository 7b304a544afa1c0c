"""Declarations: what was done, with a self-score; verified, assessed, returned, recorded."""

from marshmallow import fields
from marshmallow.validate import Length

from shared.contracts.declarations.asking import ItemsQuery, OneCycle, evidence_lines
from shared.contracts.declarations.declaration_documents import (
    DeclarationDocument,
    DeclarationOutcomes,
    DeclarationWithHistory,
)
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    LIMIT,
    Command,
    Exact,
    SearchQuery,
    batch,
    code,
    counts,
    flag,
    indicator_of,
    needed_text,
    note,
    paged,
    period_of,
    revision,
    sort,
    whole,
    word,
)
from shared.vocabulary.batches import MODES
from shared.vocabulary.declarations import DECLARATION_STATES, WAITING


class DeclaredItem(Command):
    indicator = code(required=True)
    subject = code("a person or unit; by default the one above, or oneself")
    period = code("by default the one above")
    counts = counts("by default what the machine counted", allow_none=True)
    self_points = Exact(allow_none=True, metadata={"description": "by default what the rule gives; never more"})
    remark = note(load_default="")
    evidence = evidence_lines()
    revision = revision("of the draft or returned declaration that this replaces; needed there")
    confirmed = flag("a quantity above what is usual was looked at once more, and is true", load_default=False)


def mode() -> fields.String:
    return word(
        MODES, "all or none, or each by itself: what is refused is told beside what is done", load_default="all"
    )


class NewDeclarations(OneCycle):
    """``subject`` and ``period`` stand for the entries that name none; without a subject it is the actor."""

    mode = mode()
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


class Filters(Command):
    period = period_of()
    unit = code()
    indicator = indicator_of()
    subject = code()
    assessor = code()


class Verification(OneCycle):
    """Either ``declarations``, or a ``selection`` with the ``expected`` number and the ``etag`` that were previewed."""

    mode = mode()
    declarations = fields.List(fields.Nested(ChosenDeclaration), validate=Length(1, LIMIT))
    selection = fields.Nested(Filters, metadata={"description": "all that wait for this decision and fit"})
    expected = whole(1, LIMIT, "as previewed, with a selection")
    etag = code("as previewed; refused (409) where anything has changed")


class Assessment(OneCycle):
    mode = mode()
    declarations = batch(AssessedDeclaration)


class ReturnedDeclarations(Verification):
    reason = needed_text()


class TakenBack(OneCycle):
    mode = mode()
    declarations = batch(ChosenDeclaration)
    reason = note(description="why; on record", load_default="")


class DeclarationQuery(ItemsQuery, SearchQuery):
    sort = sort("due_on", "subject", "indicator", "period", "unit", "status", "points", "self_points")
    waiting = word(WAITING, "only what waits for the reader's decision (correct: to be put right)")
    may = flag("tell of each what the reader may do; so with `waiting`", load_default=False)
    status = word(DECLARATION_STATES)
    differs = flag("from the machine's counts, then or now")
    machine_changed = flag("the machine's counts changed after the declaration")
    overdue = flag("for whoever is to verify, assess or put it right")


class OneDeclaration(OneCycle):
    declaration = code(required=True)


declarations = Family("declarations", "declarations", "申报与核评 declarations, their verification and assessment")

declare_items = declarations.post(
    "/declarations", "declare_items", NewDeclarations, DeclarationOutcomes, may="check_answers_for", status=201
)("申报 declare up to 500 items, all or none")
list_declarations = declarations.get(
    "/declarations", "list_declarations", DeclarationQuery, paged(DeclarationDocument), may="anyone"
)("申报列表 declarations that one may see, by period, unit, status, assessor …")
get_declaration = declarations.get(
    "/declarations/<declaration>", "get_declaration", OneDeclaration, DeclarationWithHistory, may="anyone", etag=True
)("申报详情 one declaration with its earlier versions")
verify_declarations = declarations.post(
    "/declarations/verify", "verify_declarations", Verification, DeclarationOutcomes, may="check_verify"
)("核实 the head of the unit confirms a list")
assess_declarations = declarations.post(
    "/declarations/assess", "assess_declarations", Assessment, DeclarationOutcomes, may="check_assess"
)("核评 the assessing section or the panel decides what counts")
return_declarations = declarations.post(
    "/declarations/return", "return_declarations", ReturnedDeclarations, DeclarationOutcomes, may="check_return"
)("退回 back to the declarer, with a reason")
withdraw_declarations = declarations.post(
    "/declarations/withdraw", "withdraw_declarations", TakenBack, DeclarationOutcomes, may="check_withdraws_declaration"
)("撤回申报 what nobody has verified yet is a draft again; to correct it, declare it anew with its revision")
take_back_decisions = declarations.post(
    "/declarations/take-back", "take_back_decisions", TakenBack, DeclarationOutcomes, may="check_takes_back"
)("撤回核实或核评 one's own verification before the assessment, one's own assessment before the recording")
