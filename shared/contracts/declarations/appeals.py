"""Appeals: against a return, an assessment, a judgement, a settlement, a finding, a veto or a published score."""

from marshmallow import fields
from marshmallow.validate import Length

from shared.contracts.declarations.asking import OneCycle, evidence_lines
from shared.contracts.declarations.lists import Choices, CycleList, DueRange, may_take, waiting_for
from shared.contracts.declarations.names import ItemNames, name_of
from shared.contracts.declarations.spot_checks import ChosenItem
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    Exact,
    batch,
    code,
    counts,
    day,
    flag,
    listing,
    needed_text,
    note,
    paged,
    revision,
    sort,
    whole,
    word,
)
from shared.vocabulary.checking import (
    APPEAL_CHOICES,
    APPEAL_KINDS,
    APPEAL_OUTCOMES,
    APPEAL_STATES,
    CHECKED_KINDS,
    VERDICTS,
)
from shared.vocabulary.organisation import LAYERS


class NewAppeal(Command):
    kind = word(APPEAL_KINDS, required=True)
    object = code("id of the declaration, order, contribution, inspection, veto, run", required=True)
    subject = code("whose score; by default one's own")
    text = needed_text()
    evidence = evidence_lines()


class NewAppeals(OneCycle):
    appeals = batch(NewAppeal)


class ChosenAppeal(Command):
    appeal = code(required=True)
    revision = revision()


class WithdrawnAppeal(ChosenAppeal):
    reason = note(load_default="")


class WithdrawnAppeals(OneCycle):
    appeals = batch(WithdrawnAppeal)


class CorrectedItem(ChosenItem):
    counts = counts(required=True)


class DecidedAppeal(ChosenAppeal):
    outcome = word(APPEAL_OUTCOMES, required=True)
    decision = needed_text()
    counts = counts("that stand from now on", allow_none=True)
    verdict = word(VERDICTS, "that stands, of a finding")
    items = fields.List(
        fields.Nested(CorrectedItem),
        validate=Length(max=100),
        metadata={"description": "through which a score changes"},
    )


class DecidedAppeals(OneCycle):
    appeals = batch(DecidedAppeal)


class AppealQuery(CycleList, DueRange):
    waiting = waiting_for(APPEAL_CHOICES)
    sort = sort("due_on", "filed_on", "subject", "status")
    status = word(APPEAL_STATES)
    kind = word(APPEAL_KINDS)
    object = code()
    subject = code()
    unit = code()
    overdue = flag("only those that should have been decided", load_default=False)


class NewTerms(OneCycle):
    revision = whole(0, description="refused where they have changed meanwhile; 0 while the usual terms hold")
    file_days = whole(
        1,
        120,
        "working days after the decision; against published scores: until the last day of their publication",
        required=True,
    )
    decide_days = whole(1, 120, "working days after the filing", required=True)
    since = day(
        "for decisions and filings of that day (today by default) or later; what came before keeps its own",
        load_default=None,
        allow_none=True,
    )


class AppealCorrection(Document):
    kind = word(CHECKED_KINDS, required=True)
    item = fields.String(required=True)
    before = counts(required=True)
    after = counts(required=True)
    points_before = Exact(required=True)
    points_after = Exact(required=True)


class AppealOutcome(Document):
    appeal = fields.String(required=True)
    revision = fields.Integer(required=True)
    kind = word(APPEAL_KINDS, required=True)
    object = fields.String(required=True)
    subject = fields.String(required=True)
    status = word(APPEAL_STATES, required=True)
    filed_on = fields.Date(required=True)
    due_on = fields.Date(required=True)
    decision = fields.String(required=True)
    corrections = listing(AppealCorrection)


class AppealOutcomes(Document):
    appeals = listing(AppealOutcome)


class AppealDocument(AppealOutcome, ItemNames, Choices):
    may = may_take(APPEAL_CHOICES)
    cycle = fields.String(required=True)
    object_revision = fields.Integer(required=True)
    layer = word(LAYERS, required=True)
    unit = fields.String(required=True)
    indicator = fields.String(required=True, allow_none=True, metadata={"description": "null: of a score, all of them"})
    text = fields.String(required=True)
    evidence = listing(fields.String())
    involved = listing(fields.String(), "none of them decides")
    filed_by = fields.String(required=True)
    filed_by_name = name_of()
    decided_by = fields.String(required=True, allow_none=True)
    decided_by_name = name_of(nullable=True)
    decided_on = fields.Date(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)


class TermsSince(Document):
    since = fields.Date(required=True, allow_none=True, metadata={"description": "null: from the beginning"})
    file_days = fields.Integer(required=True)
    decide_days = fields.Integer(required=True)


class Terms(Document):
    cycle = fields.String(required=True)
    revision = fields.Integer(required=True, metadata={"description": "0 while the usual terms hold"})
    file_days = fields.Integer(required=True)
    decide_days = fields.Integer(required=True)


class DatedTerms(Document):
    cycle = fields.String(required=True)
    terms = listing(TermsSince)


appeals = Family("declarations", "appeals", "申诉 appeals and the decisions on them")

file_appeals = appeals.post(
    "/appeals", "file_appeals", NewAppeals, AppealOutcomes, may="check_answers_for", status=201
)("提出申诉 by the subject, within the term")
list_appeals = appeals.get("/appeals", "list_appeals", AppealQuery, paged(AppealDocument), may="anyone")(
    "申诉列表 one's own, those one decides on, overdue ones"
)
decide_appeals = appeals.post(
    "/appeals/decide", "decide_appeals", DecidedAppeals, AppealOutcomes, may="check_decides_appeal"
)("处理申诉 by someone who had no part in it; a change flows into the points")
withdraw_appeals = appeals.post(
    "/appeals/withdraw", "withdraw_appeals", WithdrawnAppeals, AppealOutcomes, may="check_withdraws"
)("撤回申诉 by whoever filed it")
get_appeal_terms = appeals.get("/appeal-terms", "get_appeal_terms", OneCycle, Terms, may="anyone", etag=True)(
    "申诉期限 working days to file and to decide"
)
list_appeal_terms = appeals.get("/appeal-terms/dated", "list_appeal_terms", OneCycle, DatedTerms, may="anyone")(
    "各日起施行的申诉期限 which terms hold from which day on"
)
set_appeal_terms = appeals.post("/appeal-terms", "set_appeal_terms", NewTerms, Terms, may="check_sets_terms")(
    "设定申诉期限 by the office, from a day on"
)
