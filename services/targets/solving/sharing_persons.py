"""Every person's share of what their unit holds, unit by unit: the items' rules and limits, given to the solver and back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.targets.domain.indicators import Indicator
from services.targets.domain.proposals import (
    FREE,
    Guidance,
    Proposal,
    Shortage,
    in_quanta,
    person_bearers,
    person_proposals,
)
from services.targets.domain.quantities import plain
from services.targets.domain.sharing import WEIGHT_OF_ONE, Staff, drawn_weights
from services.targets.solving.sharing import Pool, Shared, share_out

Guides = Mapping[str, Guidance]  # by indicator
Quantities = Mapping[tuple[str, str], Decimal]  # what units hold, by (indicator, unit)


@dataclass(frozen=True)
class UnitShares:
    unit: str
    proposals: list[Proposal]
    shortages: list[Shortage]
    deviation: float
    solved: bool


def share_units(
    indicators: Sequence[Indicator], quantities: Quantities, staff: Staff, guides: Guides
) -> Iterator[UnitShares]:
    """Yield the shares of each unit's people, in the order of the units."""
    for_persons = [one for one in indicators if one.is_shared_out and "person" in one.layers]
    capacities: dict[str, dict[str, float]] = {}
    for person, (member, own) in staff.weights.items():
        capacities.setdefault(member.unit, {})[person] = own / WEIGHT_OF_ONE
    for unit in staff.units:
        held = [one for one in for_persons if (one.indicator, unit) in quantities]
        yield _UnitSharing(unit, held, quantities, staff, guides).share(capacities[unit])


class _UnitSharing:
    def __init__(
        self, unit: str, indicators: Sequence[Indicator], quantities: Quantities, staff: Staff, guides: Guides
    ) -> None:
        self._unit, self._indicators, self._staff, self._guides = unit, indicators, staff, guides
        self._held = {one.indicator: quantities[one.indicator, unit] for one in indicators}

    def share(self, capacities: Mapping[str, float]) -> UnitShares:
        pools = [self._pool(indicator) for indicator in self._indicators]
        shared = share_out(pools, capacities)
        by_pool = zip(self._indicators, pools, strict=True)
        proposals = [one for indicator, pool in by_pool for one in self._proposals(indicator, pool, shared)]
        return UnitShares(self._unit, proposals, self._shortages(pools, shared), shared.deviation, shared.solved)

    def _pool(self, indicator: Indicator) -> Pool:
        guide, total = self._guide(indicator), in_quanta(self._held[indicator.indicator], indicator)
        own = self._staff.of(indicator).get(self._unit, {})
        weights = drawn_weights(own, guide.forecasts or {}, self._staff.settings.ratchet)
        bearers = person_bearers(indicator, total, weights, guide)
        return Pool(indicator.indicator, total, float(indicator.full_points), bearers)

    def _proposals(self, indicator: Indicator, pool: Pool, shared: Shared) -> list[Proposal]:
        shares, held = shared.shares[indicator.indicator], self._held[indicator.indicator]
        return person_proposals(indicator, self._unit, held, pool.bearers, shares, self._guide(indicator))

    def _shortages(self, pools: Sequence[Pool], shared: Shared) -> list[Shortage]:
        """A unit that is scored on an item carries it without people of the line; its people carry no more than their caps."""
        return [
            Shortage(
                indicator.indicator,
                self._held[indicator.indicator],
                plain(shared.missing[indicator.indicator] * indicator.quantum),
                "caps" if pool.bearers else "nobody",
                self._unit,
            )
            for indicator, pool in zip(self._indicators, pools, strict=True)
            if indicator.indicator in shared.missing and (pool.bearers or indicator.layers == ("person",))
        ]

    def _guide(self, indicator: Indicator) -> Guidance:
        return self._guides.get(indicator.indicator, FREE)
