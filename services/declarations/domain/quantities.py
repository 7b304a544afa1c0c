"""Which quantities an item asks for, what they are called and in what they are measured."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, TypedDict

import rules
from rules import PERCENT
from services.declarations.domain.words import Counts


class Quantity(TypedDict):
    key: str
    label: str
    unit: str
    machine: Decimal | None
    declared: Decimal | None


def name_of(key: str) -> str:
    """Return what a quantity is called, as the library and the explanation of a score call it."""
    return rules.QUANTITIES.get(key, key)


def keys_of(rule: str, params: Mapping[str, Any]) -> Sequence[str]:
    """Return the quantities that a rule counts, in the order of its table."""
    return rules.RULES[rule].keys(params)


def quantities(
    rule: str, params: Mapping[str, Any], measure_unit: str, machine: Counts | None, declared: Counts | None
) -> list[Quantity]:
    """Return each quantity with its name, its unit, and what the machine and the declarer counted."""
    known = rules.RULES[rule].quantities
    return [
        {
            "key": key,
            "label": name_of(key),
            "unit": measure_unit if measure_unit != PERCENT and (key not in known or known[key].in_unit) else "",
            "machine": (machine or {}).get(key),
            "declared": (declared or {}).get(key),
        }
        for key in keys_of(rule, params)
    ]
