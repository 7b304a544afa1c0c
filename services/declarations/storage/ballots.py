"""Ballots: what was voted, with nothing that leads back to who voted (docs/decisions/0202-anonymous-ballots.md).

A row holds a random key, its campaign, the group and the votes. But PostgreSQL itself keeps with every row the transaction that
wrote it and its place in the file, and the voter's participation is marked in the same transaction, so that no vote is lost.
Therefore every cast writes ``MIXED`` other ballots of the campaign anew, under new keys and in random order: what a transaction wrote
is then a handful of ballots, and earlier traces are overwritten.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from services.declarations.domain.campaigns import Votes
from services.declarations.storage.bulk import codes
from services.declarations.storage.tables import ballot
from shared.jsontext import dumps

MIXED = 20

_CAST = text(
    """
    WITH chosen AS (
        SELECT ballot FROM declarations.ballot WHERE campaign = :campaign ORDER BY random() LIMIT :mixed FOR UPDATE SKIP LOCKED
    ), taken AS (
        DELETE FROM declarations.ballot old USING chosen WHERE old.ballot = chosen.ballot
        RETURNING old.bureau, old.campaign, old.rater_group, old.votes
    ), written AS (
        SELECT * FROM taken
        UNION ALL SELECT :bureau, :campaign, :rater_group, CAST(:votes AS jsonb)
    )
    INSERT INTO declarations.ballot (ballot, bureau, campaign, rater_group, votes)
    SELECT gen_random_uuid()::text, bureau, campaign, rater_group, votes FROM written ORDER BY random()
    """
)


def cast_ballot(session: Session, *, bureau: str, campaign: str, rater_group: str, votes: Votes) -> None:
    # Sorted, so that not even the order in which the voter went through the list is kept.
    ordered = dumps(dict(sorted(votes.items())))
    values = {"bureau": bureau, "campaign": campaign, "rater_group": rater_group, "votes": ordered, "mixed": MIXED}
    session.execute(_CAST, values)


def votes_cast(session: Session, campaigns: Iterable[str]) -> Mapping[str, list[Votes]]:
    """campaign -> the votes of each ballot, in no order."""
    c = ballot.c
    cast: dict[str, list[Votes]] = {}
    for row in session.execute(select(c.campaign, c.votes).where(c.campaign.in_(codes(campaigns)))):
        cast.setdefault(row.campaign, []).append(row.votes)
    return cast


def ballots_by_group(session: Session, campaign: str) -> list[tuple[str, Votes]]:
    """(rater group, votes) of every ballot. For counting within this service only: a ballot never leaves it (decision 0211)."""
    c = ballot.c
    rows = session.execute(select(c.rater_group, c.votes).where(c.campaign == campaign))
    return sorted(((row.rater_group, row.votes) for row in rows), key=lambda one: (one[0], sorted(one[1].items())))
