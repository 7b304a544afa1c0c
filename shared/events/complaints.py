"""What complaints tells the others."""

from decimal import Decimal

from shared.events.declaring import event


@event(owner="complaints", consumers=("declarations",), key=("bureau", "subject", "month"))
class CaseFiguresChanged:
    bureau: str
    subject: str  # person or unit code
    layer: str  # person, division, station
    month: str  # 2026-01
    revision: int
    figures: dict[
        str, dict[str, Decimal]
    ]  # figure -> counts, e.g. {"accepted_in_time": {"numerator": 3, "denominator": 4}}
    by: str
