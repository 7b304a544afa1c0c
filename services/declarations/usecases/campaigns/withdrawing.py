"""A campaign that was opened by mistake is taken back by whoever opened it, before the first ballot; from the first on it can only be closed."""

from services.declarations.domain.campaign_permissions import check_runs_campaigns
from services.declarations.domain.campaigns import Campaign
from services.declarations.domain.ways_back_permissions import check_takes_back_step
from services.declarations.storage import campaigns as store
from services.declarations.usecases.campaigns.ballots import check_take_votes
from services.declarations.usecases.campaigns.opening import shown
from services.declarations.usecases.events import record_changes
from shared.actor import Actor
from shared.batches import check_no_repetition, each_row, pick
from shared.contracts.declarations.commands.campaigns import CampaignsTakenBack
from shared.database import Row, Session
from shared.recording import audit


def take_back_campaigns(session: Session, actor: Actor, command: CampaignsTakenBack) -> Row:
    """Take back campaigns with a ``reason``: its tokens are worth nothing, and its subjects may be graded by another one."""
    check_runs_campaigns(actor)
    ids: list[str] = command["campaigns"]
    check_no_repetition(ids, lambda one: one)
    found = store.lock_campaigns(session, ids, bureau=actor.bureau, to_close=True)
    check_take_votes(session, found.values())
    voted = {one: sum(group["voted"] for group in groups) for one, groups in store.progress(session, ids).items()}

    def withdrawn(name: str) -> Campaign:
        old = pick(found, "campaign", name)
        check_takes_back_step(actor, old.created_by)
        return old.withdrawn(voted.get(name, 0))

    taken_back = each_row(ids, withdrawn)
    before = store.evaluations_of(session, ids)
    after = [one.withdrawn() for one in before]
    store.close_campaigns(session, taken_back, after)
    record_changes(session, actor, zip(after, before, strict=True))
    for one in taken_back:
        told = {"status": one.status, "reason": command["reason"]}
        audit(session, action="campaign.taken_back", subject=one.campaign, before={"status": "open"}, after=told)
    return {"campaigns": [shown(one) for one in taken_back]}
