"""Every list that waits for somebody. To add one: a function that yields it, named in ``LISTS``."""

from collections.abc import Iterator

from sqlalchemy import and_, false, or_, select, true

from services.declarations.domain.order_permissions import assesses_temporary_everywhere
from services.declarations.domain.orders import UNANSWERED
from services.declarations.domain.organisation import who
from services.declarations.domain.permissions import is_of_panel
from services.declarations.storage.campaign_lists import awaits_vote
from services.declarations.storage.inbox import waits_for
from services.declarations.storage.inbox_checks import of_appeals, of_spot_checks
from services.declarations.storage.inbox_reading import Asking, Lists, Waiting
from services.declarations.storage.late_consents import awaits_answer
from services.declarations.storage.order_tables import inquiry, temporary_work
from services.declarations.storage.review_tables import late_consent
from services.declarations.storage.tables import campaign, contribution, declaration, opinion, person, task_order, veto

RETURNED = ("reason",)  # why it came back


def of_declarations(asking: Asking) -> Iterator[Waiting]:
    for command in ("verify", "assess", "record", "correct"):
        waiting = waits_for(asking.scope, command, asking.on)
        more = RETURNED if command == "correct" else ()
        yield Waiting(f"to_{command}", declaration, "declaration", waiting, declaration.c.due_on, more)


def of_late_consents(asking: Asking) -> Iterator[Waiting]:
    yield Waiting("consents_to_answer", late_consent, "consent", awaits_answer(asking.scope))


def of_task_orders(asking: Asking) -> Iterator[Waiting]:
    c, own = task_order.c, asking.scope.own
    to_answer = and_(c.status.in_(UNANSWERED), c.subject.in_(own))
    yield Waiting("orders_to_answer", task_order, "order", to_answer, c.deadline)
    to_judge = and_(c.status == "completed", c.issued_by == who(asking.actor), c.subject.not_in(own))
    yield Waiting("orders_to_judge", task_order, "order", to_judge)
    refused = and_(c.status == "refused", c.issued_by == who(asking.actor))
    yield Waiting("orders_refused", task_order, "order", refused, c.deadline)


def of_inquiries(asking: Asking) -> Iterator[Waiting]:
    c, own = inquiry.c, asking.scope.own
    yield Waiting("inquiries_to_answer", inquiry, "inquiry", and_(c.status == "asked", c.subject.in_(own)), c.answer_by)
    past = and_(c.status == "asked", c.answer_by < asking.on)
    to_close = and_(or_(c.status == "answered", past), c.asked_by == who(asking.actor))
    yield Waiting("inquiries_to_close", inquiry, "inquiry", to_close)


def of_temporary_work(asking: Asking) -> Iterator[Waiting]:
    c, scope, me = temporary_work.c, asking.scope, who(asking.actor)
    to_confirm = and_(c.status == "reported", scope.decides_first(temporary_work), c.reported_by != me)
    yield Waiting("works_to_confirm", temporary_work, "work", to_confirm)
    again = and_(c.status == "returned", c.subject.in_(scope.own))
    yield Waiting("works_to_correct", temporary_work, "work", again, more=RETURNED)
    theirs = true() if assesses_temporary_everywhere(asking.actor) else c.assessor.in_(scope.assessing)
    to_assess = and_(c.status == "confirmed", theirs, c.subject.not_in(scope.own), c.confirmed_by != me)
    yield Waiting("works_to_assess", temporary_work, "work", to_assess)


def of_contributions(asking: Asking) -> Iterator[Waiting]:
    c, scope, me = contribution.c, asking.scope, who(asking.actor)
    to_screen = and_(c.status == "declared", scope.decides_first(contribution), c.declared_by != me)
    yield Waiting("contributions_to_screen", contribution, "contribution", to_screen)
    again = and_(c.status == "returned", c.subject.in_(scope.own))
    yield Waiting("contributions_to_correct", contribution, "contribution", again, more=RETURNED)
    asked = (c.shares.contains([{"subject": code, "agreed": None}]) for code in scope.own)
    to_agree = and_(c.status.in_(["declared", "screened"]), or_(false(), *asked))
    yield Waiting("shares_to_answer", contribution, "contribution", to_agree)
    if is_of_panel(asking.actor):
        given = select(opinion.c.contribution).where(opinion.c.member == me, opinion.c.bureau == asking.actor.bureau)
        at = select(person.c.unit).where(person.c.bureau == asking.actor.bureau, person.c.person == asking.actor.person)
        others = c.unit.not_in(at) if asking.panel.colleagues_stand_back else true()
        to_opine = and_(c.status == "screened", c.subject.not_in(scope.own), others, c.contribution.not_in(given))
        yield Waiting("opinions_to_give", contribution, "contribution", to_opine)


def of_campaigns(asking: Asking) -> Iterator[Waiting]:
    to_vote = and_(campaign.c.status == "open", awaits_vote(asking.actor))
    yield Waiting("ballots_to_cast", campaign, "campaign", to_vote)


def of_vetoes(asking: Asking) -> Iterator[Waiting]:
    if is_of_panel(asking.actor):
        to_confirm = and_(veto.c.status == "proposed", veto.c.proposed_by != who(asking.actor))
        yield Waiting("vetoes_to_confirm", veto, "veto", to_confirm)


LISTS: tuple[Lists, ...] = (
    of_declarations,
    of_late_consents,
    of_task_orders,
    of_inquiries,
    of_temporary_work,
    of_contributions,
    of_campaigns,
    of_vetoes,
    of_spot_checks,
    of_appeals,
)
