"""Leads of the 12315 centre become task orders: of the same id, so that none is ordered twice and the centre hears what came of it."""

from collections.abc import Sequence
from dataclasses import replace

from services.declarations.domain.order_permissions import may_read_leads
from services.declarations.storage.aggregates import task_orders
from services.declarations.storage.leads import keep_leads, lead_to_order, page_of_leads
from services.declarations.storage.library import indicators_by_code, need_cycle
from services.declarations.storage.organisation import Organisation
from services.declarations.usecases.events import record_changes
from services.declarations.usecases.orders.steps import answer, issued_order
from shared.actor import Actor
from shared.contracts.declarations.commands.order_leads import LeadOrder, LeadsToOrder
from shared.contracts.declarations.commands.task_orders import NewOrder
from shared.database import Row, Session
from shared.events import LeadRaised
from shared.vocabulary.refusals import conflict, forbidden, missing


def take_leads(session: Session, states: Sequence[LeadRaised]) -> None:
    """Keep what the centre raised and withdrew."""
    keep_leads(session, states)


def list_leads_to_order(session: Session, actor: Actor, query: LeadsToOrder) -> Row:
    """List leads of which no order was made yet."""
    if not may_read_leads(actor):
        raise forbidden("order_lead.forbidden", "无权查看12315案源", "the leads are read by who issues orders")
    return page_of_leads(session, actor.bureau, query)


def order_lead(session: Session, actor: Actor, command: LeadOrder) -> Row:
    """Make an order of a lead for the unit that it names or for one of its people."""
    cycle = need_cycle(session, actor.bureau, command["cycle"])
    cycle.check_open()
    library = indicators_by_code(session, actor.bureau, cycle.cycle, [command["indicator"]])
    subject = Organisation(session, actor.bureau, subjects=[command["subject"]]).subject(command["subject"])
    lead = lead_to_order(session, actor.bureau, cycle.cycle, command["lead"])
    entry: NewOrder = {
        "indicator": command["indicator"],
        "period": command["period"],
        "title": lead["title"] if lead else "",
        "standard": command["standard"],
        "points": command["points"],
        "deadline": command["deadline"],
        "subjects": [command["subject"]],
    }
    made = issued_order(actor, cycle, library[command["indicator"]], subject, entry)
    if lead is None:
        raise missing("order_lead.unknown", "没有该案源，或已撤回", "no such lead, or it was withdrawn")
    if subject.unit.unit != lead["unit"]:
        raise conflict("order_lead.unit", "该案源移送的是其他单位", "the lead went to another unit", "subject")
    store = task_orders(session, actor.bureau, cycle.cycle)
    if store.by_ids([lead["lead"]]):
        raise conflict("order_lead.ordered", "该案源已下达任务单", "an order was made of it already")
    order = replace(made, order=lead["lead"])
    store.add([order])
    record_changes(session, actor, [(order, None)])
    return answer([order])
