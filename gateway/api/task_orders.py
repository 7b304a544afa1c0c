"""Task orders: work with a deadline, answered and judged."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf, Range

from gateway.api.core import Command, Document, Exact, PageQuery, batch, blueprint, paged, text, whole
from gateway.api.declarations import counts_field
from gateway.rpc import call

task_orders = blueprint("task_orders", "任务单 task orders")


class NewTaskOrder(Command):
    indicator = text(100, required=True)
    period = text(100, required=True)
    title = text(4000, required=True)
    standard = text(4000, required=True)
    points = Exact(allow_none=True, metadata={"description": "what of the indicator's points is meant to hang on it"})
    deadline = fields.Date(required=True, metadata={"description": "its last day"})
    subjects = batch(text(100))


class NewTaskOrders(Command):
    cycle = text(100, required=True)
    orders = batch(NewTaskOrder)


class ChosenTaskOrder(Command):
    order = text(100, required=True)
    revision = whole(1)
    note = fields.String(validate=Length(max=4000))


class ChosenTaskOrders(Command):
    cycle = text(100, required=True)
    orders = batch(ChosenTaskOrder)


class ReportedTaskOrder(ChosenTaskOrder):
    percent = whole(0, 100, allow_none=True, metadata={"description": "how far the work is"})


class ReportedTaskOrders(Command):
    cycle = text(100, required=True)
    orders = batch(ReportedTaskOrder)


class PostponedTaskOrder(ChosenTaskOrder):
    deadline = fields.Date(required=True)


class PostponedTaskOrders(Command):
    cycle = text(100, required=True)
    orders = batch(PostponedTaskOrder)


class JudgedTaskOrder(ChosenTaskOrder):
    counts = counts_field(required=True)


class JudgedTaskOrders(Command):
    cycle = text(100, required=True)
    orders = batch(JudgedTaskOrder)


class TaskOrderQuery(PageQuery):
    cycle = text(100, required=True)
    period = text(100)
    unit = text(100)
    status = text(100)
    assessor = text(100)
    subject = text(100)
    indicator = text(100)
    issued_by = text(100)
    origin = fields.String(
        validate=OneOf(["ordered", "volunteered"]), metadata={"description": "volunteered: entered for temporary work"}
    )
    risk = fields.String(
        validate=OneOf(["overdue", "at_risk"]),
        metadata={"description": "at_risk: due soon, and behind its time or without a report"},
    )
    within = fields.Integer(validate=Range(0, 60), metadata={"description": "at_risk: due in so many working days"})
    silent = fields.Integer(
        validate=Range(0, 60), metadata={"description": "at_risk: no report for so many working days"}
    )


class TaskOrderOutcome(Document):
    order = fields.String(required=True)
    revision = fields.Integer(required=True)
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    period = fields.String(required=True)
    status = fields.String(
        required=True, metadata={"description": "issued, refused, accepted, completed, judged, withdrawn"}
    )
    deadline = fields.Date(required=True)
    percent = fields.Integer(required=True)
    counts = counts_field(required=True)
    overdue = fields.Boolean(required=True)


class TaskOrderOutcomes(Document):
    orders = fields.List(fields.Nested(TaskOrderOutcome), required=True)


class TaskOrderDocument(TaskOrderOutcome):
    cycle = fields.String(required=True)
    layer = fields.String(required=True)
    unit = fields.String(required=True)
    assessor = fields.String(required=True)
    title = fields.String(required=True)
    standard = fields.String(required=True)
    points = Exact(required=True, allow_none=True)
    issued_on = fields.Date(required=True)
    deadlines = fields.List(fields.Dict(), required=True, metadata={"description": "every change, both dates, why"})
    reported_on = fields.Date(required=True, allow_none=True)
    origin = fields.String(required=True)
    completed_on = fields.Date(required=True, allow_none=True)
    notes = fields.List(
        fields.Dict(), required=True, metadata={"description": "progress, refusal, completion, judgement …"}
    )
    issued_by = fields.String(required=True)
    judged_by = fields.String(required=True, allow_none=True)


@task_orders.route("/task-orders", methods=["POST"])
@task_orders.arguments(NewTaskOrders)
@task_orders.response(201, TaskOrderOutcomes)
def issue_orders(command: dict[str, Any]) -> dict[str, Any]:
    """下达任务单 issue orders to many subjects, all or none, 500 in all"""
    return call("declarations", "issue_orders", command)


@task_orders.route("/task-orders")
@task_orders.arguments(TaskOrderQuery, location="query")
@task_orders.response(200, paged(TaskOrderDocument))
def list_orders(query: dict[str, Any]) -> dict[str, Any]:
    """任务单列表 orders that one may see"""
    return call("declarations", "list_orders", query, read=True)


@task_orders.route("/task-orders/accept", methods=["POST"])
@task_orders.arguments(ChosenTaskOrders)
@task_orders.response(200, TaskOrderOutcomes)
def accept_orders(command: dict[str, Any]) -> dict[str, Any]:
    """签收 accept orders"""
    return call("declarations", "accept_orders", command)


@task_orders.route("/task-orders/refuse", methods=["POST"])
@task_orders.arguments(ChosenTaskOrders)
@task_orders.response(200, TaskOrderOutcomes)
def refuse_orders(command: dict[str, Any]) -> dict[str, Any]:
    """不接受 refuse orders, with a reason; whoever issued them decides"""
    return call("declarations", "refuse_orders", command)


@task_orders.route("/task-orders/insist", methods=["POST"])
@task_orders.arguments(ChosenTaskOrders)
@task_orders.response(200, TaskOrderOutcomes)
def insist_on_orders(command: dict[str, Any]) -> dict[str, Any]:
    """维持下达 insist on orders that were refused"""
    return call("declarations", "insist_on_orders", command)


@task_orders.route("/task-orders/send-back", methods=["POST"])
@task_orders.arguments(ChosenTaskOrders)
@task_orders.response(200, TaskOrderOutcomes)
def send_back_orders(command: dict[str, Any]) -> dict[str, Any]:
    """退回整改 send completed orders back, with a reason"""
    return call("declarations", "send_back_orders", command)


@task_orders.route("/task-orders/postpone", methods=["POST"])
@task_orders.arguments(PostponedTaskOrders)
@task_orders.response(200, TaskOrderOutcomes)
def postpone_orders(command: dict[str, Any]) -> dict[str, Any]:
    """变更期限 another deadline, with the reason as its note"""
    return call("declarations", "postpone_orders", command)


@task_orders.route("/task-orders/progress", methods=["POST"])
@task_orders.arguments(ReportedTaskOrders)
@task_orders.response(200, TaskOrderOutcomes)
def note_progress(command: dict[str, Any]) -> dict[str, Any]:
    """进度 note progress"""
    return call("declarations", "note_progress", command)


@task_orders.route("/task-orders/complete", methods=["POST"])
@task_orders.arguments(ChosenTaskOrders)
@task_orders.response(200, TaskOrderOutcomes)
def complete_orders(command: dict[str, Any]) -> dict[str, Any]:
    """报完成 report orders complete"""
    return call("declarations", "complete_orders", command)


@task_orders.route("/task-orders/judge", methods=["POST"])
@task_orders.arguments(JudgedTaskOrders)
@task_orders.response(200, TaskOrderOutcomes)
def judge_orders(command: dict[str, Any]) -> dict[str, Any]:
    """评定 judge orders by the counts that stand"""
    return call("declarations", "judge_orders", command)


@task_orders.route("/task-orders/withdraw", methods=["POST"])
@task_orders.arguments(ChosenTaskOrders)
@task_orders.response(200, TaskOrderOutcomes)
def withdraw_orders(command: dict[str, Any]) -> dict[str, Any]:
    """撤回 withdraw orders"""
    return call("declarations", "withdraw_orders", command)
