"""Cast ballots. Who took part is noted, what they voted is sealed apart, and nothing here writes both into one place:
no audit line, no event and no answer carries the votes (docs/decisions/0202, 0221)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from services.declarations.domain.ballot_code import BallotCode
from services.declarations.domain.campaign_permissions import check_rater, check_votes_as
from services.declarations.domain.campaigns import STATES, Campaign, check_votes, token_hash
from services.declarations.domain.organisation import who
from services.declarations.domain.questionnaires import Votes
from services.declarations.storage import campaigns as store
from services.declarations.storage.ballots import cast_ballot
from services.declarations.storage.library import need_cycle
from services.declarations.storage.sealing import CampaignKey
from shared.actor import Actor
from shared.batches import check_no_repetition, each_row, pick
from shared.clock import today
from shared.contracts.declarations.commands.campaigns import Ballot, Ballots
from shared.contracts.declarations.commands.recipients import TokenBallot
from shared.database import Row, Session
from shared.settings import settings
from shared.vocabulary.refusals import conflict


@dataclass(frozen=True)
class _Vote:
    campaign: Campaign
    rater_group: str
    votes: Votes
    code: BallotCode


def cast_ballots(session: Session, actor: Actor, command: Ballots) -> Row:
    """Cast ballots, all of the actor's, each campaign once."""
    check_votes_as(actor)
    return _cast(session, command["ballots"], who(actor), bureau=actor.bureau)


def cast_with_token(session: Session, _actor: Actor, command: TokenBallot) -> Row:
    """Cast a ballot with a one-time token. The token is the right to vote, whoever holds it; the actor is
    nobody."""
    return _cast(session, [command], token_rater(command["token"]), bureau=None)


def token_rater(token: str) -> str:
    """Return the name under which the holder of a one-time token takes part."""
    return f"token:{token_hash(token)}"


def check_take_votes(session: Session, campaigns: Iterable[Campaign]) -> None:
    """Check that the cycles of the campaigns still take evaluations, and so ballots and what is counted of them."""
    for bureau, cycle in sorted({(one.bureau, one.cycle) for one in campaigns}):
        need_cycle(session, bureau, cycle).check_open()


def right_to_vote(campaign: Campaign, place: Any) -> str:
    """Return the group in which the rater has still to vote."""
    check_rater(place)
    STATES.after("vote", campaign.status)
    if place.voted_on is not None:
        raise conflict("campaign.voted", "您已投票，每人一票", "you have voted; everybody votes once")
    rater_group: str = place.rater_group
    return rater_group


def ballot_code(campaign: Campaign, subjects: list[str]) -> BallotCode:
    questionnaire = campaign.questionnaire
    return BallotCode(
        tuple(one.group for one in questionnaire.groups), tuple(subjects), tuple(questionnaire.dimensions)
    )


def campaign_key(campaign: str) -> CampaignKey:
    return CampaignKey(settings.need("secret"), campaign)


def _cast(session: Session, entries: Sequence[Ballot | TokenBallot], rater: str, *, bureau: str | None) -> Row:
    check_no_repetition(entries, lambda entry: entry["campaign"])
    ids = [entry["campaign"] for entry in entries]
    campaigns = store.lock_campaigns(session, ids, bureau=bureau, to_close=False)
    check_take_votes(session, campaigns.values())
    places = store.lock_participations(session, ((one, rater) for one in ids))
    graded = store.graded_in(session, ids)

    def one(entry: Ballot | TokenBallot) -> _Vote:
        campaign = pick(campaigns, "campaign", entry["campaign"])
        rater_group = right_to_vote(campaign, places.get((campaign.campaign, rater)))
        code = ballot_code(campaign, graded[campaign.campaign])
        check_votes(entry["votes"], code.subjects, rater, code.dimensions)
        return _Vote(campaign, rater_group, entry["votes"], code)

    votes = each_row(entries, one)
    store.mark_voted(session, ((one, rater) for one in ids), today())
    for vote in sorted(votes, key=lambda one: one.campaign.campaign):
        name = vote.campaign.campaign
        cast_ballot(session, name, campaign_key(name), vote.code.encode(vote.rater_group, vote.votes))
    return {"campaigns": sorted(ids)}
