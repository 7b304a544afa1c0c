"""Before a campaign is opened: how many colluders it would withstand."""

from time import sleep

from services.declarations.calibration.combining import SCALE
from services.declarations.calibration.resilience import ATTACKS, DRAWS, Outcome, Plan, outcomes, withstood
from services.declarations.domain.campaign_permissions import check_runs_campaigns
from shared.actor import Actor
from shared.contracts.declarations.commands.campaigns import CampaignPlan
from shared.database import Row, Session
from shared.vocabulary.campaigns import COMBINATIONS


def simulate_campaign(_session: Session, actor: Actor, query: CampaignPlan) -> Row:
    """Simulate a campaign; without a number of subjects its raters grade one another."""
    check_runs_campaigns(actor)
    raters, subjects = query["raters"], query["subjects"]
    plan = Plan(raters, subjects or raters, subjects is None, query["seats"], tuple(SCALE.values()))
    found: list[Outcome] = []
    for one in outcomes(plan):
        found.append(one)
        sleep(0)  # others get their turn
    return {
        **{name: query[name] for name in ("raters", "subjects", "seats")},
        "draws": DRAWS,
        "withstands": {attack: _withstands(found, attack) for attack in ATTACKS},
        "items": [_shown(one) for one in found],
    }


def _withstands(found: list[Outcome], attack: str) -> Row:
    return {combination: withstood(found, attack, combination) for combination in COMBINATIONS}


def _shown(one: Outcome) -> Row:
    taken = {
        attack: {combination: f"{getattr(one, combination)[attack]:.2f}" for combination in COMBINATIONS}
        for attack in ATTACKS
    }
    return {"colluders": one.colluders, "chance": f"{one.chance:.2f}", **taken}
