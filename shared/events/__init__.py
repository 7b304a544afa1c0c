"""Every event of the system, one file per owner. ``REGISTRY`` maps wire names to their types."""

from shared.events.attendance import AttendanceMonthChanged
from shared.events.complaints import CaseFiguresChanged, CaseNotice, VetoProposed
from shared.events.declarations import (
    AppealChanged,
    ContributionChanged,
    DeclarationChanged,
    EvaluationChanged,
    EvaluationChangedV1,
    NoticeGiven,
    SpotCheckChanged,
    TaskOrderChanged,
    VetoChanged,
)
from shared.events.declaring import REGISTRY, EventType, event_type
from shared.events.scoring import (
    ConversationChanged,
    ImprovementChanged,
    IndicatorProposed,
    ItemResult,
    ResultsChanged,
    ScoresPublished,
    ScoresPublishedV1,
)
from shared.events.targets import (
    Assignment,
    ClaimChanged,
    ClaimChangedV1,
    CycleChanged,
    IndicatorChanged,
    ModelChanged,
    Period,
    PersonChanged,
    UnitChanged,
)

__all__ = [
    "REGISTRY",
    "AppealChanged",
    "Assignment",
    "AttendanceMonthChanged",
    "CaseFiguresChanged",
    "CaseNotice",
    "ClaimChanged",
    "ClaimChangedV1",
    "ContributionChanged",
    "ConversationChanged",
    "CycleChanged",
    "DeclarationChanged",
    "EvaluationChanged",
    "EvaluationChangedV1",
    "EventType",
    "ImprovementChanged",
    "IndicatorChanged",
    "IndicatorProposed",
    "ItemResult",
    "ModelChanged",
    "NoticeGiven",
    "Period",
    "PersonChanged",
    "ResultsChanged",
    "ScoresPublished",
    "ScoresPublishedV1",
    "SpotCheckChanged",
    "TaskOrderChanged",
    "UnitChanged",
    "VetoChanged",
    "VetoProposed",
    "event_type",
]
