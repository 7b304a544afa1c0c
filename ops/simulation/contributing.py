"""Contributions: declared with their proof, screened by the heads, weighed and settled by the panel. And a few vetoes."""

from dataclasses import dataclass
from typing import Any

from ops.client import Api, Document
from ops.dice import Dice
from ops.simulation import waiting
from ops.simulation.behaviour import diligence
from ops.simulation.context import Advance, Simulation
from ops.simulation.crowd import grouped, in_lists
from ops.simulation.world import Indicator, Subject
from rules import RULES

VETOES = 2  # one of them is lifted again for want of proof


@dataclass(frozen=True)
class Contribution:
    id: str
    subject: Subject
    indicator: Indicator


def declare(sim: Simulation, advance: Advance) -> list[Contribution]:
    """Let the able contribute now and then; a unit does through its head."""
    found: list[Contribution] = []
    for subject in sim.world.subjects:
        entries = [_entry(sim, subject, *one) for one in _achievements(sim, subject)]
        if entries:
            body = {"cycle": sim.world.cycle, "contributions": entries}
            api = sim.api(sim.speaker(subject))
            answer = api.post("contributions", body, found=lambda: _declared_before(api, sim.world.cycle, subject))  # noqa: B023
            by_code = {one.code: one for one in sim.world.items(subject, "contribution")}
            found += [
                Contribution(one["contribution"], subject, by_code[one["indicator"]]) for one in answer["contributions"]
            ]
            sim.journal.add("contributions", len(entries))
            advance(len(entries))
    return found


def settle(sim: Simulation, found: list[Contribution], advance: Advance) -> None:
    """Settle the contributions: the head passes all but a few; three of the panel say what
    they think; it settles what most agree to."""
    kept = [one for one in found if not _chance(sim, "unscreened", one, 40)]
    refused = [one for one in kept if _chance(sim, "rejected", one, 60)]
    agreed = [one for one in kept if one not in refused]
    _each(sim, "screen", kept, lambda one: sim.verifier(one.subject), {"decision": "pass"})
    for seat in range(3):
        _opinions(sim, kept, refused, seat)
    _each(sim, "settle", agreed, lambda one: sim.panel(one.subject.unit)[0], {"decision": "settle"})
    reason = {"decision": "reject", "reason": "不属于本年度成果，材料不足以认定"}
    _each(sim, "settle", refused, lambda one: sim.panel(one.subject.unit)[0], reason)
    sim.journal.add("contributions_settled", len(agreed))
    advance(len(found))


def veto(sim: Simulation, advance: Advance) -> None:
    """Propose two of the best by the live standing for a veto; one is confirmed, the other lifted."""
    waiting.facts_counted(sim)
    standing = sim.office_api.get("standings", cycle=sim.world.cycle, layer="person", limit=20)["items"]
    people = [sim.world.persons[one["subject"]] for one in standing]
    chosen = [one for one in people if one.code != sim.office][:VETOES]
    code = next(one.code for one in sim.world.indicators if RULES[one.rule].strikes and "person" in one.layers)
    vetoes = [
        {"indicator": code, "subject": one.code, "reason": "查实情况见监察室核查报告（示范数据）"} for one in chosen
    ]
    body = {"cycle": sim.world.cycle, "vetoes": vetoes}
    answer = sim.office_api.post("vetoes", body, found=lambda: _proposed_before(sim))
    ids = {one["subject"]: one["veto"] for one in answer["vetoes"]}
    for verb, one in zip(("confirm", "lift"), chosen, strict=True):
        body = {"cycle": sim.world.cycle, "vetoes": [{"veto": ids[one.code]}], "decision": "经小组审议决定"}
        sim.api(_not_office(sim, one.unit)).post_again(f"vetoes/{verb}", body, "veto.state")
        advance(1)
    sim.journal.add("vetoes")


def _declared_before(api: Api, cycle: str, subject: Subject) -> Document | None:
    """What an unanswered try declared: all of a subject's contributions are declared at once."""
    there = list(api.pages("contributions", cycle=cycle, subject=subject.code))
    return {"contributions": there} if there else None


def _proposed_before(sim: Simulation) -> Document | None:
    there = list(sim.office_api.pages("vetoes", cycle=sim.world.cycle))
    return {"vetoes": there} if there else None


def _achievements(sim: Simulation, subject: Subject) -> list[tuple[Indicator, str]]:
    able = diligence(sim.seed, subject.code)
    per_mille = max(4, (able - 85) * 3)
    return [
        (indicator, period.code)
        for indicator in sim.world.items(subject, "contribution")
        for period in sim.world.periods_of(indicator.frequency)
        if Dice(sim.seed, "contributes", subject.code, indicator.code, period.code).chance(per_mille)
    ]


def _entry(sim: Simulation, subject: Subject, indicator: Indicator, period: str) -> dict[str, Any]:
    per = indicator.params["per"]
    dice = Dice(sim.seed, "level", subject.code, indicator.code, period)
    level = {"level": list(per)[-1] if dice.chance(700) else dice.pick(list(per))} if isinstance(per, dict) else {}
    return {
        "subject": subject.code,
        "indicator": indicator.code,
        "period": period,
        "title": f"{indicator.name}（{sim.world.label(subject)}，{period}）",
        "effect": "在全局推广使用",
        "proof": "证书、通知或采用文件复印件",
        **level,
    }


def _opinions(sim: Simulation, kept: list[Contribution], refused: list[Contribution], seat: int) -> None:
    for member, theirs in sorted(grouped(kept, lambda one: sim.panel(one.subject.unit)[seat]).items()):
        for part in in_lists(theirs):
            opinions = [{"contribution": one.id, "agree": one not in refused, "note": ""} for one in part]
            body = {"cycle": sim.world.cycle, "opinions": opinions}
            sim.api(member).post_again("contributions/opinions", body, "opinion.given")


def _each(sim: Simulation, verb: str, chosen: list[Contribution], who: Any, more: dict[str, Any]) -> None:
    for person, theirs in sorted(grouped(chosen, who).items()):
        for part in in_lists(theirs):
            entries = [{"contribution": one.id} for one in part]
            body = {"cycle": sim.world.cycle, "contributions": entries, **more}
            sim.api(person).post_again(f"contributions/{verb}", body, "contribution.state")


def _chance(sim: Simulation, what: str, one: Contribution, per_mille: int) -> bool:
    return Dice(sim.seed, what, one.subject.code, one.indicator.code).chance(per_mille)


def _not_office(sim: Simulation, unit: str) -> str:
    """Whoever proposed does not confirm."""
    return next(person for person in sim.panel(unit) if person != sim.office)
