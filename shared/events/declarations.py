"""What declarations tells the others. ``counts`` are the quantities a rule works on (see the package rules);
each state carries those that now stand: the assessor's once assessed, else the declarer's."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shared.events.declaring import event


@event(owner="declarations", consumers=("scoring",), key=("bureau", "declaration"))
class DeclarationChanged:
    bureau: str
    cycle: str
    declaration: str
    revision: int
    indicator: str
    subject: str
    layer: str
    period: str
    status: str  # draft, declared, verified, assessed, recorded, returned
    not_applicable: bool  # a machine ratio whose denominator is 0
    counts: dict[str, Decimal]
    self_points: Decimal
    points: Decimal  # by the rule from the counts that stand
    declared_by: str
    verified_by: str | None
    assessed_by: str | None
    by: str


@event(owner="declarations", consumers=("scoring", "complaints"), key=("bureau", "order"))
class TaskOrderChanged:
    bureau: str
    cycle: str
    order: str
    revision: int
    indicator: str
    subject: str
    layer: str
    period: str
    status: str  # issued, accepted, completed, judged, withdrawn
    counts: dict[str, Decimal]  # empty until judged
    issued_by: str
    judged_by: str | None
    by: str


@event(owner="declarations", consumers=("scoring",), key=("bureau", "contribution"))
class ContributionChanged:
    bureau: str
    cycle: str
    contribution: str
    revision: int
    indicator: str
    subject: str
    layer: str
    period: str
    status: str  # declared, screened, settled, rejected, returned
    counts: dict[str, Decimal]  # empty until settled
    declared_by: str
    settled_by: str | None
    by: str


@event(owner="declarations", consumers=("scoring",), key=("bureau", "campaign", "subject"), version=2)
class EvaluationChanged:
    bureau: str
    cycle: str
    campaign: str
    revision: int
    indicator: str
    subject: str
    layer: str
    period: str
    status: str  # open, closed, withdrawn
    counts: dict[
        str, Decimal
    ]  # grade -> votes, on one scale where they are weighted; their mean is what counts; empty until closed
    votes: int  # ballots behind them
    left_out: list[str]  # rater groups under their minimum
    adjusted: Decimal | None  # mean coefficient adjusted for the raters' severity, four decimals; None: not known
    by: str


@event(
    owner="declarations", consumers=("scoring",), key=("bureau", "campaign", "subject"), name="EvaluationChanged"
)  # no longer sent
class EvaluationChangedV1:
    bureau: str
    cycle: str
    campaign: str
    revision: int
    indicator: str
    subject: str
    layer: str
    period: str
    status: str  # open, closed
    counts: dict[str, Decimal]  # grade -> votes; empty until closed
    by: str


@event(owner="declarations", consumers=("scoring",), key=("bureau", "veto"))
class VetoChanged:
    bureau: str
    cycle: str
    veto: str
    revision: int
    indicator: str
    subject: str
    layer: str
    status: str  # proposed, confirmed, lifted
    reason: str
    by: str


@dataclass(frozen=True)
class CheckedItem:
    kind: str  # declaration, task_order, contribution
    item: str
    stratum: str  # of the check's list
    certain: bool  # chosen, or sure to be drawn: it says nothing of the others
    verdict: str | None  # confirmed, corrected, false; None: listed, and not drawn
    lost: Decimal | None  # of a correction: what it had too many, as a share of the full points, where there are any


@event(owner="declarations", consumers=("scoring",), key=("bureau", "spot_check", "part"))
class FindingsChanged:
    """What a closed spot check found, and what it had listed without looking at it; a long list in parts."""

    bureau: str
    cycle: str
    spot_check: str
    part: int  # of the list
    revision: int  # of the check: an appeal changes what is found
    items: list[CheckedItem]
    by: str


# A correction reaches scoring as the DeclarationChanged (TaskOrderChanged, ContributionChanged) that it makes, a false declaration
# as a VetoChanged: scoring needs neither of these two, beside what a check leaves open (above). They are told for whoever follows checks and appeals from outside.
@event(owner="declarations", consumers=(), key=("bureau", "spot_check"))
class SpotCheckChanged:
    bureau: str
    cycle: str
    spot_check: str
    revision: int
    kind: str  # drawn, on_the_spot
    status: str  # announced, drawn, closed, cancelled
    title: str
    period: str | None
    population: int
    sample: int
    commitment: str  # SHA-256 of the frozen list
    value_name: str
    value: str | None
    figures: dict[str, Any]  # once closed: how many confirmed, corrected, false; the bounds
    by: str


@event(owner="declarations", consumers=(), key=("bureau", "appeal"))
class AppealChanged:
    bureau: str
    cycle: str
    appeal: str
    revision: int
    kind: str  # verification, assessment, judgement, settlement, finding, veto, score
    object: str  # id of what it is against
    subject: str
    layer: str
    status: str  # filed, upheld, changed, withdrawn
    due_on: date
    by: str


@event(owner="declarations", consumers=("gateway",), key=("bureau", "notice"))
class NoticeGiven:
    """Somebody is to be told something. Its text stays inside: this says of what kind it is, and where the console shows it."""

    bureau: str
    notice: str
    revision: int  # always 1: a notice does not change
    cycle: str
    address: str  # person:P1, head:S01, above:S01, assessor:D09, desk:hr, everybody
    persons: list[str]  # who hold the duty now, as far as the organisation tells; roles are the gateway's to know
    kind: str
    count: int
    given_on: date
    link: str  # in the console; empty: its list of notices
    by: str
