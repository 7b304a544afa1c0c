"""Why things are refused in more than one place: what a list tells beforehand and what the step says are the same words."""

from datetime import date
from decimal import Decimal

from services.targets.domain.indicators import Indicator
from shared.vocabulary.refusals import Refusal

NO_LEAVE = Refusal("forbidden", "role.missing", "您没有进行此操作的权限", "your roles do not allow this")
NOT_OFFICE = Refusal("forbidden", "role.missing", "须由考核办办理", "the appraisal office does it")
NOT_OPEN = Refusal("conflict", "cycle.not_open", "考核年度未处于开放状态，不能认领", "claims need an open cycle")
ARCHIVED = Refusal("conflict", "cycle.archived", "考核年度已归档，不再收集建议", "the cycle is archived")
CLOSED = Refusal("conflict", "cycle.closed", "考核年度已进入收尾，不能再修改", "the cycle no longer takes changes")
NOT_ALLOCATED = Refusal(
    "invalid", "claim.not_allocated", "该指标尚未分解到单位", "nothing of it is allocated to the unit"
)
NOT_SHARED_OUT = Refusal(
    "invalid",
    "indicator.not_shared_out",
    "没有可分解数量的这一指标",
    "no such indicator with a quantity to share",
    "indicator",
)
NO_SUCH_UNIT = Refusal("invalid", "unit.unknown", "没有该考核单位", "there is no such scored unit", "unit")
NOT_OF_LINE = Refusal("invalid", "claim.not_eligible", "该指标不属于本单位所在口", "the item is not of the unit's line")


def no_unit(code: str) -> Refusal:
    """Refuse a unit that there is not, where an address names it."""
    return Refusal("missing", "unit.unknown", f"没有单位 {code}", f"there is no unit {code}")


def refuse_pieces(indicator: Indicator, quantity: Decimal, code: str, field: str = "quantity") -> Refusal | None:
    """Refuse a part of a thing where things are counted."""
    if not quantity % indicator.quantum:
        return None
    return Refusal("invalid", code, f"应为 {indicator.quantum} 的整数倍", f"a multiple of {indicator.quantum}", field)


def library_scheduled(library_revision: int, effective: date | None) -> Refusal:
    """Refuse to change a draft that is published already and waits for its day."""
    return Refusal(
        "conflict",
        "library.scheduled",
        f"第 {library_revision} 版已定于 {effective} 生效，修改请先撤回",
        "a library is scheduled: withdraw it before changing it",
    )
