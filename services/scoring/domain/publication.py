"""Publication: what everybody may see of each layer, and for how long objections are taken (公示期)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.scoring.domain.frame import LAYERS
from shared.vocabulary.dated import DatedRule, DatedRules
from shared.vocabulary.refusals import invalid

Row = dict[str, Any]
# Each shows what the one before shows, and more: one's own score; the list of the commended; everybody's rank; everybody's scores.
PERSON = "person"
OWN, LIST, RANKING, SCORES = "own", "list", "ranking", "scores"
LEVELS = (OWN, LIST, RANKING, SCORES)
EVERYTHING: Mapping[str, str] = dict.fromkeys(LAYERS, SCORES)
OBJECTION_DAYS = ("objection_days_least", "objection_days_most")
RULES = {  # what a bureau may set otherwise, each from a day on (docs/decisions/0125)
    "objection_days_least": DatedRule(5, 1, 366),  # working days, as 公示 of officials asks for
    "objection_days_most": DatedRule(60, 1, 366),
    "commend_from": DatedRule(70, 0, 100),  # the final score, as for 称职, below which nobody is on the 先进 list
}
FEWEST_MEMBERS = 3  # below, a unit's score tells what each of its people reached
OF_A_RANK = ("subject", "layer", "unit", "line", "rank", "commended")
_HIDDEN: Row = {
    **dict.fromkeys(("final", "layer_score", "nominated", "struck", "tied")),
    **{name: {} for name in ("components", "categories", "line_scores")},
    "vetoes": [],
}


@dataclass(frozen=True)
class Publication:
    bureau: str
    run: str
    cycle: str
    revision: int
    visible: Mapping[str, str]  # layer -> level
    objection_days: int
    published_on: date
    objections_until: date  # its last day
    by: str

    def is_open(self, on: date) -> bool:
        """Tell whether an objection made on this day is in time."""
        return self.published_on <= on <= self.objections_until

    def changed(self, visible: Mapping[str, str], days: int, until: date, by: str) -> "Publication":
        """Return it with other settings; whoever relied on the days once given still has them."""
        if days < self.objection_days:
            raise invalid(
                "publication.shortened",
                f"公示期已定为 {self.objection_days} 个工作日，只能延长",
                f"{self.objection_days} working days were given; they can only become more",
                "objection_days",
            )
        return replace(
            self,
            revision=self.revision + 1,
            visible=complete(visible, self.visible),
            objection_days=days,
            objections_until=until,
            by=by,
        )


def objection_days(given: int | None, rules: DatedRules, published_on: date) -> int:
    """Return the working days for objections, by default the least; ``Refused`` out of the bounds of the day of publication."""
    least, most = (rules.on(rule, published_on) for rule in OBJECTION_DAYS)
    days = least if given is None else given
    if not least <= days <= most:
        zh, en = f"公示期应为 {least} 至 {most} 个工作日", f"{least} to {most} working days are given for objections"
        raise invalid("publication.days", zh, en, "objection_days")
    return days


def check_bounds(rules: DatedRules, rule: str, starts: date, value: int) -> None:
    """Refuse a least above the most, on the day from which ``value`` is to hold or any later one on which either changes."""
    changed = {
        **rules.dated,
        rule: sorted([*(one for one in rules.dated.get(rule, ()) if one[0] != starts), (starts, value)]),
    }
    after = DatedRules(RULES, changed)
    for day in sorted({starts, *(day for one in changed.values() for day, _ in one if day > starts)}):
        least, most = (after.on(name, day) for name in OBJECTION_DAYS)
        if least > most:
            zh, en = f"自 {day} 起最少天数多于最多天数", f"from {day} on the least would be more than the most"
            raise invalid("rule.bounds", zh, en, "value")


def complete(visible: Mapping[str, str], otherwise: Mapping[str, str] = EVERYTHING) -> dict[str, str]:
    return {layer: visible.get(layer, otherwise[layer]) for layer in LAYERS}


def reaches(level: str, wanted: str) -> bool:
    return LEVELS.index(level) >= LEVELS.index(wanted)


def only_rank(row: Mapping[str, Any]) -> Row:
    """Return the row with the rank alone: of whom only the rank is public nothing else is told."""
    return {**_HIDDEN, **{name: row[name] for name in OF_A_RANK}}


def tells_of_people(row: Mapping[str, Any], members: Mapping[str, int]) -> bool:
    """Tell whether a unit's row gives away its people's scores: a mean of one or
    two, and whatever it can be solved from.

    Nobody may be there today of those who were there within the year: then nobody knows how few they were.
    """
    there = members.get(row["subject"], 0)
    left = not there and row["components"].get("members_mean") is not None
    return row["layer"] != PERSON and (left or 0 < there < FEWEST_MEMBERS)
