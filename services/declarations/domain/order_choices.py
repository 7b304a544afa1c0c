"""What a reader may do with task orders, what is asked about them, and temporary work: the same checks as the commands'."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from services.declarations.domain import inquiries, orders, temporary
from services.declarations.domain.choices import Check, Choices, Step, choices
from services.declarations.domain.delegations import Decider, in_whose_name
from services.declarations.domain.inquiries import Inquiry, check_asked_in_time, check_no_open_inquiry
from services.declarations.domain.items import TASK_ORDER
from services.declarations.domain.order_permissions import (
    check_answers_inquiry,
    check_answers_order,
    check_assesses_work,
    check_closes_inquiry,
    check_confirms_work,
    check_over_order,
    check_takes_back_order,
)
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.organisation import Actor, Subject, Unit
from services.declarations.domain.permissions import check_answers_for
from services.declarations.domain.temporary import TemporaryWork
from services.declarations.domain.ways_back import Use, check_unused
from services.declarations.domain.ways_back_permissions import check_takes_back_step


def order_choices(
    actor: Actor, order: TaskOrder, unit: Unit, on: date, check_open: Check, *, called_to_account: bool, use: Use
) -> Choices:
    """Return what can be done about an order; ``called_to_account``: whether a question about it is open; ``use``: of its judgement."""
    subject, over = partial(check_answers_order, actor, order, unit), partial(check_over_order, actor, order, unit)

    def judged() -> None:
        check_no_open_inquiry(called_to_account=called_to_account)
        order.check_due(on)

    def unused() -> None:
        if order.status == "judged":
            order.check_ordered()
            check_unused(TASK_ORDER, use)

    steps = {
        "accept": Step(subject, main=True),
        "refuse": Step(subject),
        "progress": Step(subject),
        "complete": Step(subject, main=True),
        "insist": Step(over),
        "send_back": Step(over),
        "postpone": Step(over),
        "ask": Step(over),
        "judge": Step(over, judged, main=True),
        "withdraw": Step(over),
        "take_back": Step(partial(check_takes_back_order, actor, order, unit), unused, back=True),
    }
    return choices(orders.STATES, order.status, steps, check_open)


def inquiry_choices(actor: Actor, inquiry: Inquiry, unit: Unit, on: date, check_open: Check) -> Choices:
    steps = {
        "answer": Step(partial(check_answers_inquiry, actor, inquiry, unit), main=True),
        "close": Step(
            partial(check_closes_inquiry, actor, inquiry, unit), partial(check_asked_in_time, inquiry, on), main=True
        ),
    }
    return choices(inquiries.STATES, inquiry.status, steps, check_open)


def work_choices(
    actor: Actor, work: TemporaryWork, unit: Unit, check_open: Check, deciders: Sequence[Decider], use: Use
) -> Choices:
    """Return what can be done about temporary work; ``deciders``: the reader, and for whom they stand in; ``use``: of its order."""
    confirms, assesses = (
        partial(in_whose_name, deciders, lambda one: check_confirms_work(one, work, unit)),
        partial(check_assesses_work, actor, work, unit),
    )
    steps = {
        "confirm": Step(confirms, main=True),
        "assess": Step(assesses, main=True),
        "return": Step(confirms if work.status == "reported" else assesses),
        "reject": Step(assesses),
        "withdraw": Step(
            partial(check_answers_for, actor, Subject(work.subject, work.layer, unit.line, unit)), back=True
        ),
        "take_back": Step(
            partial(check_takes_back_step, actor, work.last_decider), partial(check_unused, TASK_ORDER, use), back=True
        ),
    }
    return choices(temporary.STATES, work.status, steps, check_open)
