"""Who runs campaigns, who votes, and who sees the signals of abuse (beside permissions.py)."""

from services.declarations.domain.organisation import Actor
from shared.vocabulary.permissions import noting
from shared.vocabulary.refusals import forbidden


def check_runs_campaigns(actor: Actor) -> None:
    """Refuse whoever is neither of the panel nor of the office."""
    if not (actor.has("panel") or actor.has("office")):
        raise forbidden(
            "campaign.not_organiser", "应由绩效考核小组或考核办组织评估", "the panel or the office runs campaigns"
        )


def check_votes_as(actor: Actor) -> None:
    """Refuse an account that is nobody's: votes are people's."""
    if actor.person is None:
        raise forbidden("campaign.not_rater", "本账号不是评价人", "this account belongs to no rater")


def check_rater(place: object | None) -> None:
    """Refuse who has no place among the raters; a one-time token has one, whoever holds it."""
    if place is None:
        raise forbidden("campaign.not_rater", "您不在本次评估的评价人之列", "you are no rater of this campaign")


def sees_signals(actor: Actor) -> bool:
    """Tell whether the actor sees the signals: ballots that grade nobody are for the panel to judge."""
    return actor.has("panel")


noting(globals())
