"""Delegations: who stands in for whom on a day."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, exists, insert, or_, select, text, update
from sqlalchemy.orm import Session

from services.declarations.domain.delegations import Decider, Delegation, deciders
from services.declarations.domain.organisation import who
from services.declarations.domain.permissions import reads_everything
from services.declarations.storage.bulk import as_row, as_states, codes
from services.declarations.storage.copies import held, look_again
from services.declarations.storage.projection_tables import person
from services.declarations.storage.review_tables import delegation
from shared.actor import Actor
from shared.contracts.declarations.commands.delegations import DelegationQuery
from shared.database import Row
from shared.pages import keyset

d, p = delegation.c, person.c
_SERVING = exists().where(p.bureau == d.bureau, p.person == d.principal, p.unit == d.unit, p.active.is_(True))
_HEADED = exists().where(p.bureau == d.bureau, p.unit == d.target, p.head.is_(True), p.active.is_(True))
# Else the office filled a vacant post for a while, until it has a holder.
_GIVEN = or_(_SERVING, and_(d.principal == d.target, ~_HEADED))


def deciders_of(session: Session, actor: Actor, on: date) -> tuple[Decider, ...]:
    """Return the actor in their own right and in the place of each who has handed something over to them."""
    own = ("delegations", actor.bureau, who(actor), on)
    return deciders(actor, held(session, actor.bureau, own, lambda: _delegated(session, actor, on)))


def _delegated(session: Session, actor: Actor, on: date) -> list[Delegation]:
    statement = (
        select(delegation)
        .where(_GIVEN)
        .where(d.bureau == actor.bureau, d.delegate == who(actor), d.ends >= on, d.starts <= on, d.status == "active")
        .order_by(d.delegation)
    )
    return as_states(Delegation, session.execute(statement))


def still_given(session: Session, some: Sequence[Delegation]) -> set[str]:
    """Return the ids of those that stand: whoever handed it over is where they were, or the post is still vacant."""
    ids = codes([one.delegation for one in some])
    return set(session.scalars(select(d.delegation).where(_GIVEN, d.bureau == some[0].bureau, d.delegation.in_(ids))))


def lock_delegations(session: Session, bureau: str, ids: Sequence[str]) -> dict[str, Delegation]:
    statement = select(delegation).where(d.bureau == bureau, d.delegation.in_(codes(ids))).order_by(d.delegation)
    return {one.delegation: one for one in as_states(Delegation, session.execute(statement.with_for_update()))}


def lock_principal(session: Session, new: Delegation) -> None:
    """Lock whoever hands a role over, so that two delegations of the same role are not
    made at once, each unaware of the other."""
    same = {"name": f"delegation {new.bureau} {new.principal}"}
    session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), same)


def overlap(session: Session, new: Delegation) -> bool:
    """Tell whether the same role of the same person is in somebody's hands in those days."""
    statement = select(d.delegation).where(
        d.bureau == new.bureau,
        d.principal == new.principal,
        d.role == new.role,
        d.target.is_not_distinct_from(new.target),
        d.status == "active",
        d.starts <= new.ends,
        d.ends >= new.starts,
    )
    return session.execute(statement.limit(1)).first() is not None


def add_delegation(session: Session, new: Delegation) -> None:
    session.execute(insert(delegation), [as_row(new)])
    look_again(session)


def keep_end(session: Session, ended: Delegation) -> None:
    changed = {"status": ended.status, "revision": ended.revision, "ended_by": ended.ended_by}
    session.execute(update(delegation).where(d.delegation == ended.delegation).values(changed))
    look_again(session)


def page_of_delegations(session: Session, actor: Actor, query: DelegationQuery, on: date) -> Row:
    """Return a page of those that the actor made or stands in for; who reads everything sees all."""
    statement = select(delegation).where(d.bureau == actor.bureau)
    if not reads_everything(actor):
        statement = statement.where(or_(d.principal == who(actor), d.delegate == who(actor)))
    if query["active"]:
        statement = statement.where(d.status == "active", d.ends >= on)
    return keyset(session, statement, order=[d.delegation], after=query["after"], limit=query["limit"])
