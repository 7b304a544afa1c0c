"""Indicators, as far as declaring, ordering and judging need them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import rules
from services.declarations.domain.cycles import Period
from services.declarations.domain.organisation import Subject
from services.declarations.domain.plausibility import USUAL, Bounds, impossible
from services.declarations.domain.words import PANEL, ZERO, Counts
from shared.vocabulary.organisation import LAYERS, LINES
from shared.vocabulary.refusals import Refusal, Refused, conflict, invalid


@dataclass(frozen=True)
class Indicator:
    indicator: str
    name: str
    category: str
    tool: str
    line: str
    layers: tuple[str, ...]
    measure_unit: str
    full_points: Decimal
    rule: str
    rule_params: Mapping[str, Any]
    frequency: str
    assessor: str  # unit code
    standard: str
    evidence: str
    source: str
    figure: str | None
    active: bool
    assessed_by_body: bool = False  # the assessor is no section but the panel itself
    bounds: Bounds = USUAL  # beyond which a quantity is hardly true, or cannot be

    def suits(self, subject: Subject, lines: Collection[str] | None = None) -> bool:
        """Tell whether it is an item of ``subject``: by layer, and by line; ``lines``: which, by default the one of now."""
        return subject.layer in self.layers and subject.answers_to(self.line, lines or {subject.line})

    def assessor_for(self, unit: str) -> str:
        """Tell who assesses items of ``unit`` and its people: a section never its
        own, the panel stands in (data README §1)."""
        return PANEL if self.assessed_by_body or self.assessor == unit else self.assessor

    def points(self, counts: Counts, target: Decimal | None, rounding: str) -> Decimal:
        """Return the points that the rule gives for ``counts``; nothing to measure (denominator 0) earns nothing."""
        if rules.not_applicable(self.rule, counts):
            return ZERO
        return rules.points(self.rule, self.rule_params, self.full_points, counts, target, rounding=rounding)

    def count_faults(self, counts: Counts) -> list[rules.RuleFault]:
        return rules.check_counts(self.rule, self.rule_params, counts)

    def check_counts(
        self, counts: Counts, target: Decimal | None = None, *, machine: Counts | None = None, parts: bool = False
    ) -> None:
        """Refuse quantities that do not fit the rule, or cannot be true; a rate above the whole only where the ``machine`` has none either.

        ``parts``: of an achievement of several.
        """
        bounds = self.bounds.for_target(target)
        faults = self.count_faults(counts) or [*impossible(self.rule, self.measure_unit, counts, bounds, parts=parts)]
        if not faults and not (machine and rules.rate_faults(self.rule, self.measure_unit, machine)):
            faults = rules.rate_faults(self.rule, self.measure_unit, counts)
        if faults:
            raise Refused(
                *(Refusal("invalid", fault.code, fault.zh, fault.en, f"counts.{fault.path}") for fault in faults)
            )


def check_tool(indicator: Indicator, *tools: str) -> None:
    """Raise ``Refused`` where the indicator is retired, not worked with one of
    ``tools``, or a veto (those have no points)."""
    code = indicator.indicator
    if not indicator.active:
        raise invalid("indicator.retired", f"指标 {code} 已停用", f"indicator {code} is retired", "indicator")
    if indicator.tool not in tools or rules.RULES[indicator.rule].strikes:
        raise invalid(
            "indicator.tool",
            f"指标 {code} 不用这一办法考核",
            f"indicator {code} is not appraised this way",
            "indicator",
        )


def check_claim_held(indicator: Indicator, *, released: bool) -> None:
    """Refuse an item that is shared out and whose claim was given back."""
    if released and rules.RULES[indicator.rule].shared_out:
        code = indicator.indicator
        raise conflict(
            "claim.released",
            f"指标 {code} 的认领已释放，申报不得分；请先重新认领",
            f"the claim of {code} was released: a declaration would score nothing; claim it again first",
            "indicator",
        )


def check_veto(indicator: Indicator) -> None:
    code = indicator.indicator
    if not indicator.active or not rules.RULES[indicator.rule].strikes:
        raise invalid("indicator.tool", f"指标 {code} 不是否决项", f"indicator {code} is no veto", "indicator")


def check_suits(indicator: Indicator, subject: Subject, period: Period | None = None) -> None:
    """Check that it is an item of ``subject`` now, or was one in ``period``."""
    lines = {subject.line, *(subject.lines_in(period) if period else ())}
    if not indicator.suits(subject, lines):
        raise invalid(
            "indicator.not_applicable",
            f"指标 {indicator.indicator} 不由 {subject.code} 承担（{LAYERS.get(subject.layer, subject.layer)}，{LINES.get(subject.line, '所在口')}）",
            f"indicator {indicator.indicator} is no item of {subject.code} ({subject.layer}, line {subject.line})",
            "indicator",
        )
