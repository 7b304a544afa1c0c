"""Campaigns in pages: all of them for whoever reads everything, else those in which the actor takes part."""

from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from services.declarations.domain.permissions import reads_everything
from services.declarations.storage.paging import page_of
from services.declarations.storage.tables import campaign, participation
from shared.actor import Actor
from shared.contracts.declarations.commands.campaigns import CampaignQuery
from shared.database import Row

c, p = campaign.c, participation.c
FILTERS = ("status", "indicator", "period")
SORTS = ("title", "indicator", "period", "status")


def page_of_campaigns(session: Session, actor: Actor, query: CampaignQuery) -> Row:
    """Return a page; ``to_vote``: those in which the actor has still to vote."""
    statement = select(campaign).where(c.bureau == actor.bureau, c.cycle == query["cycle"])
    if query["to_vote"]:
        statement = statement.where(c.status == "open", awaits_vote(actor))
    elif not reads_everything(actor):
        statement = statement.where(_takes_part(actor))
    return page_of(session, statement, query, key=c.campaign, sorts=SORTS, filters=FILTERS)


def campaign_by_id(session: Session, bureau: str, one: str) -> Row | None:
    row = session.execute(select(campaign).where(c.bureau == bureau, c.campaign == one)).mappings().first()
    return dict(row) if row else None


def awaits_vote(actor: Actor) -> Any:
    """Return the condition on ``campaign``: the actor takes part and has not voted."""
    return _takes_part(actor, p.voted_on.is_(None))


def _takes_part(actor: Actor, *conditions: Any) -> Any:
    mine = (p.bureau == actor.bureau, p.campaign == c.campaign, p.rater == (actor.person or ""))
    return exists().where(*mine, *conditions)
