"""Who should take how much of a target: by headcount of the staff whose line fits (data/README.md §一, per_person_cap).

A unit that is scored on an item carries at least one person's share of it, even while nobody there works in that line;
a unit with such staff holds their pool even where the item is scored on persons only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from zlib import crc32

from services.targets.domain.apportionment import Bearer, apportion
from services.targets.domain.indicators import Indicator
from services.targets.domain.quantities import plain
from services.targets.domain.units import Unit
from services.targets.domain.words import ALL_LINES


@dataclass(frozen=True)
class Member:
    """One of the scored staff on the reference day."""

    person: str
    unit: str
    line: str


@dataclass(frozen=True)
class Proposal:
    indicator: str
    subject: str  # unit or person code
    layer: str  # division, station, person
    unit: str  # whose allocation it is, or is a part of
    quantity: Decimal


@dataclass(frozen=True)
class Shortage:
    """What of a target nobody can take on: everyone is at their limit, or there is nobody."""

    indicator: str
    target: Decimal
    missing: Decimal


def staff_of(indicator: Indicator, members: Iterable[Member]) -> dict[str, list[str]]:
    """Persons by unit whose line fits the indicator."""
    by_unit: dict[str, list[str]] = {}
    for member in members:
        if indicator.line in (ALL_LINES, member.line):
            by_unit.setdefault(member.unit, []).append(member.person)
    return by_unit


def propose_units(
    indicator: Indicator, units: Sequence[Unit], members: Iterable[Member]
) -> tuple[list[Proposal], Shortage | None]:
    """Every unit's share of the bureau's target, and what is missing where all are at their limit."""
    staff = staff_of(indicator, members)
    target = indicator.target or Decimal(0)
    total = _in_quanta(target, indicator)
    bearers = _unit_bearers(indicator, units, staff, total)
    shares = apportion(total, bearers)
    layers = {unit.unit: unit.layer or "" for unit in units}
    proposals = [
        Proposal(indicator.indicator, code, layers[code], code, plain(share * indicator.quantum))
        for code, share in shares.items()
    ]
    missing = target - sum((proposal.quantity for proposal in proposals), Decimal(0))
    return proposals, Shortage(indicator.indicator, target, plain(missing)) if missing > 0 else None


def propose_persons(indicator: Indicator, unit: str, quantity: Decimal, persons: Sequence[str]) -> list[Proposal]:
    """The persons' shares of their unit's ``quantity``."""
    total = _in_quanta(quantity, indicator)
    least = 1 if total >= len(persons) else 0
    most = _cap(indicator)
    bearers = {
        person: Bearer(1, min(least, total if most is None else most), most, _tie(indicator, person))
        for person in persons
    }
    shares = apportion(total, bearers)
    return [
        Proposal(indicator.indicator, person, "person", unit, plain(share * indicator.quantum))
        for person, share in shares.items()
    ]


def _unit_bearers(
    indicator: Indicator, units: Sequence[Unit], staff: Mapping[str, list[str]], total: int
) -> dict[str, Bearer]:
    heads = {unit.unit: _headcount(indicator, unit, staff) for unit in units}
    heads = {code: count for code, count in heads.items() if count}
    for_persons = "person" in indicator.layers
    cap = _cap(indicator) if for_persons else None
    one_each = total >= len(heads)
    enough_for_all = for_persons and total >= sum(heads.values())
    return {
        code: Bearer(
            weight=count,
            least=_least(count if enough_for_all else int(one_each), count, cap),
            most=None if cap is None else cap * count,
            tie=_tie(indicator, code),
        )
        for code, count in heads.items()
    }


def _least(wanted: int, count: int, cap: int | None) -> int:
    return wanted if cap is None else min(wanted, cap * count)


def _headcount(indicator: Indicator, unit: Unit, staff: Mapping[str, list[str]]) -> int:
    count = len(staff.get(unit.unit, ()))
    if indicator.falls_to(unit.layer, unit.line):
        return max(count, 1)
    return count if "person" in indicator.layers else 0


def _cap(indicator: Indicator) -> int | None:
    return None if indicator.per_person_cap is None else _in_quanta(indicator.per_person_cap, indicator)


def _in_quanta(quantity: Decimal, indicator: Indicator) -> int:
    """Whole quanta in ``quantity``; a rest smaller than one cannot be shared out and shows as missing."""
    return int(quantity // indicator.quantum)


def _tie(indicator: Indicator, subject: str) -> int:
    """A fixed order that differs from item to item, so that the odd piece does not always fall to the same person."""
    return crc32(f"{indicator.indicator}/{subject}".encode())
