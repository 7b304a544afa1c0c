"""Complaints and reports of the 12315 network, and their steps."""

from decimal import Decimal

from marshmallow import ValidationError, fields
from marshmallow.validate import Range

from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    Exact,
    PageQuery,
    batch,
    day,
    flag,
    instant,
    listing,
    note,
    paged,
    text,
    word,
)
from shared.vocabulary.complaints import (
    CASE_KINDS,
    CASE_STATES,
    CASE_STEPS,
    CLOCK_STATES,
    ORGANISATIONS,
    OUTCOMES,
    SATISFACTIONS,
)

_MOST = Decimal(999_999_999)  # yuan


def _whole_cents(yuan: Decimal) -> None:
    if yuan != round(yuan, 2):
        raise ValidationError("yuan and cents, nothing finer")


class NewCase(Command):
    kind = word(CASE_KINDS, required=True)
    number = text(50, "unique within the year; made where absent", load_default=None)
    intake_unit = text(20, required=True)
    received_at = instant("when it reached the bureau; `at` where absent", load_default=None)
    at = instant("when it was registered; now where absent", load_default=None)
    summary = text(2000, required=True)
    trader = note(200, load_default="")
    consumer = note(100, "of a complaint; a reporter is never named", load_default="")


class NewCases(Command):
    cases = batch(NewCase)


class TimedCase(Command):
    case = fields.UUID(required=True)
    at = instant("when it happened; now where absent", load_default=None)


class CaseAssignment(TimedCase):
    unit = text(20, required=True)
    handler = text(20, "a person of the unit", load_default=None)
    entrusted = flag("to the association, both parties' consent recorded", load_default=False)


class CaseRefusal(TimedCase):
    ground = text(10, "a ground of the regime, see /cases/regimes", required=True)


class CaseConclusion(TimedCase):
    outcome = word(OUTCOMES, required=True)
    termination_ground = text(10, load_default=None)
    recovered = Exact(
        load_default=Decimal(0), validate=[Range(Decimal(0), _MOST), _whole_cents], metadata={"description": "yuan"}
    )
    voucher = flag("whether what was recovered is proven", load_default=False)
    perform_by = day(load_default=None)
    performed_on = day(load_default=None)
    must_tell = flag("a report whose result has to be told", load_default=False)


class CaseFollowUp(TimedCase):
    answered = flag(required=True)
    satisfaction = word(SATISFACTIONS, load_default=None)


class CaseRepeat(TimedCase):
    original = fields.UUID(required=True)


class CaseStep(CaseAssignment, CaseRefusal, CaseConclusion, CaseFollowUp, CaseRepeat):
    """Any step; the members it does not use stay away."""

    step = word(CASE_STEPS, required=True)
    unit = text(20, load_default=None)
    ground = text(10, load_default=None)
    outcome = word(OUTCOMES, load_default=None)
    answered = flag(load_default=False)
    original = fields.UUID(load_default=None)


class CaseSteps(Command):
    steps = batch(CaseStep)


class CaseQuery(PageQuery):
    kind = word(CASE_KINDS, load_default=None)
    status = word(CASE_STATES, load_default=None)
    unit = text(20, load_default=None)
    handler = text(20, load_default=None)
    organisation = word(ORGANISATIONS, load_default=None)


class OneCase(Command):
    case = fields.UUID(required=True)


class DeadlineDocument(Document):
    name = fields.String(required=True)
    due = fields.Date(required=True, allow_none=True)
    done = fields.Date(required=True, allow_none=True)
    regime = fields.String(required=True)
    article = fields.String(required=True)
    state = word(CLOCK_STATES, required=True)


class CaseItem(Document):
    """A case without who complained."""

    code = fields.String(required=True)
    number = fields.String(required=True)
    kind = word(CASE_KINDS, required=True)
    organisation = word(ORGANISATIONS, required=True)
    status = word(CASE_STATES, required=True)
    intake_unit = fields.String(required=True)
    unit = fields.String(required=True, allow_none=True)
    handler = fields.String(required=True, allow_none=True)
    received_at = fields.AwareDateTime(required=True)
    registered_at = fields.AwareDateTime(required=True)
    summary = fields.String(required=True)
    trader = fields.String(required=True)
    assigned_at = fields.AwareDateTime(required=True, allow_none=True)
    entrusted = fields.Boolean(required=True)
    contacted_at = fields.AwareDateTime(required=True, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    refusal_ground = fields.String(required=True, allow_none=True)
    pauses = fields.List(
        fields.List(fields.Date(allow_none=True)), required=True, metadata={"description": "first day, last day"}
    )
    restarted_on = fields.Date(required=True, allow_none=True)
    extended_at = fields.AwareDateTime(required=True, allow_none=True)
    concluded_at = fields.AwareDateTime(required=True, allow_none=True)
    outcome = word(OUTCOMES, required=True, allow_none=True)
    termination_ground = fields.String(required=True, allow_none=True)
    recovered = Exact(required=True, metadata={"description": "yuan"})
    voucher = fields.Boolean(required=True)
    perform_by = fields.Date(required=True, allow_none=True)
    performed_on = fields.Date(required=True, allow_none=True)
    must_tell = fields.Boolean(required=True)
    told_at = fields.AwareDateTime(required=True, allow_none=True)
    followed_up_at = fields.AwareDateTime(required=True, allow_none=True)
    answered = fields.Boolean(required=True)
    satisfaction = word(SATISFACTIONS, required=True, allow_none=True)
    repeat_of = fields.String(required=True, allow_none=True)
    repeat_unit = fields.String(required=True, allow_none=True)
    repeat_handler = fields.String(required=True, allow_none=True)
    repeat_concluded = fields.Date(required=True, allow_none=True)
    deadlines = listing(DeadlineDocument)
    revision = fields.Integer(required=True)


class CaseDocument(CaseItem):
    consumer = fields.String(required=True, metadata={"description": "to those who handle the case; else empty"})


class CaseStatus(Document):
    case = fields.String(required=True)
    number = fields.String()
    status = word(CASE_STATES)


class CaseStatuses(Document):
    cases = listing(CaseStatus)
    changed = fields.Integer()


cases = Family("complaints", "cases", "投诉举报 complaints and reports")

register_cases = cases.post(
    "/cases",
    "register_cases",
    NewCases,
    CaseStatuses,
    "登记投诉举报 register up to 500 cases, all or none",
    may="may_register",
    status=201,
)
take_steps = cases.post(
    "/cases/steps",
    "take_steps",
    CaseSteps,
    CaseStatuses,
    "批量办理 take up to 500 steps in their order, all or none",
    may="may_step",
)
list_cases = cases.get(
    "/cases",
    "list_cases",
    CaseQuery,
    paged(CaseItem),
    "投诉举报列表 cases, without the names of consumers",
    may="anyone",
)
show_case = cases.get(
    "/cases/<case>", "show_case", OneCase, CaseDocument, "投诉举报详情 one case with its deadlines", may="may_see_all"
)
replay_state = cases.internal("replay_state", may="may_replay")
