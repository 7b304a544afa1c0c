"""Targets generated and shared out, from 300 people to 50,000: time, memory, and how both grow.

Peer: every item shared out for itself, pro rata, which is fast and leaves the loads as uneven as they fall.
Limits are of processor time, which does not change with what else the machine does; the clock's times stand beside it.
``python -m benchmarks.sharing``; exits with 1 where a limit is passed.
"""

import multiprocessing
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from benchmarks.peers.arguments import arguments
from ops.demo.staff import staff
from services.targets.domain.forecast import forecast_target
from services.targets.domain.indicators import Indicator
from services.targets.domain.proposals import Member, Staff, propose_persons, propose_units
from services.targets.domain.sharing import WEIGHT_OF_ONE, SharingSettings
from services.targets.domain.units import Unit
from services.targets.solving.sharing_persons import share_units
from tests.unit.targets.reference import library, sheet, units

REFERENCE = "reference"  # 250 indicators, of which 82 have a quantity to share
FULL = "all shared"  # every one of them a quantity for persons, a third with caps that bind


@dataclass(frozen=True)
class Measured:
    people: int
    kind: str
    generation: float
    sharing: float
    longest_unit: float  # computed without a turn for other green threads
    peer: float
    proposals: int
    deviation: float
    peer_deviation: float
    megabytes: int
    cpu: float  # of generation and sharing together
    limit: float | None

    @property
    def kept(self) -> bool:
        return self.limit is None or self.cpu <= self.limit

    def __str__(self) -> str:
        limit = "" if self.limit is None else f"limit {self.limit:g} s{'' if self.kept else '   PASSED OVER'}"
        return (
            f"{self.people:>7}{self.kind:>12}{self.generation:>9.2f}{self.sharing:>9.2f}{self.longest_unit:>9.2f}"
            f"{self.peer:>9.2f}{self.sharing / self.peer:>8.1f}{self.proposals:>11}{self.deviation:>9.2f}"
            f"{self.peer_deviation:>12.2f}"
            f"{self.megabytes:>7}{self.cpu:>8.2f}  {limit}"
        )


# (people, library, limit in seconds or None). The limits are those of the feature's description.
RUNS = (
    (300, REFERENCE, 2),
    (300, FULL, 2),
    (1_000, REFERENCE, None),
    (5_000, REFERENCE, 30),
    (5_000, FULL, 30),
    (20_000, REFERENCE, None),
    (50_000, REFERENCE, None),
)


def main() -> int:
    heads = (
        "people",
        "library",
        "generate",
        "share",
        "longest",
        "peer",
        "ratio",
        "proposals",
        "uneven",
        "peer uneven",
        "MB",
        "CPU s",
    )
    widths = (7, 12, 9, 9, 9, 9, 8, 11, 9, 12, 7, 8)
    sys.stdout.write("".join(head.rjust(width) for head, width in zip(heads, widths, strict=True)) + "\n")
    measured = []
    for run in RUNS:
        # a process of its own, so that the memory is that of this size
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            measured.append(pool.apply(measure, run))
        sys.stdout.write(f"{measured[-1]}\n")
        sys.stdout.flush()
    return 0 if all(one.kept for one in measured) else 1


def measure(people: int, kind: str, limit: float | None) -> Measured:
    scored = [unit for unit in units() if unit.layer]
    indicators = [one for one in _library(people, kind) if one.rule != "veto"]
    bureau = _staff(people, scored)
    started, worked = time.perf_counter(), time.process_time()
    held = dict(_generated(indicators, scored, bureau))
    generated = time.perf_counter()
    longest, proposals, uneven, last = 0.0, 0, 0.0, generated
    for unit in share_units(indicators, held, bureau, {}):
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        proposals, uneven = proposals + len(unit.proposals), max(uneven, unit.deviation)
    shared, cpu = time.perf_counter(), time.process_time() - worked
    peer_uneven = _uneven(indicators, held, bureau)
    peer = time.perf_counter() - shared
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    times = (generated - started, shared - generated, longest, peer)
    return Measured(people, kind, *times, proposals, uneven, peer_uneven, megabytes, cpu, limit)


def _uneven(indicators: Sequence[Indicator], held: Mapping[tuple[str, str], Decimal], bureau: Staff) -> float:
    """Shares out item by item; returns how far the worst load then is from pro rata, as the solver counts it."""
    loads: dict[str, float] = defaultdict(float)
    for indicator in indicators:
        if not indicator.is_shared_out or "person" not in indicator.layers:
            continue
        for unit, weights in bureau.of(indicator).items():
            shares = propose_persons(indicator, unit, held[indicator.indicator, unit], weights)
            carried, whole = float(sum(one.quantity for one in shares)), sum(weights.values())
            weight = float(indicator.full_points) * len(weights) / float(held[indicator.indicator, unit])
            for one in shares:
                own = weights[one.subject]
                loads[one.subject] += weight * (float(one.quantity) - carried * own / whole) * WEIGHT_OF_ONE / own
    return max(abs(load) for load in loads.values())


def _generated(
    indicators: Sequence[Indicator], scored: Sequence[Unit], bureau: Staff
) -> Iterator[tuple[tuple[str, str], Decimal]]:
    """Every target forecast from its three years, and shared out to the units."""
    for indicator in indicators:
        history = {year: value for year, value in indicator.history.items() if value is not None}
        forecast = forecast_target(indicator, history, (None, None), bureau.settings)
        if indicator.is_shared_out:
            asked = replace(indicator, target=forecast.proposed)
            for one in propose_units(asked, scored, bureau)[0]:
                yield (one.indicator, one.unit), one.quantity


def _staff(people: int, scored: Sequence[Unit]) -> Staff:
    """One in seventeen half-time, so that pro rata has something to weigh."""
    kinds = {unit.unit: unit.kind for unit in scored}
    members = [
        Member(one.code, one.unit, one.line, one.position, kinds[one.unit])
        for one in staff(people)
        if one.unit in kinds
    ]
    return Staff(members, SharingSettings(persons={one.person: Decimal("0.5") for one in members[::17]}))


def _library(people: int, kind: str) -> list[Indicator]:
    """The reference library with its past and targets grown to the number of people."""
    items, _ = library(sheet("indicators"))
    if kind == REFERENCE:
        return [_grown(one, Decimal(people) / 300) if one.rule == "ratio" else one for one in items]
    per_head = {"all": 7}
    return [
        replace(
            one,
            rule="ratio",
            rule_params={"cap": "1.0"},
            layers=("division", "station", "person"),
            measure_unit="件",
            history={},
            target=Decimal(people * per_head.get(one.line, 2)),
            per_person_cap=Decimal(9 if number % 3 == 0 else 1000),
        )
        for number, one in enumerate(items)
        if one.rule != "veto"
    ]


def _grown(indicator: Indicator, factor: Decimal) -> Indicator:
    history = {year: value and (value * factor).quantize(Decimal(1)) for year, value in indicator.history.items()}
    target = indicator.target and (indicator.target * factor).quantize(Decimal(1))
    return replace(indicator, history=history, target=target)


if __name__ == "__main__":
    arguments(__doc__)
    sys.exit(main())
