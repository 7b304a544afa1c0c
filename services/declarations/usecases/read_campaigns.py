"""Campaigns as they are shown: to those who run them with their progress, to raters with whom they are to grade."""

from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from services.declarations.domain.permissions import check_runs_campaigns, reads_everything
from services.declarations.storage import campaigns as store
from services.declarations.storage.tables import campaign, participation
from shared.actor import Actor
from shared.errors import NotFound
from shared.pages import keyset

c, p = campaign.c, participation.c
FILTERS = ("status", "indicator", "period")
Query = dict[str, Any]


def list_campaigns(session: Session, actor: Actor, query: Query) -> dict[str, Any]:
    """A page of campaigns. ``to_vote``: those in which the actor has still to vote, each with its ``subjects``."""
    statement = select(campaign).where(c.bureau == actor.bureau, c.cycle == query["cycle"])
    statement = statement.where(*(c[name] == query[name] for name in FILTERS if name in query))
    if query["to_vote"]:
        statement = statement.where(c.status == "open", awaits_vote(actor))
    elif not reads_everything(actor):
        statement = statement.where(_takes_part(actor))
    page = keyset(session, statement, order=[c.campaign], after=query.get("after"), limit=query["limit"])
    ids = [row["campaign"] for row in page["items"]]
    groups = store.progress(session, ids)
    subjects = _subjects(session, ids) if query["to_vote"] else {}
    shown = [
        {**row, "groups": groups.get(row["campaign"], []), "subjects": subjects.get(row["campaign"], [])}
        for row in page["items"]
    ]
    return {**page, "items": shown}


def get_campaign(session: Session, actor: Actor, query: Query) -> dict[str, Any]:
    """One campaign with its progress and, once it is closed, the grades counted for each subject."""
    check_runs_campaigns(actor)
    statement = select(campaign).where(c.bureau == actor.bureau, c.campaign == query["campaign"])
    row = session.execute(statement).mappings().first()
    if row is None:
        raise NotFound("campaign.unknown", zh="没有这一评估", en="there is no such campaign")
    graded = store.evaluations_of(session, [row["campaign"]])
    evaluations = [{"subject": one.subject, "layer": one.layer, "counts": one.counts} for one in graded]
    groups = store.progress(session, [row["campaign"]]).get(row["campaign"], [])
    return {**row, "groups": groups, "evaluations": evaluations}


def awaits_vote(actor: Actor) -> Any:
    """Condition on ``campaign``: the actor takes part and has not voted."""
    return _takes_part(actor, p.voted_on.is_(None))


def _takes_part(actor: Actor, *conditions: Any) -> Any:
    mine = (p.bureau == actor.bureau, p.campaign == c.campaign, p.rater == (actor.person or ""))
    return exists().where(*mine, *conditions)


def _subjects(session: Session, ids: list[str]) -> dict[str, list[str]]:
    subjects: dict[str, list[str]] = {}
    for one in store.evaluations_of(session, ids):
        subjects.setdefault(one.campaign, []).append(one.subject)
    return subjects
