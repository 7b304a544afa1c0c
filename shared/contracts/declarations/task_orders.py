"""Task orders: work with a deadline, answered and judged."""

from shared.contracts.declarations.asking import OneCycle
from shared.contracts.declarations.lists import Batched, CycleList, DueRange, waiting_for
from shared.contracts.declarations.task_order_documents import OrderOutcomes, TaskOrderDocument, TaskOrderWithSteps
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Exact,
    batch,
    code,
    counts,
    day,
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
from shared.vocabulary.task_orders import ORDER_ORIGINS, ORDER_RISKS, ORDER_STATES, ORDER_WAITING


class NewOrder(Command):
    indicator = code(required=True)
    period = code(required=True)
    title = needed_text()
    standard = needed_text()
    points = Exact(allow_none=True, metadata={"description": "what of the indicator's points is meant to hang on it"})
    deadline = day("its last day", required=True)
    subjects = batch(code())


class NewOrders(OneCycle):
    orders = batch(NewOrder)


class ChosenOrder(Command):
    order = code(required=True)
    revision = revision()
    note = note(load_default="")


class ChosenOrders(OneCycle, Batched):
    orders = batch(ChosenOrder)


class ReportedOrder(ChosenOrder):
    percent = whole(0, 100, "how far the work is", allow_none=True)


class ReportedOrders(OneCycle, Batched):
    orders = batch(ReportedOrder)


class PostponedOrder(ChosenOrder):
    deadline = day(required=True)


class PostponedOrders(OneCycle, Batched):
    orders = batch(PostponedOrder)


class JudgedOrder(ChosenOrder):
    counts = counts(required=True)


class JudgedOrders(OneCycle, Batched):
    orders = batch(JudgedOrder)


class OneOrder(OneCycle):
    order = code(required=True)


class OrderQuery(CycleList, DueRange):
    waiting = waiting_for(ORDER_WAITING)
    sort = sort("deadline", "issued_on", "subject", "indicator", "status", "percent")
    period = period_of()
    unit = code()
    status = word(ORDER_STATES)
    assessor = code()
    subject = code()
    indicator = indicator_of()
    issued_by = code()
    origin = word(ORDER_ORIGINS, "volunteered: entered for temporary work")
    risk = word(ORDER_RISKS, "at_risk: due soon, and behind its time or without a report")
    within = whole(0, 60, "at_risk: due in so many working days", load_default=3)
    silent = whole(0, 60, "at_risk: no report for so many working days", load_default=5)


orders = Family("declarations", "task_orders", "任务单 task orders")

issue_orders = orders.post("/task-orders", "issue_orders", NewOrders, OrderOutcomes, may="check_issues", status=201)(
    "下达任务单 issue orders to many subjects, all or none, 500 in all"
)
list_orders = orders.get("/task-orders", "list_orders", OrderQuery, paged(TaskOrderDocument), may="anyone")(
    "任务单列表 orders that one may see"
)
get_order = orders.get("/task-orders/<order>", "get_order", OneOrder, TaskOrderWithSteps, may="anyone")(
    "一份任务单 one order with its steps"
)
accept_orders = orders.post(
    "/task-orders/accept", "accept_orders", ChosenOrders, OrderOutcomes, may="check_answers_order"
)("签收 accept orders")
refuse_orders = orders.post(
    "/task-orders/refuse", "refuse_orders", ChosenOrders, OrderOutcomes, may="check_answers_order"
)("不接受 refuse orders, with a reason; whoever issued them decides")
insist_on_orders = orders.post(
    "/task-orders/insist", "insist_on_orders", ChosenOrders, OrderOutcomes, may="check_over_order"
)("维持下达 insist on orders that were refused")
send_back_orders = orders.post(
    "/task-orders/send-back", "send_back_orders", ChosenOrders, OrderOutcomes, may="check_over_order"
)("退回整改 send completed orders back, with a reason")
postpone_orders = orders.post(
    "/task-orders/postpone", "postpone_orders", PostponedOrders, OrderOutcomes, may="check_over_order"
)("变更期限 another deadline, with the reason as its note")
note_progress = orders.post(
    "/task-orders/progress", "note_progress", ReportedOrders, OrderOutcomes, may="check_answers_order"
)("进度 note progress")
complete_orders = orders.post(
    "/task-orders/complete", "complete_orders", ChosenOrders, OrderOutcomes, may="check_answers_order"
)("报完成 report orders complete")
judge_orders = orders.post("/task-orders/judge", "judge_orders", JudgedOrders, OrderOutcomes, may="check_over_order")(
    "评定 judge orders by the counts that stand"
)
withdraw_orders = orders.post(
    "/task-orders/withdraw", "withdraw_orders", ChosenOrders, OrderOutcomes, may="check_over_order"
)("撤回 withdraw orders")
take_back_orders = orders.post(
    "/task-orders/take-back", "take_back_orders", ChosenOrders, OrderOutcomes, may="check_takes_back_order"
)("撤回不接受、报完成或评定 one's own last word, with a reason, before anybody has built on it")
