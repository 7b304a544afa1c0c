"""临时工作: reported without an order, confirmed by the head, assessed by the rule; and all of a subject's, ordered or not."""

from marshmallow import fields

from shared.contracts.declarations.asking import OneCycle, evidence_lines
from shared.contracts.declarations.lists import Batched, Choices, CycleList, Outcomes, may_take, waiting_for
from shared.contracts.declarations.names import ItemNames, name_of
from shared.contracts.declarations.steps import FIRST_FIRST, StepDocument
from shared.contracts.declarations.task_order_documents import TaskOrderDocument
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    Exact,
    batch,
    code,
    counts,
    day,
    indicator_of,
    listing,
    needed_text,
    note,
    paged,
    period_of,
    revision,
    sort,
    word,
)
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.task_orders import WORK_CHOICES, WORK_STATES, WORK_STEPS, WORK_WAITING


class NewWork(Command):
    work = code("a returned one that is reported again")
    revision = revision()
    subject = code(required=True)
    indicator = code(required=True)
    period = code(required=True)
    title = needed_text()
    outcome = needed_text()
    asked_by = needed_text(description="who asked for it, in words")
    done_on = day(required=True)
    evidence = evidence_lines()


class NewWorks(OneCycle):
    works = batch(NewWork)


class ChosenWork(Command):
    work = code(required=True)
    revision = revision()


class ChosenWorks(OneCycle, Batched):
    works = batch(ChosenWork)


class WorksTakenBack(ChosenWorks):
    reason = note(description="needed of an assessment and a rejection", load_default="")


class WorkConfirmation(OneCycle, Batched):
    decision = word(("confirm", "return"), required=True)
    reason = note(load_default="")
    works = batch(ChosenWork)


class AssessedWork(ChosenWork):
    counts = counts(allow_none=True)


class WorkAssessment(OneCycle, Batched):
    decision = word(("assess", "return", "reject"), required=True)
    reason = note(load_default="")
    works = batch(AssessedWork)


class WorkQuery(CycleList):
    waiting = waiting_for(WORK_WAITING)
    sort = sort("done_on", "subject", "indicator", "status")
    subject = code()
    period = period_of()
    unit = code()
    status = word(WORK_STATES)
    indicator = indicator_of()
    assessor = code()


class OneWork(OneCycle):
    work = code(required=True)


class SubjectQuery(OneCycle):
    subject = code(required=True)
    period = period_of()


class WorkOutcome(Document):
    work = fields.String(required=True)
    revision = fields.Integer(required=True)
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    period = fields.String(required=True)
    status = word(WORK_STATES, required=True)
    title = fields.String(required=True)
    counts = counts("empty until assessed", required=True)
    order = fields.String(required=True, allow_none=True, metadata={"description": "the task order as which it counts"})


class WorkOutcomes(Outcomes):
    works = listing(WorkOutcome)


class WorkDocument(WorkOutcome, ItemNames, Choices):
    may = may_take(WORK_CHOICES)
    cycle = fields.String(required=True)
    layer = word(LAYERS, required=True)
    unit = fields.String(required=True)
    assessor = fields.String(required=True)
    assessor_name = name_of()
    outcome = fields.String(required=True)
    asked_by = fields.String(required=True)
    done_on = fields.Date(required=True)
    target = Exact(
        required=True,
        allow_none=True,
        metadata={"description": "what the subject claimed of the item for the year; null where nothing is shared out"},
    )
    evidence = listing(fields.String())
    reason = fields.String(required=True)
    reported_by = fields.String(required=True)
    reported_by_name = name_of()
    confirmed_by = fields.String(required=True, allow_none=True)
    confirmed_by_name = name_of(nullable=True)
    assessed_by = fields.String(required=True, allow_none=True)
    assessed_by_name = name_of(nullable=True)


class WorkStep(StepDocument):
    step = word(WORK_STEPS, required=True)


class WorkWithSteps(WorkDocument):
    steps = listing(WorkStep, FIRST_FIRST)


class OrderedWork(TaskOrderDocument):
    name = fields.String(required=True, metadata={"description": "of the indicator"})
    earned = Exact(required=True, allow_none=True, metadata={"description": "points; null until judged"})


class VolunteeredWork(WorkDocument):
    name = fields.String(required=True, metadata={"description": "of the indicator"})
    earned = Exact(required=True, allow_none=True, metadata={"description": "points; null until assessed"})


class SubjectWorks(Document):
    ordered = listing(OrderedWork, "task orders")
    volunteered = listing(VolunteeredWork, "reported works")


temporary_work = Family("declarations", "temporary_work", "临时工作 temporary work")

report_works = temporary_work.post(
    "/temporary-work", "report_works", NewWorks, WorkOutcomes, may="check_answers_for", status=201
)("临时工作申报 report temporary work that was done, all or none")
list_works = temporary_work.get("/temporary-work", "list_works", WorkQuery, paged(WorkDocument), may="anyone")(
    "临时工作列表 temporary work that one may see"
)
list_temporary_work = temporary_work.get(
    "/temporary-work/of-subject", "list_temporary_work", SubjectQuery, SubjectWorks, may="anyone"
)("一人（单位）一期的临时工作 all of a subject's, ordered or not: what its form is made of")
get_work = temporary_work.get("/temporary-work/<work>", "get_work", OneWork, WorkWithSteps, may="anyone")(
    "一项临时工作 one piece of temporary work with its steps"
)
confirm_works = temporary_work.post(
    "/temporary-work/confirm", "confirm_works", WorkConfirmation, WorkOutcomes, may="check_confirms_work"
)("确认 the head confirms or returns a list")
assess_works = temporary_work.post(
    "/temporary-work/assess", "assess_works", WorkAssessment, WorkOutcomes, may="check_assesses_work"
)("评定 the office, the panel or the section assesses by the rule, returns or rejects")
withdraw_works = temporary_work.post(
    "/temporary-work/withdraw", "withdraw_works", ChosenWorks, WorkOutcomes, may="check_answers_for"
)("撤回临时工作申报 before anybody has confirmed it")
take_back_confirmations = temporary_work.post(
    "/temporary-work/take-back", "take_back_confirmations", WorksTakenBack, WorkOutcomes, may="check_takes_back_step"
)(
    "撤回确认、评定 one's own confirmations before the assessment, one's own assessments before anybody has built on them"
)
