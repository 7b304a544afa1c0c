"""What scoring tells the others."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from shared.events.declaring import event


@event(owner="scoring", consumers=("declarations",), key=("bureau", "run"), version=2)
class ScoresPublished:
    bureau: str
    cycle: str
    run: str
    revision: int
    status: str  # frozen, approved, published
    input_hash: str
    result_hash: str
    published_on: date | None  # once published
    objections_until: date | None  # the last day on which appeals against its scores are taken; None: it names none
    by: str


@event(owner="scoring", consumers=("declarations",), key=("bureau", "run"), name="ScoresPublished")  # no longer sent
class ScoresPublishedV1:
    bureau: str
    cycle: str
    run: str
    revision: int
    status: str  # frozen, approved, published
    input_hash: str
    result_hash: str
    by: str


@event(owner="scoring", consumers=("declarations",), key=("bureau", "improvement"))
class ImprovementChanged:
    """A measure that follows from a weak item. Ordered, it becomes the task order of the same id; withdrawn, that is withdrawn."""

    bureau: str
    improvement: str
    revision: int
    run: str
    subject: str
    layer: str
    unit: str
    weak_indicator: str  # what scored low
    cycle: str  # in which the order is issued
    indicator: str  # under which it is issued, an item of accountability
    period: str
    status: str  # proposed, ordered, dropped, withdrawn
    title: str
    standard: str
    deadline: date
    reason: str  # of dropping or withdrawing
    proposed_by: str
    ordered_by: str | None
    by: str


@event(owner="scoring", consumers=("declarations",), key=("bureau", "conversation"))
class ConversationChanged:
    """Where a talk stands, without a word of what was said: the people concerned are told of it."""

    bureau: str
    conversation: str  # the run, or the year where it comes before the results, and the subject
    revision: int
    kind: str  # before, after
    cycle: str
    subject: str  # a unit or one of the staff
    unit: str  # the subject itself where it is one
    status: str  # asked, drafted, offered, returned, confirmed
    held_on: date  # on which it is to be held, while it is asked for
    head: str  # who leads it
    by: str


@event(owner="scoring", consumers=("targets",), key=("bureau", "proposal"))
class IndicatorProposed:
    """What a run showed of an indicator, as a proposal to change it."""

    bureau: str
    cycle: str
    proposal: str
    revision: int
    run: str
    indicator: str
    action: str  # change, remove
    changes: dict[str, Any]  # the sheet's columns; numbers as strings
    reason: str
    person: str | None
    account: str
    at: datetime
    by: str


@dataclass(frozen=True)
class ItemResult:
    indicator: str
    rule: str  # by which the counts are to be understood
    counts: dict[str, Decimal]  # of the year, as they were scored; empty where nothing was declared
    target: Decimal | None  # the subject's own
    points: Decimal | None  # None where the item did not apply


@event(owner="scoring", consumers=("targets",), key=("bureau", "cycle", "subject"))
class ResultsChanged:
    """What a subject reached in a cycle, item by item, as it was published."""

    bureau: str
    cycle: str
    subject: str  # unit or person code
    layer: str  # division, station, person
    unit: str
    revision: int  # the how-manieth publication of the cycle
    status: str  # published; withdrawn: the last publication no longer has the subject
    run: str
    items: list[ItemResult]
    by: str
