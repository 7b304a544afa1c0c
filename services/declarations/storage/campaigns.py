"""Campaigns, those graded in them and those who take part. The ballots are kept apart (storage/ballots.py)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypedDict

from sqlalchemy import func, insert, select, tuple_, update
from sqlalchemy.orm import Session

from rules.votes import is_secret
from services.declarations.domain.campaigns import Campaign, Evaluation
from services.declarations.storage.bulk import as_row, as_states, codes, update_changed
from services.declarations.storage.tables import campaign, evaluation, participation, person

e, p = evaluation.c, participation.c


class Participant(TypedDict):
    bureau: str
    campaign: str
    rater: str
    rater_group: str


class Progress(TypedDict):
    """Of a group, how many: never who or what."""

    group: str
    raters: int
    voted: int


def add_campaigns(
    session: Session, new: Sequence[Campaign], graded: Sequence[Evaluation], participants: Sequence[Participant]
) -> None:
    session.execute(insert(campaign), [as_row(one) for one in new])
    session.execute(insert(evaluation), [as_row(one) for one in graded])
    session.execute(insert(participation), list(participants))


def graded_already(session: Session, items: Iterable[tuple[str, str, str, str, str]]) -> set[tuple[str, str, str]]:
    """Return (indicator, period, subject) of those ``items`` (bureau, cycle, ...the same) that some campaign grades;
    what was taken back grades nobody."""
    key = tuple_(e.bureau, e.cycle, e.indicator, e.period, e.subject)
    statement = select(e.indicator, e.period, e.subject).where(key.in_(sorted(set(items))), e.status != "withdrawn")
    return {(row.indicator, row.period, row.subject) for row in session.execute(statement)}


def known_persons(session: Session, bureau: str, wanted: Iterable[str]) -> set[str]:
    c = person.c
    statement = select(c.person).where(c.bureau == bureau, c.active.is_(True), c.person.in_(codes(wanted)))
    return set(session.execute(statement).scalars())


def lock_campaigns(session: Session, ids: Iterable[str], *, bureau: str | None, to_close: bool) -> dict[str, Campaign]:
    """Lock the campaigns: raters lock one together, whoever closes it locks it
    alone: no vote slips in behind the count."""
    statement = select(campaign).where(campaign.c.campaign.in_(codes(ids))).order_by(campaign.c.campaign)
    if bureau is not None:
        statement = statement.where(campaign.c.bureau == bureau)
    found = as_states(Campaign, session.execute(statement.with_for_update(read=not to_close)))
    return {one.campaign: one for one in found}


def close_campaigns(session: Session, closed: Sequence[Campaign], counted: Sequence[Evaluation]) -> None:
    update_changed(session, campaign, ("campaign",), closed)
    update_changed(session, evaluation, ("campaign", "subject"), counted)


def evaluations_of(session: Session, ids: Iterable[str]) -> list[Evaluation]:
    statement = select(evaluation).where(e.campaign.in_(codes(ids))).order_by(e.campaign, e.subject)
    return as_states(Evaluation, session.execute(statement))


def secret_items(
    session: Session, bureau: str, cycle: str, subjects: Iterable[str], indicator: str | None = None
) -> set[tuple[str, str]]:
    """Return (subject, indicator) of the items of which nothing may be told: one of
    their evaluations in the cycle is by too few."""
    statement = select(e.subject, e.indicator, e.votes).where(
        e.bureau == bureau, e.cycle == cycle, e.subject.in_(codes(subjects)), e.status == "closed"
    )
    if indicator is not None:
        statement = statement.where(e.indicator == indicator)
    return {(row.subject, row.indicator) for row in session.execute(statement) if is_secret(row.votes)}


def graded_in(session: Session, ids: Iterable[str]) -> dict[str, list[str]]:
    """Return campaign -> its subjects, in order: the frame in which a ballot is written down."""
    statement = select(e.campaign, e.subject).where(e.campaign.in_(codes(ids))).order_by(e.campaign)
    known: dict[str, list[str]] = {}
    for row in session.execute(statement):
        known.setdefault(row.campaign, []).append(row.subject)
    return {
        one: sorted(subjects) for one, subjects in known.items()
    }  # by code point, whatever the database's collation


def add_participants(session: Session, participants: Sequence[Participant]) -> None:
    session.execute(insert(participation), list(participants))


def lock_participations(session: Session, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Any]:
    """Lock the participations; return (campaign, rater) -> row with ``rater_group`` and ``voted_on``;
    locked, so that nobody votes twice at once."""
    statement = (
        select(participation)
        .where(tuple_(p.campaign, p.rater).in_(sorted(set(keys))))
        .order_by(p.campaign, p.rater)
        .with_for_update()
    )
    return {(row.campaign, row.rater): row for row in session.execute(statement)}


def mark_voted(session: Session, keys: Iterable[tuple[str, str]], on: date) -> None:
    session.execute(update(participation).where(tuple_(p.campaign, p.rater).in_(sorted(set(keys)))).values(voted_on=on))


def progress(session: Session, ids: Iterable[str]) -> dict[str, list[Progress]]:
    """Return campaign -> what came of its groups."""
    statement = (
        select(p.campaign, p.rater_group, func.count().label("raters"), func.count(p.voted_on).label("voted"))
        .where(p.campaign.in_(codes(ids)))
        .group_by(p.campaign, p.rater_group)
        .order_by(p.campaign, p.rater_group)
    )
    groups: dict[str, list[Progress]] = {}
    for row in session.execute(statement):
        group: Progress = {"group": row.rater_group, "raters": row.raters, "voted": row.voted}
        groups.setdefault(row.campaign, []).append(group)
    return groups
