"""What a year's counts come to as one quantity: the measure in which the next year's target will be set."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rules import HALF_UP, RULES, rounded
from services.targets.domain.quantities import plain

Counts = Mapping[str, Decimal]
_DIGITS = 6
PERSON = "person"


@dataclass(frozen=True)
class Reached:
    """One subject's year on one indicator, as it was published."""

    subject: str
    layer: str
    indicator: str
    rule: str
    counts: Counts


def quantity_of(rule: str, counts: Counts) -> Decimal | None:
    """Return the quantity, None where there is no such number: nothing was declared, or lists
    and grades are measured in points alone."""
    if not counts:
        return None
    reached = RULES[rule].measure(counts)
    return None if reached is None else plain(rounded(reached, _DIGITS, HALF_UP))


def bureau_counts(reached: Iterable[Reached]) -> dict[str, tuple[str, Counts]]:
    """Return indicator -> rule and counts of the whole bureau: its people's where
    any of them declared it, else its units'."""
    sums: dict[tuple[str, bool], dict[str, Decimal]] = {}
    rules: dict[str, str] = {}
    of_persons: set[str] = set()
    for one in reached:
        by_person = one.layer == PERSON
        rules[one.indicator] = one.rule
        of_persons |= {one.indicator} if by_person and one.counts else set()
        total = sums.setdefault((one.indicator, by_person), {})
        for key, value in one.counts.items():
            total[key] = total.get(key, Decimal(0)) + value
    return {code: (rule, sums.get((code, code in of_persons), {})) for code, rule in rules.items()}
