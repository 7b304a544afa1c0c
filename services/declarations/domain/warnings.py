"""What is taken but told to declarer and verifier: evidence that the library asks for and nobody attached, work that nobody claimed."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import rules
from services.declarations.domain.indicators import Indicator
from shared.vocabulary.refusals import invalid

Warning_ = Mapping[str, str]


def warnings_of(indicator: Indicator | None, declared: Mapping[str, Any]) -> list[Warning_]:
    """Return what is to be told of a declaration's members; of a draft nothing yet."""
    if indicator is None or declared["status"] == "draft":
        return []
    return [*_evidence(indicator, declared), *_target(indicator, declared["target"])]


def check_evidence(indicator: Indicator, machine: Any, evidence: Sequence[str], *, differs: bool) -> None:
    """Refuse a declaration without the evidence that the library names, where the bureau's rule says so."""
    if _lacks(indicator, machine, evidence, differs=differs):
        zh = f"该指标须附：{indicator.evidence}；请上传或写明后再报"
        raise invalid("evidence.missing", zh, f"the item needs evidence: {indicator.evidence}", "evidence")


def _lacks(indicator: Indicator, machine: Any, evidence: Sequence[str], *, differs: bool) -> bool:
    """What a machine counted proves itself."""
    proves_itself = machine is not None and not differs
    return bool(indicator.evidence.strip()) and not proves_itself and not any(one.strip() for one in evidence)


def _evidence(indicator: Indicator, declared: Mapping[str, Any]) -> Iterator[Warning_]:
    if _lacks(indicator, declared["machine"], declared["evidence"], differs=declared["differs"]):
        yield {
            "code": "evidence.missing",
            "zh": f"未附佐证材料；该指标须附：{indicator.evidence}",
            "en": f"no evidence is attached; the item asks for: {indicator.evidence}",
        }


def _target(indicator: Indicator, target: Decimal | None) -> Iterator[Warning_]:
    if rules.RULES[indicator.rule].shared_out and not target:
        zh, en = "尚未认领目标，申报按 0 分计", "no target is claimed: this scores 0"
        yield {"code": "claim.missing", "zh": zh, "en": en}
