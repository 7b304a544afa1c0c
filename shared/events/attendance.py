"""What attendance tells the others."""

from decimal import Decimal

from shared.events.declaring import event


@event(owner="attendance", consumers=("declarations", "scoring"), key=("bureau", "subject", "month"))
class AttendanceMonthChanged:
    bureau: str
    subject: str  # person or unit code
    layer: str  # person, division, station
    month: str  # 2026-01
    revision: int
    figures: dict[str, dict[str, Decimal]]  # figure -> counts, e.g. {"late_early": {"late": 1, "early": 0}}
    by: str
