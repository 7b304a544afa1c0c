"""What complaints tells the others."""

from datetime import date
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


@event(owner="complaints", consumers=("declarations",), key=("bureau", "proposal"))
class VetoProposed:
    """A case that was found justified against a member of staff, gravely. ``withdrawn``: the finding was annulled."""

    bureau: str
    proposal: str
    revision: int
    cycle: str  # the year of the finding
    case: str
    number: str  # the case's, as people know it
    subject: str  # person
    indicator: str
    reason: str
    fact_on: date
    status: str  # proposed, withdrawn
    by: str  # who found so


@event(owner="complaints", consumers=("declarations",), key=("bureau", "notice"))
class CaseNotice:
    """Something to be told to a person or a duty about a case; told once, at an hour at which it may ring."""

    bureau: str
    notice: str
    revision: int
    cycle: str
    case: str  # empty: about the calendar
    kind: str
    about: str
    address: str  # person:P1, head:S01, desk:complaints_centre
    channel: str  # screen, duty_phone
    phone: str  # of the duty phone
    told_on: date
    due_on: date
    zh: str
    en: str
    by: str


@event(owner="complaints", consumers=("declarations",), key=("bureau", "lead"))
class LeadRaised:
    """What the centre learnt about goods or a trader and sends to a line, of which a task order is made. Never who reported."""

    bureau: str
    lead: str
    revision: int
    cycle: str  # the year of the deadline
    source: str  # hot_spot, sample, case
    about: str  # what it came from, in words
    title: str
    text: str
    line: str
    unit: str  # which is to act
    deadline: date
    status: str  # raised, withdrawn
    reason: str  # why it was withdrawn
    by: str
