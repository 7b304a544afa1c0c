"""Who should take how much of a target (data/README.md §一, per_person_cap; decisions 0101, 0111).

A unit weighs as its eligible staff do. One that is scored on an item carries at least one person's share of it, even while
nobody there works in that line; a unit with such staff holds their pool even where the item is scored on persons only.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from zlib import crc32

from services.targets.domain.apportionment import Bearer, apportion
from services.targets.domain.indicators import Indicator
from services.targets.domain.quantities import plain
from services.targets.domain.sharing import WEIGHT_OF_ONE, Member, Staff, drawn_weights
from services.targets.domain.units import Unit

__all__ = ["Guidance", "Member", "Proposal", "Shortage", "Staff", "propose_persons", "propose_units"]
_HUNDREDTH = Decimal("0.01")

Limits = tuple[Decimal | None, Decimal | None]  # floor and ceiling, as the leaders set them


@dataclass(frozen=True)
class Proposal:
    indicator: str
    subject: str  # unit or person code
    layer: str  # division, station, person
    unit: str  # whose allocation it is, or is a part of
    quantity: Decimal
    fair: Decimal | None = None  # pro rata by capacity, before limits and rounding
    bound: str | None = None  # which limit holds it: cap, floor, ceiling


@dataclass(frozen=True)
class Shortage:
    """What of a target nobody can take on. ``kind``: nobody is eligible, caps, the leaders' ceilings, or a rest too small."""

    indicator: str
    target: Decimal
    missing: Decimal
    kind: str = "caps"
    unit: str | None = None  # where only one unit cannot carry its share


@dataclass(frozen=True)
class Guidance:
    """What beside headcount guides the shares of an item, by subject: the leaders' limits, and forecasts from the past."""

    limits: Mapping[str, Limits] | None = None
    forecasts: Mapping[str, Fraction] | None = None

    def limits_of(self, subject: str) -> Limits:
        return (self.limits or {}).get(subject, (None, None))


FREE = Guidance()


def propose_units(
    indicator: Indicator, units: Sequence[Unit], staff: Staff, guide: Guidance = FREE
) -> tuple[list[Proposal], Shortage | None]:
    """Propose every unit's share of the bureau's target, and what is missing where all are at their limit."""
    target = indicator.target or Decimal(0)
    total = in_quanta(target, indicator)
    bearers = within(_unit_bearers(indicator, units, staff, total, guide), indicator, guide, total)
    layers = {unit.unit: unit.layer or "" for unit in units}
    proposals = [
        Proposal(indicator.indicator, code, layers[code], code, *told)
        for code, told in _told(indicator, target, bearers, apportion(total, bearers), guide)
    ]
    missing = target - sum((proposal.quantity for proposal in proposals), Decimal(0))
    if missing <= 0:
        return proposals, None
    kind = _kind_of_shortage(missing, indicator, bearers, guide)
    return proposals, Shortage(indicator.indicator, target, plain(missing), kind)


def propose_persons(
    indicator: Indicator, unit: str, quantity: Decimal, weights: Mapping[str, int], guide: Guidance = FREE
) -> list[Proposal]:
    """Propose the persons' shares of their unit's ``quantity``, each item for itself;
    solving/sharing.py evens out across items."""
    total = in_quanta(quantity, indicator)
    bearers = person_bearers(indicator, total, weights, guide)
    return person_proposals(indicator, unit, quantity, bearers, apportion(total, bearers), guide)


def person_bearers(indicator: Indicator, total: int, weights: Mapping[str, int], guide: Guidance) -> dict[str, Bearer]:
    most = _cap(indicator)
    least = 1 if total >= len(weights) else 0
    least = least if most is None else min(least, most)
    bearers = {person: Bearer(own, least, most, _tie(indicator, person)) for person, own in weights.items()}
    return within(bearers, indicator, guide, total)


def person_proposals(
    indicator: Indicator,
    unit: str,
    quantity: Decimal,
    bearers: Mapping[str, Bearer],
    shares: Mapping[str, int],
    guide: Guidance,
) -> list[Proposal]:
    return [
        Proposal(indicator.indicator, person, "person", unit, *told)
        for person, told in _told(indicator, quantity, bearers, shares, guide)
    ]


