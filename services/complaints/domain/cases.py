"""A case as its history makes it (history.py folds it): what it is, who holds it, how far it came. Days are the bureau's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from services.complaints.domain.procedure import Appointment, Archive, Competence, Parties, Recusal, Reward, Supplement
from shared.vocabulary.zones import SHANGHAI

COMPLAINT, REPORT, ENQUIRY, SUGGESTION = "complaint", "report", "enquiry", "suggestion"
BUREAU, ASSOCIATION = "bureau", "association"
AGREEMENT, SETTLED, TERMINATED = "agreement", "settled", "terminated"
FILED, NOT_FILED = "filed", "not_filed"  # a report's outcome: 立案 or not
ANSWERED = "answered"
STOPPED = ("withdrawn", "merged", "voided")  # states in which nothing more is waited for, and which count nowhere


@dataclass(frozen=True)
class Holding:
    """From ``since`` on, the case lies with ``unit`` and, where one is named, with ``handler``."""

    since: datetime
    unit: str
    handler: str | None


@dataclass(frozen=True)
class Supervision:
    """A 督办: by a superior, who wants an answer, or by the clock that was missed."""

    at: datetime
    text: str
    by: str | None  # the person who urged
    automatic: bool = False
    clock: str | None = None  # what was missed, and its last day
    due: date | None = None
    answer_by: date | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Objection:
    """A trader's, to the publication. ``answer_by``: the day until which it is to be decided."""

    objected_at: datetime
    text: str
    answer_by: date | None
    decided_at: datetime | None = None
    decision: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class Finding:
    """A case found justified against a member of staff."""

    number: int  # of the event
    subject: str
    grave: bool
    text: str
    on: date
    by: str


