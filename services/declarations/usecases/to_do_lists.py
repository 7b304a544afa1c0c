"""Every list that waits for somebody. To add one: a function that yields it, named in ``LISTS``."""

from collections.abc import Iterator

from sqlalchemy import and_, select

from services.declarations.domain.orders import UNANSWERED
from services.declarations.domain.organisation import who
from services.declarations.storage.tables import campaign, contribution, declaration, opinion, task_order, veto
from services.declarations.usecases.read_campaigns import awaits_vote
from services.declarations.usecases.waiting import Asking, Lists, Waiting


def of_declarations(asking: Asking) -> Iterator[Waiting]:
    c, scope, me = declaration.c, asking.scope, who(asking.actor)
    to_verify = and_(c.status == "declared", scope.decides_first(declaration), c.declared_by != me)
    yield Waiting("to_verify", declaration, "declaration", to_verify, c.due_on)
    to_assess = and_(
        c.status == "verified",
        c.assessor.in_(scope.assessing),
        c.subject.not_in(scope.own),
        c.declared_by != me,
        c.verified_by != me,
    )
    yield Waiting("to_assess", declaration, "declaration", to_assess, c.due_on)


def of_task_orders(asking: Asking) -> Iterator[Waiting]:
    c, own = task_order.c, asking.scope.own
    to_answer = and_(c.status.in_(UNANSWERED), c.subject.in_(own))
    yield Waiting("orders_to_answer", task_order, "order", to_answer, c.deadline)
    to_judge = and_(c.status == "completed", c.issued_by == who(asking.actor), c.subject.not_in(own))
    yield Waiting("orders_to_judge", task_order, "order", to_judge)


def of_contributions(asking: Asking) -> Iterator[Waiting]:
    c, scope, me = contribution.c, asking.scope, who(asking.actor)
    to_screen = and_(c.status == "declared", scope.decides_first(contribution), c.declared_by != me)
    yield Waiting("contributions_to_screen", contribution, "contribution", to_screen)
    if asking.actor.has("panel"):
        given = select(opinion.c.contribution).where(opinion.c.member == me, opinion.c.bureau == asking.actor.bureau)
        to_opine = and_(c.status == "screened", c.subject.not_in(scope.own), c.contribution.not_in(given))
        yield Waiting("opinions_to_give", contribution, "contribution", to_opine)


def of_campaigns(asking: Asking) -> Iterator[Waiting]:
    to_vote = and_(campaign.c.status == "open", awaits_vote(asking.actor))
    yield Waiting("ballots_to_cast", campaign, "campaign", to_vote)


def of_vetoes(asking: Asking) -> Iterator[Waiting]:
    if asking.actor.has("panel"):
        to_confirm = and_(veto.c.status == "proposed", veto.c.proposed_by != who(asking.actor))
        yield Waiting("vetoes_to_confirm", veto, "veto", to_confirm)


LISTS: tuple[Lists, ...] = (of_declarations, of_task_orders, of_contributions, of_campaigns, of_vetoes)
