"""Whole numbers that a bureau may set otherwise, each from a day on (law 8): what happened before keeps what held then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from shared.vocabulary.refusals import conflict, invalid


@dataclass(frozen=True)
class DatedRule:
    """``default`` holds before the first day from which a bureau set it, within ``least`` and ``most``."""

    default: int
    least: int = 0
    most: int = 10_000


@dataclass(frozen=True)
class DatedRules:
    """``dated``: rule -> ascending (first day, value)."""

    known: Mapping[str, DatedRule]
    dated: Mapping[str, Sequence[tuple[date, int]]] = field(default_factory=dict)

    def on(self, rule: str, day: date) -> int:
        """Return what ``rule`` says for ``day``."""
        held = [value for starts, value in self.dated.get(rule, ()) if starts <= day]
        return held[-1] if held else self.known[rule].default


def check_dated(known: Mapping[str, DatedRule], rule: str, starts: date, value: int, today: date) -> None:
    """Refuse a value out of its bounds, and one from a day that has passed: what was decided then was decided by another."""
    least, most = known[rule].least, known[rule].most
    if not least <= value <= most:
        raise invalid("rule.range", f"应在 {least} 与 {most} 之间", f"it lies between {least} and {most}", "value")
    if starts < today:
        raise conflict("rule.past", "不能从已过去的日期起施行", "it holds from today on at the earliest", "starts")
