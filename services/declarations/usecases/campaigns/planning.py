"""Before a campaign is opened: how many colluders it would withstand."""

from time import sleep
from typing import Any

from services.declarations.calibration.resilience import ATTACKS, DRAWS, Outcome, Plan, outcomes, withstood
from services.declarations.domain.campaign_permissions import check_runs_campaigns
from services.declarations.domain.indicators import check_tool
from services.declarations.storage.library import indicators_by_code, need_cycle
from services.declarations.usecases.campaigns.closing import grade_values
from shared.actor import Actor
from shared.database import Session
from shared.vocabulary.campaigns import PLAIN, ROBUST

Row = dict[str, Any]


def simulate_campaign(session: Session, actor: Actor, query: Row) -> Row:
    """Simulate a campaign; ``query``: {"cycle", "indicator", "raters", "subjects" or None: one another, "seats"}."""
    check_runs_campaigns(actor)
    cycle = need_cycle(session, actor.bureau, query["cycle"])
    indicator = indicators_by_code(session, actor.bureau, cycle.cycle, [query["indicator"]])[query["indicator"]]
    check_tool(indicator, "subjective")
    grades = tuple(sorted(grade_values(indicator).values(), reverse=True))
    subjects = query["subjects"]
    plan = Plan(query["raters"], subjects or query["raters"], subjects is None, query["seats"], grades)
    found: list[Outcome] = []
    for one in outcomes(plan):
        found.append(one)
        sleep(0)  # others get their turn
    return {
        **{name: query[name] for name in ("cycle", "indicator", "raters", "subjects", "seats")},
        "draws": DRAWS,
        "withstands": {attack: _withstands(found, attack) for attack in ATTACKS},
        "items": [_shown(one) for one in found],
    }


def _withstands(found: list[Outcome], attack: str) -> Row:
    return {
        PLAIN: withstood(found, attack, robust=False),
        ROBUST: withstood(found, attack, robust=True),
    }


def _shown(one: Outcome) -> Row:
    taken = {attack: {PLAIN: f"{one.plain[attack]:.2f}", ROBUST: f"{one.robust[attack]:.2f}"} for attack in ATTACKS}
    return {"colluders": one.colluders, "chance": f"{one.chance:.2f}", **taken}
