"""What scoring tells the others."""

from dataclasses import dataclass
from decimal import Decimal

from shared.events.declaring import event


@event(owner="scoring", takers=("declarations",), key=("bureau", "run"))
class ScoresPublished:
    bureau: str
    cycle: str
    run: str
    revision: int
    status: str  # frozen, approved, published
    input_hash: str
    result_hash: str
    by: str


@dataclass(frozen=True)
class ItemResult:
    indicator: str
    rule: str  # by which the counts are to be understood
    counts: dict[str, Decimal]  # of the year, as they were scored; empty where nothing was declared
    target: Decimal | None  # the subject's own
    points: Decimal | None  # None where the item did not apply


@event(owner="scoring", takers=("targets",), key=("bureau", "cycle", "subject"))
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
