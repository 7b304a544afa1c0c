"""Units of measure: what is counted in whole things, and what may be split."""

from rules import PERCENT

# Time, money and marks may be split finer than one. Everything else is counted in whole things.
CONTINUOUS_UNITS = frozenset({"小时", "学时", "课时", "工作日", "分钟", "天", "分", "万元"})


def is_counted(measure_unit: str) -> bool:
    """Tell whether quantities in this unit are whole numbers (件, 户次 …) rather than shares, hours or money."""
    return measure_unit != PERCENT and measure_unit not in CONTINUOUS_UNITS
