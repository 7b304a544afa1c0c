"""Each month: what is due is declared by its people and heads, verified, assessed; some is returned and done again."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ops.client import Api, ApiError, Document
from ops.dice import Dice
from ops.simulation import behaviour
from ops.simulation.context import Advance, Simulation
from ops.simulation.crowd import grouped, in_lists
from ops.simulation.world import Indicator, Period, Subject
from rules import RULES
from shared.clock import today

TOOLS = ("review", "electronic")

FIGURES_WAIT = 900  # seconds; a machine that is busy elsewhere takes its time, and nothing else is waited for

# In a thousand: items that nobody declares, that come back, that the assessor corrects, where people score themselves lower.
NEVER, RETURNED, CORRECTED, MODEST = 12, 10, 8, 15


@dataclass(frozen=True)
class Item:
    subject: Subject
    indicator: Indicator
    period: Period

    def dice(self, seed: int, what: str) -> Dice:
        return Dice(seed, what, self.subject.code, self.indicator.code, self.period.code)


@dataclass(frozen=True)
class Declared:
    """An acknowledged declaration."""

    id: str
    item: Item


def due_in(sim: Simulation, month: int) -> Iterator[Item]:
    """Yield everything that falls due with the end of ``month``: its own period, and
    the quarter, half-year or year it closes."""
    periods = [period for period in sim.world.periods if period.ends.month == month]
    for subject in sim.world.subjects:
        if sim.speaker_or_none(subject):
            for indicator in sim.world.items(subject, *TOOLS):
                own = (one for one in periods if one.frequency == indicator.frequency)
                yield from (Item(subject, indicator, one) for one in own if _known(indicator, one))


def _known(indicator: Indicator, period: Period) -> bool:
    """Tell whether it can be declared: what the clocks count is known when its months are closed, so not before they are over."""
    return indicator.source != "attendance" or period.ends < today()


class Month:
    """The declarations of one month on their way; each step is timed by the caller."""

    def __init__(self, sim: Simulation, month: int, chosen: Callable[[Item], bool] = lambda _: True) -> None:
        self._sim = sim
        items = [item for item in due_in(sim, month) if not item.dice(sim.seed, "never").chance(NEVER) and chosen(item)]
        self._due = grouped(items, lambda item: item.subject.code)
        self._declared: list[Declared] = []

    def declare(self, advance: Advance) -> None:
        def one(items: list[Item]) -> None:
            for part in in_lists(items):
                self._declared += self._post(part)
                advance(len(part))

        self._sim.crowd.do(one, self._due.values())

    def go_on_with(self, declared: Iterable[Declared]) -> None:
        """Take up what was declared by an earlier process."""
        self._declared += declared

    def verify(self, advance: Advance, chosen: Callable[[Item], bool] = lambda _: True) -> None:
        self._decide("verify", [one for one in self._declared if chosen(one.item)], advance)

    def assess(self, advance: Advance) -> None:
        """Assess what was declared: what is returned is declared, verified and assessed once more."""
        seed = self._sim.seed
        self._declared.sort(key=lambda one: (one.item.subject.code, one.item.indicator.code, one.item.period.code))
        back = [one for one in self._declared if one.item.dice(seed, "returned").chance(RETURNED)]
        self._return(back)
        again = self._declare_again(back)
        self._decide("verify", again, lambda _: None)
        self._decide("assess", self._declared, advance)

    def _post(self, items: list[Item]) -> list[Declared]:
        """Declare; what the system has meanwhile noted as not applicable (docs/decisions/1104; a process that was started again
        begins with that) stays as it is, for whoever declares by the list of what is open would not see it there."""
        try:
            return self._declare(items)
        except ApiError as error:
            if error.codes != {"revision.required"}:
                raise
            api = self._sim.api(self._sim.speaker(items[0].subject))
            noted = {(one["indicator"], one["period"]) for one in self._with(api, items, "recorded")}
            left = [item for item in items if (item.indicator.code, item.period.code) not in noted]
            if not noted or not left:
                raise
        return self._declare(left)

    def _declare(self, items: list[Item], *, again: bool = False) -> list[Declared]:
        sim = self._sim
        api = sim.api(sim.speaker(items[0].subject))
        entries = [self._entry(item) for item in items]
        if again:  # what was sent back is replaced as it was seen
            seen = {(one["indicator"], one["period"]): one["revision"] for one in self._with(api, items, "returned")}
            entries = [{**entry, "revision": seen[entry["indicator"], entry["period"]]} for entry in entries]
        body = {"cycle": sim.world.cycle, "entries": entries}
        answer = _once_known(lambda: api.post("declarations", body, found=lambda: self._declared_before(api, items)))
        sim.journal.add("declarations", len(answer["declarations"]))
        ids = {(one["indicator"], one["period"]): one["declaration"] for one in answer["declarations"]}
        return [Declared(ids[item.indicator.code, item.period.code], item) for item in items]

    def _declared_before(self, api: Api, items: list[Item]) -> Document | None:
        """What an unanswered try declared, if it did."""
        there = self._with(api, items, "declared")
        wanted = {(item.indicator.code, item.period.code) for item in items}
        return {"declarations": there} if wanted <= {(one["indicator"], one["period"]) for one in there} else None

    def _with(self, api: Api, items: list[Item], status: str) -> list[Document]:
        """What the subject has in the periods of ``items`` with that status."""
        query: dict[str, Any] = {"cycle": self._sim.world.cycle, "subject": items[0].subject.code, "status": status}
        periods = {item.period.code for item in items}
        return [one for period in periods for one in api.pages("declarations", period=period, **query)]

    def _entry(self, item: Item) -> dict[str, Any]:
        entry: dict[str, Any] = {
            "subject": item.subject.code,
            "indicator": item.indicator.code,
            "period": item.period.code,
        }
        if item.indicator.source == "declared":
            entry["counts"] = self._counts(item)
            entry["evidence"] = [f"台账 {item.period.code}"]
        return entry

    def _counts(self, item: Item) -> behaviour.Counts:
        sim = self._sim
        target = Decimal(sim.targets.get((item.subject.code, item.indicator.code), "0"))
        share = target / len(sim.world.periods_of(item.indicator.frequency))
        return behaviour.counts(sim.seed, item.indicator, item.subject.code, item.period.code, share)

    def _return(self, back: list[Declared]) -> None:
        reason = "佐证材料不齐，请补充后重报"
        self._decide("return", back, lambda _: None, {"reason": reason}, who=self._assessor)

    def _declare_again(self, back: list[Declared]) -> list[Declared]:
        again: list[Declared] = []
        for items in grouped([one.item for one in back], lambda item: item.subject.code).values():
            again += self._declare(items, again=True)
        self._sim.journal.add("declarations", -len(again))
        return again

    def _decide(
        self,
        verb: str,
        declared: list[Declared],
        advance: Advance,
        more: dict[str, Any] | None = None,
        who: Any = None,
    ) -> None:
        chosen = who or (self._assessor if verb == "assess" else self._verifier)
        lists = [
            (person, part)
            for person, theirs in sorted(grouped(declared, chosen).items())
            for part in in_lists(sorted(theirs, key=lambda one: one.id))
        ]

        def one(task: tuple[str, list[Declared]]) -> None:
            person, part = task
            entries = [self._decision(verb, one) for one in part]
            body = {"cycle": self._sim.world.cycle, "declarations": entries, **(more or {})}
            self._sim.api(person).post_again(f"declarations/{verb}", body, "declaration.state")
            advance(len(part))

        self._sim.crowd.do(one, lists)

    def _decision(self, verb: str, declared: Declared) -> dict[str, Any]:
        decision: dict[str, Any] = {"declaration": declared.id}
        item = declared.item
        if verb == "assess" and item.indicator.source == "declared":
            dice = item.dice(self._sim.seed, "corrected")
            if dice.chance(CORRECTED):
                decision |= {"counts": self._corrected(item), "reason": "与抽查台账不符，按查实数更正"}
        return decision

    def _corrected(self, item: Item) -> behaviour.Counts:
        """The assessor finds one less than was declared of the first quantity, or one more where less is better."""
        counts = self._counts(item)
        first = next(iter(counts))
        step = 1 if RULES[item.indicator.rule].less_is_better else -1
        return {**counts, first: str(max(Decimal(0), Decimal(counts[first]) + step))}

    def _verifier(self, declared: Declared) -> str:
        return self._sim.verifier_of(declared.item.subject, declared.item.indicator)

    def _assessor(self, declared: Declared) -> str:
        item = declared.item
        return self._sim.assessor(item.subject.unit, item.indicator.assessor, but=self._verifier(declared))


def _once_known(declare: Callable[[], Document]) -> Document:
    """A month's figures may still be on their way from the clocks: until they are there, nothing is declared."""
    for _ in range(FIGURES_WAIT):
        try:
            return declare()
        except ApiError as error:
            if error.codes != {"counts.missing"}:
                raise
            time.sleep(1)
    return declare()