def within(bearers: dict[str, Bearer], indicator: Indicator, guide: Guidance, total: int) -> dict[str, Bearer]:
    """Return the bearers with the leaders' floors and ceilings; floors that ask for
    more than there is are cut down pro rata."""
    narrowed = (
        bearers
        if not guide.limits
        else {code: _narrowed(one, indicator, guide.limits_of(code)) for code, one in bearers.items()}
    )
    asked = sum(one.least for one in narrowed.values())
    if asked <= total:
        return narrowed
    return {code: Bearer(one.weight, one.least * total // asked, one.most, one.tie) for code, one in narrowed.items()}


def in_quanta(quantity: Decimal, indicator: Indicator) -> int:
    """Return the whole quanta in ``quantity``; a rest smaller than one cannot be shared out and shows as missing."""
    return int(quantity // indicator.quantum)


def _told(
    indicator: Indicator, quantity: Decimal, bearers: Mapping[str, Bearer], shares: Mapping[str, int], guide: Guidance
) -> Iterator[tuple[str, tuple[Decimal, Decimal, str | None]]]:
    """(subject, (quantity, pro rata, limit)). Many shares and weights are the same, so each number is made once."""
    whole = sum(one.weight for one in bearers.values())
    quantities: dict[int, Decimal] = {}
    fair: dict[int, Decimal] = {}
    for subject, share in shares.items():
        bearer = bearers[subject]
        if share not in quantities:
            quantities[share] = plain(share * indicator.quantum)
        if bearer.weight not in fair:
            fair[bearer.weight] = plain((quantity * bearer.weight / whole).quantize(_HUNDREDTH))
        yield subject, (quantities[share], fair[bearer.weight], _bound(indicator, share, subject, bearer, guide))


def _bound(indicator: Indicator, share: int, subject: str, bearer: Bearer, guide: Guidance) -> str | None:
    """The limit at which a share stands, for the reason that is shown with it."""
    floor, ceiling = guide.limits_of(subject) if guide.limits else (None, None)
    if bearer.most is not None and share == bearer.most:
        return "ceiling" if ceiling is not None and share == in_quanta(ceiling, indicator) else "cap"
    return "floor" if floor is not None and share == bearer.least else None


def _narrowed(bearer: Bearer, indicator: Indicator, limits: Limits) -> Bearer:
    floor, ceiling = limits
    most = bearer.most
    if ceiling is not None:
        allowed = in_quanta(ceiling, indicator)
        most = allowed if most is None else min(most, allowed)
    least = bearer.least if floor is None else max(bearer.least, in_quanta(floor, indicator))
    return Bearer(bearer.weight, least if most is None else min(least, most), most, bearer.tie)


def _unit_bearers(
    indicator: Indicator, units: Sequence[Unit], staff: Staff, total: int, guide: Guidance
) -> dict[str, Bearer]:
    found = staff.of(indicator)
    heads = {unit.unit: _headcount(indicator, unit, found) for unit in units}
    heads = {code: count for code, count in heads.items() if count}
    weights = _unit_weights({code: found.get(code, {}) for code in heads}, staff, guide)
    for_persons = "person" in indicator.layers
    cap = _cap(indicator) if for_persons else None
    one_each = total >= len(heads)
    enough_for_all = for_persons and total >= sum(heads.values())
    return {
        code: Bearer(
            weight=weights[code],
            least=_least(count if enough_for_all else int(one_each), count, cap),
            most=None if cap is None else cap * count,
            tie=_tie(indicator, code),
        )
        for code, count in heads.items()
    }


def _unit_weights(people: Mapping[str, Mapping[str, int]], staff: Staff, guide: Guidance) -> dict[str, int]:
    """A unit without staff of the line weighs as one person would."""
    own = {code: sum(weights.values()) or WEIGHT_OF_ONE for code, weights in people.items()}
    rates = {code: value / own[code] for code, value in (guide.forecasts or {}).items() if code in own}
    return drawn_weights(own, rates, staff.settings.ratchet)


def _least(wanted: int, count: int, cap: int | None) -> int:
    return wanted if cap is None else min(wanted, cap * count)


def _headcount(indicator: Indicator, unit: Unit, people: Mapping[str, Mapping[str, int]]) -> int:
    count = len(people.get(unit.unit, ()))
    if indicator.falls_to(unit.layer, unit.line):
        return max(count, 1)
    return count if "person" in indicator.layers else 0


def _kind_of_shortage(missing: Decimal, indicator: Indicator, bearers: Mapping[str, Bearer], guide: Guidance) -> str:
    if missing < indicator.quantum:
        return "remainder"
    if not bearers:
        return "nobody"
    return "ceilings" if any(guide.limits_of(code)[1] is not None for code in bearers) else "caps"


def _cap(indicator: Indicator) -> int | None:
    return None if indicator.per_person_cap is None else in_quanta(indicator.per_person_cap, indicator)


def _tie(indicator: Indicator, subject: str) -> int:
    """A fixed order that differs from item to item, so that the odd piece does not always fall to the same person."""
    return crc32(f"{indicator.indicator}/{subject}".encode())
