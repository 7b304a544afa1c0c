"""Ballots: what was voted, with nothing that leads back to who voted (docs/decisions/0202, 0221).

While a campaign is open its ballots lie sealed, all of one length, under a key that is not in the database. PostgreSQL itself keeps with every row
the transaction that wrote it and its place in the file, and the voter's participation is marked in the same transaction, so that no vote is lost.
Therefore every cast seals ``MIXED`` other ballots of the campaign anew, under new names and in random order: whoever watches sees a handful of
rows replaced by a handful of others, and cannot tell which is which. When the campaign is closed, all are opened and written once, shuffled.
"""

from random import SystemRandom
from uuid import uuid4

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from services.declarations.domain.questionnaires import Votes
from services.declarations.storage.sealing import CampaignKey
from services.declarations.storage.tables import ballot, sealed_ballot

MIXED = 20
_SHUFFLE = SystemRandom().shuffle

s, b = sealed_ballot.c, ballot.c


def cast_ballot(session: Session, campaign: str, key: CampaignKey, plain: bytes) -> None:
    others = _take(session, campaign, MIXED)
    _lay_down(session, campaign, [key.seal(one) for one in [plain, *(key.open(other) for other in others)]])


def open_all(session: Session, campaign: str, key: CampaignKey) -> list[bytes]:
    """Open and take out every sealed ballot of a campaign that is being closed."""
    return [key.open(one) for one in _take(session, campaign, None)]


def release(session: Session, bureau: str, campaign: str, cast: list[tuple[str, Votes]]) -> None:
    """Keep the ballots of a closed campaign, in random order under random names."""
    rows = [
        {
            "ballot": str(uuid4()),
            "bureau": bureau,
            "campaign": campaign,
            "rater_group": group,
            "votes": dict(sorted(votes.items())),
        }
        for group, votes in cast
    ]
    _SHUFFLE(rows)
    if rows:
        session.execute(insert(ballot), rows)


def take_open(session: Session, campaign: str) -> list[tuple[str, Votes]]:
    """Take out the ballots that lie open; they come back with the others, shuffled among them."""
    taken = session.execute(delete(ballot).where(b.campaign == campaign).returning(b.rater_group, b.votes))
    return [(row.rater_group, row.votes) for row in taken]


def ballots_by_group(session: Session, campaign: str) -> list[tuple[str, Votes]]:
    """Return (rater group, votes) of every released ballot. For counting within this service only:
    a ballot never leaves it (decision 0211)."""
    rows = session.execute(select(b.rater_group, b.votes).where(b.campaign == campaign))
    return sorted(
        ((row.rater_group, row.votes) for row in rows), key=lambda one: (one[0], sorted(map(str, one[1].items())))
    )


def _take(session: Session, campaign: str, limit: int | None) -> list[bytes]:
    chosen = select(s.ballot).where(s.campaign == campaign)
    if limit is not None:  # others voting at this moment hold theirs; those are not waited for
        chosen = chosen.order_by(func.random()).limit(limit).with_for_update(skip_locked=True)
    names = list(session.execute(chosen).scalars())
    taken = delete(sealed_ballot).where(s.ballot.in_(names)).returning(s.sealed)
    return [bytes(one) for one in session.execute(taken).scalars()] if names else []


def _lay_down(session: Session, campaign: str, sealed: list[bytes]) -> None:
    _SHUFFLE(sealed)
    session.execute(
        insert(sealed_ballot), [{"ballot": str(uuid4()), "campaign": campaign, "sealed": one} for one in sealed]
    )
