"""Complaints and reports of the 12315 network, their steps and the figures they end in."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import OneOf

from gateway.api.core import Blueprint, Command, Document, Exact, PageQuery, batch, blueprint, paged, text
from gateway.rpc import call

cases = blueprint("cases", "投诉举报 complaints, reports and their figures")


class NewCase(Command):
    kind = fields.String(required=True, validate=OneOf(("complaint", "report")))
    number = text(50, metadata={"description": "unique within the year; made where absent"})
    intake_unit = text(20, required=True)
    received_at = fields.AwareDateTime(metadata={"description": "when it reached the bureau; `at` where absent"})
    at = fields.AwareDateTime(metadata={"description": "when it was registered; now where absent"})
    summary = text(2000, required=True)
    trader = text(200)
    consumer = text(100, metadata={"description": "of a complaint; a reporter is never named"})


class NewCases(Command):
    cases = batch(NewCase)


class TimedCase(Command):
    case = fields.UUID(required=True)
    at = fields.AwareDateTime(metadata={"description": "when it happened; now where absent"})


class CaseAssignment(TimedCase):
    unit = text(20, required=True)
    handler = text(20, metadata={"description": "a person of the unit"})
    entrusted = fields.Boolean(metadata={"description": "to the association, both parties' consent recorded"})


class CaseRefusal(TimedCase):
    ground = text(10, required=True, metadata={"description": "a ground of the regime, see /cases/regimes"})


class CaseConclusion(TimedCase):
    outcome = fields.String(required=True, validate=OneOf(("agreement", "settled", "terminated", "filed", "not_filed")))
    termination_ground = text(10)
    recovered = Exact(metadata={"description": "yuan"})
    voucher = fields.Boolean(metadata={"description": "whether what was recovered is proven"})
    perform_by = fields.Date()
    performed_on = fields.Date()
    must_tell = fields.Boolean(metadata={"description": "a report whose result has to be told"})


class CaseFollowUp(TimedCase):
    answered = fields.Boolean(required=True)
    satisfaction = fields.String(validate=OneOf(("satisfied", "basically", "dissatisfied")))


class CaseRepeat(TimedCase):
    original = fields.UUID(required=True)


class CaseStep(CaseAssignment, CaseRefusal, CaseConclusion, CaseFollowUp, CaseRepeat):
    """Any step; the fields it does not use stay away."""

    step = text(20, required=True)
    unit = text(20)
    ground = text(10)
    outcome = fields.String(validate=OneOf(("agreement", "settled", "terminated", "filed", "not_filed")))
    answered = fields.Boolean()
    original = fields.UUID()


class CaseSteps(Command):
    steps = batch(CaseStep)


class CaseQuery(PageQuery):
    kind = fields.String(validate=OneOf(("complaint", "report")))
    status = text(20)
    unit = text(20)
    handler = text(20)
    organisation = fields.String(validate=OneOf(("bureau", "association")))


class CaseFigureQuery(PageQuery):
    layer = fields.String(validate=OneOf(("person", "division", "station")))


class DeadlineDocument(Document):
    name = fields.String(required=True)
    due = fields.Date(required=True, allow_none=True)
    done = fields.Date(required=True, allow_none=True)
    regime = fields.String(required=True)
    article = fields.String(required=True)
    state = fields.String(required=True, metadata={"description": "running, paused, beyond_calendar, kept or late"})


class CaseDocument(Document):
    code = fields.String(required=True)
    number = fields.String(required=True)
    kind = fields.String(required=True)
    organisation = fields.String(required=True)
    status = fields.String(required=True)
    intake_unit = fields.String(required=True)
    unit = fields.String(required=True, allow_none=True)
    handler = fields.String(required=True, allow_none=True)
    received_at = fields.AwareDateTime(required=True)
    summary = fields.String(required=True)
    trader = fields.String(required=True)
    deadlines = fields.List(fields.Nested(DeadlineDocument), required=True)
    revision = fields.Integer(required=True)


class CaseStatus(Document):
    case = fields.String(required=True)
    number = fields.String()
    status = fields.String()


class CaseStatuses(Document):
    cases = fields.List(fields.Nested(CaseStatus), required=True)
    changed = fields.Integer()


class CaseFigureDocument(Document):
    subject = fields.String(required=True)
    layer = fields.String(required=True)
    month = fields.String(required=True)
    revision = fields.Integer(required=True)
    figures = fields.Dict(required=True, metadata={"description": "figure -> counts"})


class CaseFactDocument(Document):
    code = fields.String(required=True, metadata={"description": "the case"})
    figure = fields.String(required=True)
    day = fields.Date(required=True)
    unit = fields.String(required=True)
    person = fields.String(required=True, allow_none=True)
    numerator = fields.String(required=True)
    denominator = fields.String(required=True)


class ClosedCaseMonth(Document):
    month = fields.String(required=True)
    revision = fields.Integer(required=True)
    subjects = fields.Integer()
    changed = fields.Integer(metadata={"description": "subjects whose figures changed"})
    closed_at = fields.AwareDateTime()


@cases.route("/cases", methods=["POST"])
@cases.arguments(NewCases)
@cases.response(201, CaseStatuses)
def register_cases(command: dict[str, Any]) -> dict[str, Any]:
    """登记投诉举报 register up to 500 cases, all or none"""
    return call("complaints", "register_cases", command)


@cases.route("/cases")
@cases.arguments(CaseQuery, location="query")
@cases.response(200, paged(CaseDocument))
def list_cases(query: dict[str, Any]) -> dict[str, Any]:
    """投诉举报列表 cases, without the names of consumers"""
    return call("complaints", "list_cases", query, read=True)


@cases.route("/cases/regimes")
@cases.response(200, Document)
def list_regimes() -> dict[str, Any]:
    """时限与依据 each regime's deadlines and grounds with their articles"""
    return call("complaints", "list_regimes", {}, read=True)


