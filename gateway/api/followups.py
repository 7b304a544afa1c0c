"""What is done about results: conversations, improvements, problems of indicators."""

from typing import Any
from uuid import UUID

from marshmallow import fields
from marshmallow.validate import Length, OneOf

from gateway.api.core import Command, Document, PageQuery, blueprint, etag, if_match, paged, text, whole
from gateway.api.result_documents import ConversationDocument, ImprovementDocument
from gateway.rpc import call

followups = blueprint("followups", "面谈与改进 conversations, improvement measures, problems of indicators")


def words() -> fields.String:
    return fields.String(required=True, validate=Length(0, 4000))


class ConversationText(Command):
    held_on = fields.Date(required=True)
    strengths = words()
    shortcomings = words()
    measures = words()


class NewConversation(ConversationText):
    subject = text(64, required=True)


class ConversationStep(Command):
    opinion = fields.String(validate=Length(0, 4000), metadata={"description": "the person's; needed to return it"})
    revision = whole(1, metadata={"description": "that was read"})


class ConversationQuery(PageQuery):
    status = fields.String(validate=OneOf(("drafted", "offered", "returned", "confirmed")))


class NewImprovement(Command):
    subject = text(64, required=True)
    weak_indicator = text(64, required=True, metadata={"description": "what scored low"})
    cycle = text(64, required=True, metadata={"description": "an open one, in which the order is issued"})
    indicator = text(64, required=True, metadata={"description": "of accountability, under which it is issued"})
    period = text(64, required=True)
    title = text(200, required=True)
    standard = text(4000, required=True)
    deadline = fields.Date(required=True)


class ImprovementStep(Command):
    reason = text(2000, metadata={"description": "of dropping or withdrawing"})
    revision = whole(1, metadata={"description": "that was read"})


class ImprovementQuery(PageQuery):
    subject = text(64)
    status = fields.String(validate=OneOf(("proposed", "ordered", "dropped", "withdrawn")))


class NewProblem(Command):
    indicator = text(64, required=True)
    action = fields.String(validate=OneOf(("change", "remove")))
    changes = fields.Dict(
        keys=text(40), values=text(2000), metadata={"description": "the sheet's columns, as in a proposal"}
    )
    reason = text(2000, required=True)


class ProblemDocument(Document):
    proposal = fields.UUID(required=True, metadata={"description": "and id of the proposal in targets"})
    cycle = fields.String(required=True)
    run = fields.UUID(required=True)
    revision = fields.Integer(required=True)
    indicator = fields.String(required=True)
    action = fields.String(required=True)
    changes = fields.Dict(required=True)
    reason = fields.String(required=True)
    person = fields.String(required=True, allow_none=True)
    account = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


def _dated(command: dict[str, Any], name: str) -> dict[str, Any]:
    return {**command, name: command[name].isoformat()}


@followups.route("/runs/<uuid:run>/conversations", methods=["POST"])
@followups.arguments(NewConversation)
@followups.response(201, ConversationDocument)
def draft_conversation(command: dict[str, Any], run: UUID) -> Any:
    """起草面谈记录 by the head of the unit; a leader with heads and units"""
    return etag(call("scoring", "draft_conversation", {**_dated(command, "held_on"), "run": str(run)}), 201)


@followups.route("/runs/<uuid:run>/conversations")
@followups.arguments(ConversationQuery, location="query")
@followups.response(200, paged(ConversationDocument))
def list_conversations(query: dict[str, Any], run: UUID) -> dict[str, Any]:
    """面谈记录列表 one's own, a head's unit, all for those who watch"""
    return call("scoring", "list_conversations", {**query, "run": str(run)}, read=True)


@followups.route("/runs/<uuid:run>/conversations/<string:subject>")
@followups.response(200, ConversationDocument)
def read_conversation(run: UUID, subject: str) -> Any:
    """面谈记录 one conversation"""
    return etag(call("scoring", "read_conversation", {"run": str(run), "subject": subject}, read=True))


@followups.route("/runs/<uuid:run>/conversations/<string:subject>", methods=["PATCH"])
@followups.arguments(ConversationText)
@followups.response(200, ConversationDocument)
def revise_conversation(command: dict[str, Any], run: UUID, subject: str) -> Any:
    """修改面谈记录 while it is a draft or was returned"""
    own = {"run": str(run), "subject": subject, "revision": if_match()}
    return etag(call("scoring", "revise_conversation", {**_dated(command, "held_on"), **own}))


