"""Quantities that cannot be true, or hardly (docs/decisions/0240): fractions of what is counted whole, and more than anybody does."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import rules
from services.declarations.domain.quantities import name_of
from services.declarations.domain.words import Counts
from shared.vocabulary.library import WHOLE_UNITS
from shared.vocabulary.refusals import Refused, invalid

TIMES_THE_TARGET = 10  # of the whole year, within one period


@dataclass(frozen=True)
class Bounds:
    """Above ``confirm`` the person confirms a quantity; above ``refuse`` it is not taken."""

    confirm: Decimal = Decimal(1_000)
    refuse: Decimal = Decimal(1_000_000)

    def for_target(self, target: Decimal | None) -> "Bounds":
        """Return the bounds of whoever has claimed ``target``: nobody bounded them, and the target says what is usual."""
        if not target or self != USUAL:
            return self
        usual = target * TIMES_THE_TARGET
        return Bounds(usual, max(usual, self.refuse))


USUAL = Bounds()


def impossible(
    rule: str, unit: str, counts: Counts, bounds: Bounds, *, parts: bool = False
) -> Iterator[rules.RuleFault]:
    """Yield the faults of sound quantities that cannot be true; ``parts``: they are somebody's part of a whole."""
    known = rules.RULES[rule].quantities
    for key, value in counts.items():
        named = name_of(key)
        measured = key not in known or known[key].in_unit
        if unit in WHOLE_UNITS and measured and not parts and value != value.to_integral_value():
            yield _fault("whole", key, f"{named}以“{unit}”计，应为整数", f"{key} is counted whole")
        if value > bounds.refuse:
            zh = f"{named} {value:f} 超过该指标可能的上限 {bounds.refuse:f}，请核对"
            yield _fault("impossible", key, zh, f"{key} is above the {bounds.refuse:f} that can be true")


def check_confirmed(counts: Counts, bounds: Bounds) -> None:
    """Refuse a quantity that is hardly true as long as the person has not confirmed it."""
    for key, value in counts.items():
        if value > bounds.confirm:
            raise _unconfirmed(key, value, bounds)


def check_bounds(confirm: Decimal, refuse: Decimal) -> None:
    """Refuse bounds of which the last one would never be reached."""
    if not 0 <= confirm <= refuse:
        zh, en = "须核对的数量应不小于 0、不大于不予接受的数量", "0 ≤ confirm_above ≤ refuse_above"
        raise invalid("bounds.order", zh, en, "confirm_above")


def _unconfirmed(key: str, value: Decimal, bounds: Bounds) -> Refused:
    zh = f"{name_of(key)} {value:f} 超过通常的 {bounds.confirm:f}，请核对；确实如此请勾选“已核对”后再报"
    en = f"{key} {value:f} is above the usual {bounds.confirm:f}: check it, and send it as confirmed if it is true"
    return invalid("counts.unconfirmed", zh, en, f"counts.{key}")


def _fault(code: str, key: str, zh: str, en: str) -> rules.RuleFault:
    return rules.RuleFault(f"counts.{code}", key, zh, en)
