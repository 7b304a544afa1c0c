"""Close campaigns: open the sealed ballots, count, adjust, release. From then on the results are public state and do not change any more."""

from services.declarations.calibration.adjusting import adjusted_values
from services.declarations.calibration.combining import counting
from services.declarations.domain.campaign_permissions import check_runs_campaigns
from services.declarations.domain.campaigns import Campaign
from services.declarations.domain.indicators import Indicator
from services.declarations.domain.questionnaires import Cast, nobody_voted, tallied
from services.declarations.storage import ballots
from services.declarations.storage import campaigns as store
from services.declarations.storage.library import indicators_by_code
from services.declarations.usecases.campaigns.ballots import ballot_code, campaign_key, check_take_votes
from services.declarations.usecases.campaigns.opening import shown
from services.declarations.usecases.events import record_changes
from shared.actor import Actor
from shared.batches import check_no_repetition, each_row, pick
from shared.contracts.declarations.commands.campaigns import ChosenCampaigns
from shared.database import Row, Session
from shared.recording import audit


def close_campaigns(session: Session, actor: Actor, command: ChosenCampaigns) -> Row:
    check_runs_campaigns(actor)
    ids: list[str] = command["campaigns"]
    check_no_repetition(ids, lambda one: one)
    found = store.lock_campaigns(session, ids, bureau=actor.bureau, to_close=True)
    check_take_votes(session, found.values())
    closed = each_row(ids, lambda one: pick(found, "campaign", one).closed())
    for cycle in sorted({one.cycle for one in closed}):
        _count(session, actor, cycle, [one for one in closed if one.cycle == cycle])
    for one in closed:
        after = {"status": one.status}
        audit(session, action="campaign.closed", subject=one.campaign, before={"status": "open"}, after=after)
    return {"campaigns": [shown(one) for one in closed]}


def _count(session: Session, actor: Actor, cycle: str, closed: list[Campaign]) -> None:
    ids = [one.campaign for one in closed]
    graded = store.graded_in(session, ids)
    library = indicators_by_code(session, actor.bureau, cycle, {one.indicator for one in closed})
    tallies, adjusted = {}, {}
    for one in closed:
        cast = _opened(session, one, graded[one.campaign])
        counted = counting(one.combination, one.questionnaire, cast)
        tallies[one.campaign] = tallied(one.questionnaire, counted)
        adjusted[one.campaign] = adjusted_values(one.questionnaire, counted, grade_values(library[one.indicator]))
        ballots.release(session, one.bureau, one.campaign, list(cast))
    nobody = {one.campaign: nobody_voted(one.questionnaire) for one in closed}
    before = store.evaluations_of(session, ids)
    after = [
        one.closed(
            tallies[one.campaign].get(one.subject, nobody[one.campaign]), adjusted[one.campaign].get(one.subject)
        )
        for one in before
    ]
    store.close_campaigns(session, closed, after)
    record_changes(session, actor, zip(after, before, strict=True))


def grade_values(indicator: Indicator) -> dict[str, float]:
    """Return what each grade is worth, for figures beside the votes; the points
    themselves come from the exact parameters."""
    return {grade: float(value) for grade, value in indicator.rule_params["values"].items()}


def _opened(session: Session, campaign: Campaign, subjects: list[str]) -> Cast:
    """All ballots; those that lie open were cast before ballots were sealed."""
    code = ballot_code(campaign, subjects)
    sealed = ballots.open_all(session, campaign.campaign, campaign_key(campaign.campaign))
    return [*(code.decode(one) for one in sealed), *ballots.take_open(session, campaign.campaign)]
