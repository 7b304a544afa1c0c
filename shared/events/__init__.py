"""Every event of the system, one file per owner. ``REGISTRY`` maps wire names to their types."""

from shared.events.attendance import AttendanceMonthChanged
from shared.events.complaints import CaseFiguresChanged
from shared.events.declarations import (
    ContributionChanged,
    DeclarationChanged,
    EvaluationChanged,
    EvaluationChangedV1,
    TaskOrderChanged,
    VetoChanged,
)
from shared.events.declaring import REGISTRY, EventType, event_type
from shared.events.scoring import ScoresPublished
from shared.events.targets import (
    Assignment,
    ClaimChanged,
    CycleChanged,
    IndicatorChanged,
    Period,
    PersonChanged,
    UnitChanged,
)

__all__ = [
    "REGISTRY",
    "Assignment",
    "AttendanceMonthChanged",
    "CaseFiguresChanged",
    "ClaimChanged",
    "ContributionChanged",
    "CycleChanged",
    "DeclarationChanged",
    "EvaluationChanged",
    "EvaluationChangedV1",
    "EventType",
    "IndicatorChanged",
    "Period",
    "PersonChanged",
    "ScoresPublished",
    "TaskOrderChanged",
    "UnitChanged",
    "VetoChanged",
    "event_type",
]
