"""Campaigns of subjective evaluation: leaders, heads, peers and people outside grade, one ballot each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ops.client import Api, ApiError
from ops.dice import Dice
from ops.simulation.behaviour import diligence, grade
from ops.simulation.context import Advance, Simulation
from ops.simulation.crowd import in_lists
from ops.simulation.world import Indicator, Period, Subject
from rules import RULES

TOKENS = 5  # ballots for people outside, in each campaign that asks them
ABSTAIN = 60  # in a thousand raters

# Who grades, by item of the reference library; where an item is not named here, leaders grade units and peers grade people.
OUTSIDERS = ("11-04-03", "11-04-05", "11-04-07")
STATION_HEADS = ("11-04-01",)
DIVISION_HEADS = ("11-04-04",)
HEADS = ("11-03-02", "11-03-04", "11-04-08")
DIMENSIONS = {
    "11-04-03": {"服务态度": "0.5", "办事效率": "0.3", "依法监管": "0.2"}
}  # what else asks for one overall grade


@dataclass
class Campaign:
    indicator: Indicator
    period: Period
    title: str
    subjects: list[str]
    raters: list[str]
    tokens: int = 0
    id: str = ""
    secrets: list[str] = field(default_factory=list)


def hold(sim: Simulation, advance: Advance) -> None:
    campaigns = list(_planned(sim))
    _open(sim, campaigns)
    _vote(sim, campaigns, advance)
    _vote_outside(sim, campaigns, advance)
    for part in in_lists(campaigns, 100):
        sim.office_api.post_again("campaigns/close", {"campaigns": [one.id for one in part]}, "campaign.state")
    sim.journal.add("campaigns", len(campaigns))


def _planned(sim: Simulation) -> Iterator[Campaign]:
    for indicator in sim.world.indicators:
        if indicator.tool == "subjective" and RULES[indicator.rule].grades(indicator.params):
            for period in sim.world.periods_of(indicator.frequency):
                yield from _of_units(sim, indicator, period)
                if "person" in indicator.layers:
                    yield from _of_people(sim, indicator, period)


def _of_units(sim: Simulation, indicator: Indicator, period: Period) -> Iterator[Campaign]:
    subjects = [one for one in sim.world.scored_units if one.layer in indicator.layers]
    if not subjects:
        return
    raters: list[str] = []
    if indicator.code in STATION_HEADS:
        raters = _heads(sim, "station")
    elif indicator.code in DIVISION_HEADS:
        raters = _heads(sim, "division")
    elif indicator.code not in OUTSIDERS:
        raters = sorted(sim.world.leaders.values())
    yield _campaign(sim, indicator, period, [one.code for one in subjects], raters, "科所")


def _of_people(sim: Simulation, indicator: Indicator, period: Period) -> Iterator[Campaign]:
    for unit, members in sorted(sim.world.members.items()):
        subjects = [one.code for one in members if indicator in sim.world.items(one, "subjective")]
        raters: list[str] = []
        if indicator.code in HEADS:
            raters = [sim.head_of(unit), sim.leader(sim.world.units[unit].line)]
        elif indicator.code not in OUTSIDERS:
            raters = [one.code for one in members] if len(members) > 1 else [sim.leader(sim.world.units[unit].line)]
        yield _campaign(sim, indicator, period, subjects, raters, unit)


def _campaign(
    sim: Simulation, indicator: Indicator, period: Period, subjects: list[str], raters: list[str], where: str
) -> Campaign:
    voting = [one for one in raters if one in sim.crowd]
    tokens = TOKENS if indicator.code in OUTSIDERS else 0
    return Campaign(indicator, period, f"{indicator.name} {period.code} {where}", subjects, voting, tokens)


def _heads(sim: Simulation, layer: str) -> list[str]:
    return sorted(
        sim.world.heads[one.code]
        for one in sim.world.scored_units
        if one.layer == layer and one.code in sim.world.heads
    )


def _open(sim: Simulation, campaigns: list[Campaign]) -> None:
    for part in in_lists(campaigns, 50):
        try:
            answer = sim.office_api.post(
                "campaigns", {"cycle": sim.world.cycle, "campaigns": [_body(one) for one in part]}
            )
        except ApiError as error:
            if error.code != "idempotency.shown_once" and not (error.repeated and error.codes == {"campaign.repeated"}):
                raise
            _find(sim, part)
            continue
        for one, opened in zip(part, answer["campaigns"], strict=True):
            one.id = opened["campaign"]
            one.secrets = [secret for group in opened["tokens"].values() for secret in group]


def _find(sim: Simulation, campaigns: list[Campaign]) -> None:
    """They were opened, but the answer with the outsiders' tokens was lost: those can no longer vote."""
    known = {one["title"]: one["campaign"] for one in sim.office_api.pages("campaigns", cycle=sim.world.cycle)}
    for one in campaigns:
        one.id = known[one.title]