@dataclass(frozen=True)
class Case:
    code: str
    kind: str
    organisation: str  # whose case it is: the bureau's, or the consumer association's own
    number: str
    intake_unit: str
    received_at: datetime
    registered_at: datetime
    status: str = "registered"
    summary: str = ""
    trader: str = ""
    trader_address: str = ""
    channel: str | None = None
    goods: str = ""
    amount: Decimal | None = None  # yuan in dispute
    request: str = ""
    real_name: bool = False  # of a report: the reporter gave a name, which is not kept here
    first_received_at: datetime | None = None  # by the bureau that handed the case on
    linked_to: str | None = None  # the other half of a submission that was both
    registered_by: str = ""
    inherited: bool = False  # told by the release that kept no history: counted as that release did
    unit: str | None = None
    handler: str | None = None
    holdings: tuple[Holding, ...] = ()
    # Who had it by what was on record until then, before each entry that put a dispatch right.
    rewritten: tuple[tuple[datetime, tuple[Holding, ...]], ...] = ()
    assigned_at: datetime | None = None  # the first time: what the dispatch is measured by
    taken_up_at: datetime | None = None
    entrusted: bool = False  # mediation entrusted to the association, both parties' consent recorded (art. 19)
    entrusted_to: str | None = None
    mediator: str | None = None
    consents: frozenset[tuple[str, str]] = frozenset()  # (matter, party)
    contacted_at: datetime | None = None
    decided_at: datetime | None = None
    refusal_ground: str | None = None
    pauses: tuple[tuple[date, date | None], ...] = ()  # appraisal or testing
    restarts: tuple[datetime, ...] = ()  # new facts of a report: the clock runs anew (art. 35)
    wiped: frozenset[datetime] = frozenset()  # restarts before which nothing was missed, as the release before had it
    extensions: tuple[datetime, ...] = ()
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
    follow_ups: int = 0
    repeat_of: str | None = None
    repeat_unit: str | None = None  # who handled the complaint that this one repeats
    repeat_handler: str | None = None
    repeat_concluded: date | None = None  # the day the original was concluded
    stopped_at: datetime | None = None  # withdrawn or merged: nothing more is due
    merged_into: str | None = None
    before_merging: str | None = None  # the status to which it returns
    late_since: date | None = None  # a head consented to entries of what happened from this day on,
    late_until: datetime | None = None  # if they are made by then
    marks: Mapping[str, datetime] = field(default_factory=dict)  # the first time of whatever has no field of its own
    returns: int = 0
    supervised: tuple[Supervision, ...] = ()
    findings: tuple[Finding, ...] = ()
    parties: Parties = field(default_factory=Parties)
    supplements: tuple[Supplement, ...] = ()
    declined: frozenset[str] = frozenset()  # parties that refuse mediation
    appointments: tuple[Appointment, ...] = ()
    recusals: tuple[Recusal, ...] = ()
    form: str | None = None  # of an agreement: 调解书 or a record
    filed_until: date | None = None  # the end of a filed case that was decided together
    competence: Competence = field(default_factory=Competence)
    reported_as: str | None = None  # the report that the complaint became (诉转案)
    reward: Reward | None = None
    redone: bool = False
    archive: Archive | None = None
    published_at: datetime | None = None
    unpublished_at: datetime | None = None
    withheld_at: datetime | None = None
    withheld_until: date | None = None  # the first day on which it may be published; None: for good
    objections: tuple[Objection, ...] = ()
    platform_number: str | None = None  # of the national platform
    nature: str | None = None  # of a filed case: what was infringed
    penalised: bool = False
    fined: Decimal | None = None  # yuan
    worked: frozenset[str] = frozenset()  # persons who handled it, decided or mediated, whoever has it now
    backdated: frozenset[str] = frozenset()  # steps that were recorded long after they happened
    revision: int = 1

    @property
    def accepted(self) -> bool:
        return self.decided_at is not None and self.refusal_ground is None

    @property
    def objected_at(self) -> datetime | None:
        """Tell since when an objection to the publication waits to be decided."""
        last = self.objections[-1] if self.objections else None
        return last.objected_at if last and last.decided_at is None else None

    @property
    def ended_at(self) -> datetime | None:
        """Tell when the filed case was decided."""
        return self.marks.get("end_filed")

    @property
    def supervisions(self) -> int:
        return len(self.supervised)

    @property
    def paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1][1] is None

    @property
    def mediating(self) -> str | None:
        """Tell who mediates: whom the head named, else the handler, unless they were replaced."""
        person = self.mediator or self.handler
        return None if person in self.recused else person

    @property
    def recused(self) -> frozenset[str]:
        return frozenset(one.of for one in self.recusals if one.granted and one.of)

    @property
    def recusal_open(self) -> bool:
        return bool(self.recusals) and self.recusals[-1].decided_at is None

    @property
    def supplementing(self) -> tuple[tuple[date, date | None], ...]:
        """Return the days on which supplements were waited for, at the longest until the day that was set."""
        return tuple(
            (day_of(one.asked_at), min(one.supply_by, day_of(one.supplied_at)) if one.supplied_at else one.supply_by)
            for one in self.supplements
        )

    @property
    def recusing(self) -> tuple[tuple[date, date | None], ...]:
        """Return the days on which a recusal was being decided."""
        return tuple(
            (day_of(one.asked_at), day_of(one.decided_at) if one.decided_at else None) for one in self.recusals
        )

    @property
    def restarted_on(self) -> date | None:
        return day_of(self.restarts[-1]) if self.restarts else None

    @property
    def extended_at(self) -> datetime | None:
        """Tell when the present clock was extended: a restart leaves no extension over."""
        since = self.restarts[-1] if self.restarts else self.received_at
        return next((at for at in self.extensions if self.inherited or at >= since), None)

    def holder_at(self, instant: datetime) -> Holding:
        """Return who held the case at ``instant``; before anybody did, the unit that took it in."""
        return self._holder(self.holdings, instant)

    def holder_on(self, day: date) -> Holding:
        """Return who held the case as ``day`` began, by what was on record then.

        Whoever passes it on that day still answers for it, and so does whoever puts the dispatch right afterwards.
        """
        began = start_of(day)
        known = next((before for recorded, before in self.rewritten if recorded >= began), self.holdings)
        return self._holder(known, began)

    def _holder(self, holdings: tuple[Holding, ...], instant: datetime) -> Holding:
        held = [one for one in holdings if one.since <= instant]
        return held[-1] if held else (holdings or (Holding(self.received_at, self.intake_unit, None),))[0]


def day_of(instant: datetime) -> date:
    """Return the calendar day in Shanghai: never a multiple of 24 hours."""
    return instant.astimezone(SHANGHAI).date()


def start_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


def local(instant: datetime) -> datetime:
    """Return the bureau's wall clock, without a zone."""
    return instant.astimezone(SHANGHAI).replace(tzinfo=None)
