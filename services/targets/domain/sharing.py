"""Who can carry how much of what: eligibility by line, unit kind and position, and capacity pro rata of time.

All of it is data of the cycle (``SharingSettings``), so that an office can say that station clerks at the counter take no
inspections, or that a nursing mother counts for half, and everybody can read that it did.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from services.targets.domain.indicators import Indicator
from shared.vocabulary.organisation import ALL_LINES

WEIGHT_OF_ONE = 10_000  # a full year of a full person, as the whole number that apportionment takes


@dataclass(frozen=True)
class EligibilityRule:
    """Items whose code begins with ``prefix`` are shared out only to these unit kinds, and among positions as said."""

    prefix: str
    unit_kinds: tuple[str, ...] = ()  # none: every kind
    positions: tuple[str, ...] = ()  # none: every position
    not_positions: tuple[str, ...] = ()

    def lets(self, member: "Member") -> bool:
        return (
            (not self.unit_kinds or member.unit_kind in self.unit_kinds)
            and (not self.positions or member.position in self.positions)
            and member.position not in self.not_positions
        )


@dataclass(frozen=True)
class SharingSettings:
    """How targets are forecast and shared out. Everything not said counts in full."""

    smoothing: Decimal = Decimal("0.5")  # α of exponential smoothing: the weight of the last year
    ratchet: Decimal = Decimal("0.3")  # λ: how far a forecast is drawn to the peers' median
    trend: Decimal = Decimal("0.8")  # φ: how much of a trend goes on
    years: int = 3  # of the past that a trend and a median are taken of
    lowest: Decimal = Decimal("0.9")  # of last year's result: no target of its own falls below (data/README.md §三, 4)
    highest: Decimal = Decimal("1.2")  # … or rises above
    positions: Mapping[str, Decimal] = field(default_factory=dict)  # position -> share of a full load
    persons: Mapping[str, Decimal] = field(default_factory=dict)  # person -> the same, by name
    eligibility: tuple[EligibilityRule, ...] = ()


@dataclass(frozen=True)
class Member:
    """One of the scored staff on the reference day. ``time``: the part of the year they hold the place."""

    person: str
    unit: str
    line: str
    position: str = ""
    unit_kind: str = ""
    time: Fraction = Fraction(1)


class Staff:
    """The members with what each counts, found by item. Built once for a whole library."""

    def __init__(self, members: Iterable[Member], settings: SharingSettings | None = None) -> None:
        self.settings = settings or SharingSettings()
        counted = ((one, _weight(one, self.settings)) for one in sorted(members, key=lambda one: one.person))
        self.weights = {one.person: (one, own) for one, own in counted if own > 0}
        self._found: dict[tuple[str, tuple[EligibilityRule, ...]], dict[str, dict[str, int]]] = {}

    def of(self, indicator: Indicator) -> dict[str, dict[str, int]]:
        """Return unit -> person -> weight, of those whose line, unit kind and
        position let a share be proposed to them."""
        rules = tuple(rule for rule in self.settings.eligibility if indicator.indicator.startswith(rule.prefix))
        key = (indicator.line, rules)
        if key not in self._found:
            self._found[key] = self._find(*key)
        return self._found[key]

    def _find(self, line: str, rules: tuple[EligibilityRule, ...]) -> dict[str, dict[str, int]]:
        by_unit: dict[str, dict[str, int]] = {}
        for person, (member, own) in self.weights.items():
            if line in (ALL_LINES, member.line) and all(rule.lets(member) for rule in rules):
                by_unit.setdefault(member.unit, {})[person] = own
        return by_unit

    @property
    def units(self) -> list[str]:
        return sorted({member.unit for member, _ in self.weights.values()})


def _weight(member: Member, settings: SharingSettings) -> int:
    """A full year of full work is ``WEIGHT_OF_ONE``; 0 takes nothing."""
    share = Fraction(settings.positions.get(member.position, Decimal(1)))
    share *= Fraction(settings.persons.get(member.person, Decimal(1)))
    return round(member.time * share * WEIGHT_OF_ONE)


def drawn_weights(capacities: Mapping[str, int], rates: Mapping[str, Fraction], ratchet: Decimal) -> dict[str, int]:
    """Return what each counts: their capacity, times what they reached before per capacity, drawn to the median of all.

    Who has no past counts as the median; without any past everyone counts as their capacity alone. Drawing towards the
    median by the ratchet's λ keeps it from paying to hold back: a high result raises next year's share only in part.
    """
    known = sorted(rate for name, rate in rates.items() if name in capacities and rate > 0)
    if not known:
        return dict(capacities)
    median, drawn = middle(known), Fraction(ratchet)
    return {
        name: max(1, round(own * ((1 - drawn) * rates.get(name, median) / median + drawn)))
        for name, own in capacities.items()
    }


def middle(values: Sequence[Fraction]) -> Fraction:
    """Return the median of sorted values."""
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2