def _step(step: str, command: dict[str, Any], run: UUID, subject: str) -> Any:
    return etag(call("scoring", f"{step}_conversation", {**command, "run": str(run), "subject": subject}))


@followups.route("/runs/<uuid:run>/conversations/<string:subject>/offer", methods=["POST"])
@followups.arguments(ConversationStep)
@followups.response(200, ConversationDocument)
def offer_conversation(command: dict[str, Any], run: UUID, subject: str) -> Any:
    """面谈人确认 whoever led it confirms, and hands it to the person"""
    return _step("offer", command, run, subject)


@followups.route("/runs/<uuid:run>/conversations/<string:subject>/return", methods=["POST"])
@followups.arguments(ConversationStep)
@followups.response(200, ConversationDocument)
def return_conversation(command: dict[str, Any], run: UUID, subject: str) -> Any:
    """本人退回 the person says what is not right"""
    return _step("return", command, run, subject)


@followups.route("/runs/<uuid:run>/conversations/<string:subject>/confirm", methods=["POST"])
@followups.arguments(ConversationStep)
@followups.response(200, ConversationDocument)
def confirm_conversation(command: dict[str, Any], run: UUID, subject: str) -> Any:
    """本人确认 the person confirms, with an opinion"""
    return _step("confirm", command, run, subject)


@followups.route("/runs/<uuid:run>/improvements", methods=["POST"])
@followups.arguments(NewImprovement)
@followups.response(201, ImprovementDocument)
def propose_improvement(command: dict[str, Any], run: UUID) -> Any:
    """提出改进措施 from a weak item"""
    return etag(call("scoring", "propose_improvement", {**_dated(command, "deadline"), "run": str(run)}), 201)


@followups.route("/runs/<uuid:run>/improvements")
@followups.arguments(ImprovementQuery, location="query")
@followups.response(200, paged(ImprovementDocument))
def list_improvements(query: dict[str, Any], run: UUID) -> dict[str, Any]:
    """改进措施列表 measures that followed from this run"""
    return call("scoring", "list_improvements", {**query, "run": str(run)}, read=True)


@followups.route("/improvements/<uuid:improvement>/order", methods=["POST"])
@followups.arguments(ImprovementStep)
@followups.response(200, ImprovementDocument)
def order_improvement(command: dict[str, Any], improvement: UUID) -> Any:
    """下达 by the panel or a leader: it becomes a task order of the same id"""
    return etag(call("scoring", "order_improvement", {**command, "improvement": str(improvement)}))


@followups.route("/improvements/<uuid:improvement>/drop", methods=["POST"])
@followups.arguments(ImprovementStep)
@followups.response(200, ImprovementDocument)
def drop_improvement(command: dict[str, Any], improvement: UUID) -> Any:
    """不采纳 with a reason"""
    return etag(call("scoring", "drop_improvement", {**command, "improvement": str(improvement)}))


@followups.route("/improvements/<uuid:improvement>/withdraw", methods=["POST"])
@followups.arguments(ImprovementStep)
@followups.response(200, ImprovementDocument)
def withdraw_improvement(command: dict[str, Any], improvement: UUID) -> Any:
    """撤回 with a reason; its task order is withdrawn unless it was judged"""
    return etag(call("scoring", "withdraw_improvement", {**command, "improvement": str(improvement)}))


@followups.route("/runs/<uuid:run>/indicator-problems", methods=["POST"])
@followups.arguments(NewProblem)
@followups.response(201, ProblemDocument)
def report_problem(command: dict[str, Any], run: UUID) -> Any:
    """反映指标问题 becomes a proposal to change the indicator, decided by the panel"""
    return call("scoring", "report_problem", {**command, "run": str(run)})


@followups.route("/runs/<uuid:run>/indicator-problems")
@followups.arguments(PageQuery, location="query")
@followups.response(200, paged(ProblemDocument))
def list_problems(query: dict[str, Any], run: UUID) -> dict[str, Any]:
    """指标问题列表 what was reported of this run's indicators"""
    return call("scoring", "list_problems", {**query, "run": str(run)}, read=True)