def _body(one: Campaign) -> dict[str, Any]:
    groups = [{"group": "inside", "raters": one.raters, "tokens": 0}] if one.raters else []
    groups += [{"group": "outside", "raters": [], "tokens": one.tokens}] if one.tokens else []
    return {
        "indicator": one.indicator.code,
        "period": one.period.code,
        "title": one.title,
        "subjects": one.subjects,
        "dimensions": [
            {"dimension": name, "weight": weight} for name, weight in DIMENSIONS.get(one.indicator.code, {}).items()
        ],
        "groups": groups,
    }


def _vote(sim: Simulation, campaigns: list[Campaign], advance: Advance) -> None:
    """Everybody casts all their ballots in one go."""
    raters = sorted({rater for one in campaigns for rater in one.raters})

    def one(rater: str) -> None:
        ballots = [
            {"campaign": one.id, "votes": votes}
            for one in campaigns
            if rater in one.raters and not Dice(sim.seed, "abstains", rater, one.title).chance(ABSTAIN)
            if (votes := _votes(sim, one, rater))
        ]
        for part in in_lists(ballots, 100):
            sim.api(rater).post_again("campaigns/ballots", {"ballots": part}, "campaign.voted")
            sim.journal.add("ballots", len(part))
            advance(len(part))

    sim.crowd.do(one, raters)


def _vote_outside(sim: Simulation, campaigns: list[Campaign], advance: Advance) -> None:
    outside = Api(sim.url)

    def one(task: tuple[Campaign, int]) -> None:
        campaign, number = task
        body = {"token": campaign.secrets[number], "votes": _votes(sim, campaign, f"outside-{number}")}
        outside.post_again(f"campaigns/{campaign.id}/token-ballots", body, "campaign.voted")
        sim.journal.add("ballots")
        advance(1)

    sim.crowd.do(one, [(one, number) for one in campaigns for number in range(len(one.secrets))])


def _votes(sim: Simulation, campaign: Campaign, rater: str) -> dict[str, Any]:
    """A leader who also sits in a head's campaign grades the head, the head grades the others."""
    dice = Dice(sim.seed, "votes", campaign.title, rater)
    return {
        subject: _graded(dice, campaign, diligence(sim.seed, subject))
        for subject in campaign.subjects
        if _grades(sim, campaign, rater, subject)
    }


def _graded(dice: Dice, campaign: Campaign, able: int) -> str | dict[str, str]:
    dimensions = DIMENSIONS.get(campaign.indicator.code)
    return {name: grade(dice, able) for name in dimensions} if dimensions else grade(dice, able)


def _grades(sim: Simulation, campaign: Campaign, rater: str, subject: str) -> bool:
    if subject == rater:
        return False
    person: Subject | None = sim.world.persons.get(subject)
    if person is None or campaign.indicator.code not in HEADS:
        return True
    return person.head == (rater not in sim.world.persons)
