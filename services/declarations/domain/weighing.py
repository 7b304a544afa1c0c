"""What a declared quantity is worth, and whether it may be declared so."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import rules
from services.declarations.domain.indicators import Indicator
from services.declarations.domain.plausibility import check_confirmed
from services.declarations.domain.prefill import same_counts
from services.declarations.domain.words import ZERO, Counts
from shared.vocabulary.refusals import Refused, invalid


@dataclass(frozen=True)
class Scale:
    """What counts are weighed with: the rule, the subject's own target (rule ratio), what the machine counted."""

    indicator: Indicator
    target: Decimal | None
    machine: Counts | None
    rounding: str

    @property
    def nothing_happened(self) -> bool:
        """Tell whether the machine had nothing to measure: the item is not
        applicable in this period (data README, 边界约定)."""
        return self.machine is not None and rules.not_applicable(self.indicator.rule, self.machine)

    def incomplete(self, counts: Counts | None) -> bool:
        """Tell whether a quantity is still to be filled in."""
        if counts is None or (self.machine is not None and same_counts(counts, self.machine)):
            return self.machine is None
        return any(fault.code == "counts.missing" for fault in self.indicator.count_faults(counts))


@dataclass(frozen=True)
class Weighed:
    counts: Counts
    not_applicable: bool
    differs: bool  # from the machine's
    points: Decimal


def weigh(scale: Scale, counts: Counts | None, remark: str, *, draft: bool = False, confirmed: bool = True) -> Weighed:
    """Weigh ``counts`` (by default the machine's) with their points;
    ``Refused`` where they do not fit or lack a remark.

    A ``draft`` may lack it still. ``confirmed``: a person looked at them once more, or decided them.
    """
    chosen = counts if counts is not None else scale.machine
    if chosen is None:
        raise invalid("counts.missing", "没有填写数量，也没有可取的机器数据", "no quantity given, none known", "counts")
    differs = scale.machine is not None and not same_counts(chosen, scale.machine)
    if differs or scale.machine is None:  # a machine's sums stand as they are, a numerator without denominator too
        scale.indicator.check_counts(chosen, scale.target, machine=scale.machine)
        if not (draft or confirmed):
            check_confirmed(chosen, scale.indicator.bounds.for_target(scale.target))
    if differs and not draft:
        _check_difference(scale, chosen, remark)
    idle = scale.nothing_happened and not differs
    points = ZERO if idle else scale.indicator.points(chosen, scale.target, scale.rounding)
    return Weighed(chosen, idle, differs, points)


def missing_to_declare(scale: Scale, counts: Counts | None, remark: str, evidence: Sequence[str]) -> list[str]:
    """Return what has still to be given: counts; where they differ from the machine's, a remark and a proof."""
    if scale.incomplete(counts):
        return ["counts"]
    if counts is None or scale.machine is None or same_counts(counts, scale.machine):
        return []
    wanted = {"remark": remark.strip(), "evidence": any(one.strip() for one in evidence)}
    return [name for name, given in wanted.items() if not given]


def explained(
    indicator: Indicator, counts: Counts, target: Decimal | None, rounding: str, points: Decimal
) -> str | None:
    """Return the arithmetic behind ``points``; None where there is none, or where the rule has been changed since."""
    if rules.not_applicable(indicator.rule, counts) or indicator.points(counts, target, rounding) != points:
        return None
    return rules.explain(indicator.rule, indicator.rule_params, indicator.full_points, counts, target, rounding)


def check_self_points(given: Decimal | None, computed: Decimal) -> Decimal:
    """Return the self score, checked: what the rule gives, or less; never more."""
    if given is None:
        return computed
    if given > computed:
        raise invalid(
            "self_points.above",
            f"自评分 {given} 高于按规则计算的 {computed} 分",
            f"the self score {given} is above the {computed} that the rule gives",
            "self_points",
        )
    return given


def check_proof(evidence: Sequence[str]) -> None:
    """Check that whoever says that the machine is wrong shows it."""
    if not any(one.strip() for one in evidence):
        raise invalid(
            "evidence.required",
            "申报数与机器数据不一致，须附佐证材料",
            "the counts differ from the machine's: they need a proof",
            "evidence",
        )


def _check_difference(scale: Scale, counts: Counts, remark: str) -> None:
    if not remark.strip():
        raise _unexplained(scale.machine or {})
    if rules.not_applicable(scale.indicator.rule, counts):
        raise invalid(
            "counts.denominator",
            "机器数据显示本期有应计件数，分母不能申报为 0",
            "the machine counted something: the denominator cannot be 0",
            "counts.denominator",
        )


def _unexplained(machine: Counts) -> Refused:
    known = "，".join(f"{key} {value}" for key, value in machine.items())
    return invalid(
        "remark.required",
        f"申报数与机器数据（{known}）不一致，请在备注中说明",
        f"the counts differ from the machine's ({known}): a remark must say why",
        "remark",
    )
