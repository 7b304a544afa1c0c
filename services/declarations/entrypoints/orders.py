"""Task orders at the wire."""

from services.declarations.entrypoints.answering import Answering, Body
from services.declarations.schemas import fields as common_in
from services.declarations.schemas import task_orders as orders_in
from services.declarations.usecases import task_orders
from shared.actor import Actor
from shared.service import rpc


class OrderEntrypoints(Answering):
    @rpc
    def issue_orders(self, actor: Actor, body: Body) -> Body:
        return self._answer(task_orders.issue_orders, actor, orders_in.IssueOrders, body)

    @rpc
    def accept_orders(self, actor: Actor, body: Body) -> Body:
        return self._answer(task_orders.accept_orders, actor, orders_in.AnswerOrders, body)

    @rpc
    def note_progress(self, actor: Actor, body: Body) -> Body:
        return self._answer(task_orders.note_progress, actor, orders_in.AnswerOrders, body)

    @rpc
    def complete_orders(self, actor: Actor, body: Body) -> Body:
        return self._answer(task_orders.complete_orders, actor, orders_in.AnswerOrders, body)

    @rpc
    def judge_orders(self, actor: Actor, body: Body) -> Body:
        return self._answer(task_orders.judge_orders, actor, orders_in.JudgeOrders, body)

    @rpc
    def withdraw_orders(self, actor: Actor, body: Body) -> Body:
        return self._answer(task_orders.withdraw_orders, actor, orders_in.AnswerOrders, body)

    @rpc
    def list_orders(self, actor: Actor, body: Body) -> Body:
        return self._answer(task_orders.list_orders, actor, common_in.ListQuery, body)