@cases.route("/cases/<case>")
@cases.response(200, CaseDocument)
def show_case(case: str) -> dict[str, Any]:
    """投诉举报详情 one case with its deadlines"""
    return call("complaints", "show_case", {"case": case}, read=True)


@cases.route("/cases/steps", methods=["POST"])
@cases.arguments(CaseSteps)
@cases.response(200, CaseStatuses)
def take_steps(command: dict[str, Any]) -> dict[str, Any]:
    """批量办理 take up to 500 steps in their order, all or none"""
    return call("complaints", "take_steps", command)


@cases.route("/case-figures")
@cases.arguments(PageQuery, location="query")
@cases.response(200, paged(ClosedCaseMonth))
def list_months(query: dict[str, Any]) -> dict[str, Any]:
    """已关账月份 closed months"""
    return call("complaints", "list_months", query, read=True)


@cases.route("/case-figures/<month>/close", methods=["POST"])
@cases.response(200, ClosedCaseMonth)
def close_figures(month: str) -> dict[str, Any]:
    """投诉举报月结 publish the month's figures; again takes in what changed since"""
    return call("complaints", "close_figures", {"month": month})


@cases.route("/case-figures/<month>")
@cases.arguments(CaseFigureQuery, location="query")
@cases.response(200, paged(CaseFigureDocument))
def list_figures(query: dict[str, Any], month: str) -> dict[str, Any]:
    """月度投诉举报数据 a month's figures of whom one may see"""
    return call("complaints", "list_figures", {**query, "month": month}, read=True)


@cases.route("/case-figures/<month>/<subject>")
@cases.arguments(PageQuery, location="query")
@cases.response(200, paged(CaseFactDocument))
def list_facts(query: dict[str, Any], month: str, subject: str) -> dict[str, Any]:
    """月度数据明细 the cases behind one subject's month"""
    return call("complaints", "list_facts", {**query, "month": month, "subject": subject}, read=True)


def _step_route(family: Blueprint, step: str, entry: type[Command], summary: str) -> None:
    """POST /cases/{step}: one kind of step for a list of cases, all or none."""
    word = step.replace("_", "-")
    body = type(f"Cases{step.title().replace('_', '')}", (Command,), {"cases": batch(entry)})

    def take(command: dict[str, Any]) -> dict[str, Any]:
        return call("complaints", "take_steps", {"steps": [{**one, "step": step} for one in command["cases"]]})

    take.__name__ = f"{step}_cases"
    take.__doc__ = summary
    family.route(f"/cases/{word}", methods=["POST"])(family.arguments(body)(family.response(200, CaseStatuses)(take)))


for _step, _entry, _summary in (
    ("assign", CaseAssignment, "分派 dispatch to a unit and a handler"),
    ("contact", TimedCase, "首次联系 the first contact with the consumer"),
    ("accept", TimedCase, "受理 accept complaints"),
    ("refuse", CaseRefusal, "不予受理 refuse complaints, on a ground"),
    ("pause", TimedCase, "鉴定检测开始 appraisal or testing begins"),
    ("resume", TimedCase, "鉴定检测结束 appraisal or testing ends"),
    ("extend", TimedCase, "延长核查 fifteen further working days to verify a report"),
    ("restart", TimedCase, "新线索 new facts: a report's clock runs anew"),
    ("conclude", CaseConclusion, "办结 conclude"),
    ("tell", TimedCase, "告知 tell the result"),
    ("perform", TimedCase, "履行 the agreement is performed"),
    ("follow_up", CaseFollowUp, "回访 follow up"),
    ("mark_repeat", CaseRepeat, "标记重复 mark as a repetition of a concluded complaint"),
):
    _step_route(cases, _step, _entry, _summary)
