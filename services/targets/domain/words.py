"""What the sheets may say beside the words of the vocabulary: units of measure and machine figures (data/README.md §一, §四)."""

from collections.abc import Mapping

from shared.vocabulary.library import NATURES
from shared.vocabulary.organisation import ALL_LINES, ALL_LINES_NAME, LAYERS
from shared.vocabulary.organisation import UNIT_KINDS as KINDS

__all__ = ["KINDS", "LAYERS", "NATURES"]

YES_NO = {"yes": "是", "no": "否"}

# Units whose measures may be split finer than one: time, money and marks. Everything else is counted in whole things.
CONTINUOUS_UNITS = frozenset({"小时", "学时", "课时", "工作日", "分钟", "天", "分", "万元"})
PERCENT = "%"

# Figures that clocks and the 12315 network deliver, by the source that delivers them (data/README.md, 直接取数的指标).
FIGURES = {
    "attendance": (
        "late_early",
        "absence",
        "missed_punches",
        "unit_attendance",
        "meeting_absences",
        "study_sign_in",
    ),
    "complaints": (
        "accepted_in_time",
        "concluded_in_time",
        "mediation_success",
        "recovered_loss",
        "first_contact_days",
        "repeat_complaints",
        "dispatch_hours",
        "agreement_performance",
        "reports_verified_in_time",
        "report_result_told_in_time",
        "follow_ups",
        "follow_up_satisfaction",
    ),
}


def is_counted(measure_unit: str) -> bool:
    """Whether quantities in this unit are whole numbers (件, 户次 …) rather than shares, hours or money."""
    return measure_unit != PERCENT and measure_unit not in CONTINUOUS_UNITS


def with_all(lines: Mapping[str, str]) -> dict[str, str]:
    """The lines and the word for what is common to them."""
    return {**lines, ALL_LINES: ALL_LINES_NAME}
