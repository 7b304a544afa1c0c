"""What the year's report says in words (总结、下阶段措施): of the bureau or of a unit, a version each time it is written."""

from dataclasses import dataclass
from datetime import datetime

from shared.vocabulary.refusals import conflict

BUREAU = "bureau"
_WRITTEN_IN = ("closing", "closed", "published")


@dataclass(frozen=True)
class ReportText:
    bureau: str
    cycle: str
    scope: str  # bureau, unit
    target: str  # the unit; empty for the bureau
    revision: int
    summary: str
    next_steps: str
    by: str
    at: datetime


def check_written_now(cycle_status: str) -> None:
    """Refuse while the year goes on, which is not yet to be summed up, and once it is archived."""
    if cycle_status == "archived":
        raise conflict("cycle.archived", "考核年度已归档，只能查看", "the cycle is archived: it can only be read")
    if cycle_status not in _WRITTEN_IN:
        zh, en = "考核年度尚未收尾，还不能撰写总结", "the year goes on: it is not summed up yet"
        raise conflict("report_text.too_early", zh, en)
