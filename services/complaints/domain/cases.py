"""A case: a complaint (投诉) or a report (举报), what happened to it and when. Instants are aware; days are the bureau's."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

COMPLAINT, REPORT = "complaint", "report"
BUREAU, ASSOCIATION = "bureau", "association"
AGREEMENT, SETTLED, TERMINATED = "agreement", "settled", "terminated"
FILED, NOT_FILED = "filed", "not_filed"  # a report's outcome: 立案 or not
SATISFIED, BASICALLY, DISSATISFIED = "satisfied", "basically", "dissatisfied"
_SHANGHAI = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Case:
    code: str
    kind: str
    organisation: str  # whose case it is: the bureau's, or the consumer association's own
    number: str
    intake_unit: str
    received_at: datetime
    registered_at: datetime
    summary: str = ""
    trader: str = ""
    consumer: str = ""  # of a complaint; a reporter's name is never kept
    unit: str | None = None
    handler: str | None = None
    assigned_at: datetime | None = None  # the first time: what the dispatch is measured by
    entrusted: bool = False  # mediation entrusted to the association, both parties' consent recorded (art. 19)
    contacted_at: datetime | None = None
    decided_at: datetime | None = None
    refusal_ground: str | None = None
    pauses: tuple[tuple[date, date | None], ...] = field(default=())  # appraisal or testing
    restarted_on: date | None = None  # new facts of a report: the clock runs anew (art. 35)
    extended_at: datetime | None = None
    concluded_at: datetime | None = None
    outcome: str | None = None
    termination_ground: str | None = None
    recovered: Decimal = Decimal(0)  # yuan
    voucher: bool = False
    perform_by: date | None = None
    performed_on: date | None = None
    must_tell: bool = False
    told_at: datetime | None = None
    followed_up_at: datetime | None = None
    answered: bool = False
    satisfaction: str | None = None
    repeat_of: str | None = None
    repeat_unit: str | None = None  # who handled the complaint that this one repeats
    repeat_handler: str | None = None
    repeat_concluded: date | None = None  # the day the original was concluded
    revision: int = 1

    @property
    def status(self) -> str:
        """registered, assigned, accepted, refused, concluded; a report is concluded once verified."""
        if self.concluded_at:
            return "concluded"
        if self.decided_at:
            return "refused" if self.refusal_ground else "accepted"
        return "assigned" if self.assigned_at else "registered"

    @property
    def accepted(self) -> bool:
        return self.decided_at is not None and self.refusal_ground is None

    @property
    def paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1][1] is None


def day_of(instant: datetime) -> date:
    """The calendar day in Shanghai: never a multiple of 24 hours."""
    return instant.astimezone(_SHANGHAI).date()


def local(instant: datetime) -> datetime:
    """The bureau's wall clock, without a zone."""
    return instant.astimezone(_SHANGHAI).replace(tzinfo=None)
