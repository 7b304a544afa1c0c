"""How sure are points that votes gave? The standard error of their mean, campaign by campaign."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rules import RULES
from rules.votes import is_secret
from services.scoring.domain.ballots import ballots_of
from services.scoring.domain.frame import Frame, Item

Row = Mapping[str, Any]


def vote_errors(frame: Frame, dossiers: Iterable[Row]) -> dict[str, dict[str, float]]:
    """Return subject -> indicator -> standard error of its points, of the items that votes made."""
    voted = {item.indicator: item for item in frame.items if RULES[item.rule].grades(item.params)}
    found: dict[str, dict[str, float]] = {}
    for raw in dossiers:
        campaigns: dict[str, list[Row]] = {}
        for fact in raw["facts"]:
            if fact["kind"] == "evaluation" and fact["indicator"] in voted and fact["status"] == "closed":
                campaigns.setdefault(fact["indicator"], []).append(fact)
        found[raw["subject"]] = {code: _error(voted[code], facts) for code, facts in campaigns.items()}
    return found


def _error(item: Item, facts: Sequence[Row]) -> float:
    """Of the mean over the campaigns that measured something."""
    measured = [fact for fact in facts if ballots_of(fact) and not fact["not_applicable"]]
    variance = sum(_variance(item, fact) for fact in measured)
    return float(item.full) * variance**0.5 / len(measured) if measured else 0.0


def _variance(item: Item, fact: Row) -> float:
    """Of the mean coefficient; of one or two ballots nothing is told."""
    ballots, values = ballots_of(fact), RULES[item.rule].grades(item.params) or {}
    votes = {grade: float(fact["counts"].get(grade, 0)) for grade in values}
    total = sum(votes.values())
    if is_secret(ballots) or not total:
        return 0.0
    mean = sum(number * float(values[grade]) for grade, number in votes.items()) / total
    spread = sum(number * (float(values[grade]) - mean) ** 2 for grade, number in votes.items()) / total
    return spread / (ballots - 1)
