"""Task orders at the wire, and what is asked about them."""

from services.declarations.entrypoints.answering import Answering, Body
from services.declarations.schemas import task_orders as orders_in
from services.declarations.usecases.orders import decisions as order_decisions
from services.declarations.usecases.orders import inquiries
from services.declarations.usecases.orders import reading as list_orders
from services.declarations.usecases.orders import steps as task_orders
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
    def refuse_orders(self, actor: Actor, body: Body) -> Body:
        return self._answer(task_orders.refuse_orders, actor, orders_in.AnswerOrders, body)

    @rpc
    def note_progress(self, actor: Actor, body: Body) -> Body:
        return self._answer(task_orders.note_progress, actor, orders_in.ReportOrders, body)

    @rpc
    def complete_orders(self, actor: Actor, body: Body) -> Body:
        return self._answer(task_orders.complete_orders, actor, orders_in.AnswerOrders, body)

    @rpc
    def insist_on_orders(self, actor: Actor, body: Body) -> Body:
        return self._answer(order_decisions.insist_on_orders, actor, orders_in.AnswerOrders, body)

    @rpc
    def send_back_orders(self, actor: Actor, body: Body) -> Body:
        return self._answer(order_decisions.send_back_orders, actor, orders_in.AnswerOrders, body)

    @rpc
    def postpone_orders(self, actor: Actor, body: Body) -> Body:
        return self._answer(order_decisions.postpone_orders, actor, orders_in.PostponeOrders, body)

    @rpc
    def judge_orders(self, actor: Actor, body: Body) -> Body:
        return self._answer(order_decisions.judge_orders, actor, orders_in.JudgeOrders, body)

    @rpc
    def withdraw_orders(self, actor: Actor, body: Body) -> Body:
        return self._answer(order_decisions.withdraw_orders, actor, orders_in.AnswerOrders, body)

    @rpc
    def list_orders(self, actor: Actor, body: Body) -> Body:
        return self._answer(list_orders.list_orders, actor, orders_in.OrderQuery, body)

    @rpc
    def ask_about_orders(self, actor: Actor, body: Body) -> Body:
        return self._answer(inquiries.ask_about_orders, actor, orders_in.AskAboutOrders, body)

    @rpc
    def answer_inquiries(self, actor: Actor, body: Body) -> Body:
        return self._answer(inquiries.answer_inquiries, actor, orders_in.AnswerInquiries, body)

    @rpc
    def close_inquiries(self, actor: Actor, body: Body) -> Body:
        return self._answer(inquiries.close_inquiries, actor, orders_in.CloseInquiries, body)

    @rpc
    def list_inquiries(self, actor: Actor, body: Body) -> Body:
        return self._answer(inquiries.list_inquiries, actor, orders_in.InquiryQuery, body)
