"""A cycle (考核年度): its status, its model and what may change when."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from services.targets.domain.periods import CyclePeriod, periods_of

Weights = Mapping[str, Mapping[str, Mapping[str, Decimal]]]  # layer -> line -> category -> weight
Composite = Mapping[str, Mapping[str, Decimal]]  # target -> component -> weight

STATUSES = ("draft", "open", "closing", "closed", "published", "archived")
DISCARDED = "discarded"  # a draft that was thrown away: known by no list, its row keeps the revision that was told last
_NEXT = dict(pairwise(STATUSES))
_RULES = ("change_library", "change_model", "change_calendar", "allocate")
_WORK = ("declare", "verify", "assess", "evaluate")
# What each status permits, here and in the services that follow the cycle; everything may be read in every status.
PERMITS: Mapping[str, tuple[str, ...]] = {
    "draft": (*_RULES, "propose_changes"),
    "open": (*_RULES, "claim", *_WORK, "propose_changes"),
    "closing": (*_WORK, "score", "propose_changes"),
    "closed": ("score", "propose_changes"),
    "published": ("propose_changes",),
    "archived": (),
    DISCARDED: (),
}
DEFAULT_TIE_CHAIN = ("contribution", "professional", "common", "additional")


@dataclass(frozen=True)
class Cycle:
    cycle: str  # the year, "2026"
    starts: date
    ends: date
    status: str = "draft"
    revision: int = 1
    library_revision: int = 0
    model_revision: int = 0
    weights: Weights = field(default_factory=dict)
    composite: Composite = field(default_factory=dict)
    rounding: str = "half_up"
    quota_percent: int = 20
    tie_chain: tuple[str, ...] = DEFAULT_TIE_CHAIN
    calendar: Mapping[str, bool] = field(default_factory=dict)
    evaluations: str = "raw"  # which count: as cast, or adjusted for their raters' severity
    by: str = ""

    @property
    def periods(self) -> tuple[CyclePeriod, ...]:
        return periods_of(int(self.cycle), self.starts, self.ends)

    @property
    def takes_changes(self) -> bool:
        """Tell whether library, model and calendar may change; once closing, the year
        keeps the rules it is scored by (law 8)."""
        return "change_library" in self.permits

    @property
    def takes_proposals(self) -> bool:
        """Tell whether changes of indicators may be proposed; after closing they are for the next year's library."""
        return "propose_changes" in self.permits

    @property
    def is_begun(self) -> bool:
        """Tell whether work is claimed and declared under the library's codes."""
        return self.status != "draft"

    @property
    def takes_claims(self) -> bool:
        return "claim" in self.permits

    @property
    def permits(self) -> tuple[str, ...]:
        return PERMITS[self.status]

    def may_become(self, status: str) -> bool:
        return _NEXT.get(self.status) == status

    def moved(self, status: str) -> "Cycle":
        return replace(self, status=status, revision=self.revision + 1)

    def with_library(self, library_revision: int, weights: Weights, composite: Composite) -> "Cycle":
        """Return the cycle after a library is published; the model's revision grows only where the model did change."""
        same = weights == self.weights and composite == self.composite
        return replace(
            self,
            library_revision=library_revision,
            weights=weights,
            composite=composite,
            model_revision=self.model_revision if same else self.model_revision + 1,
            revision=self.revision + 1,
        )

    def reference_day(self, today: date) -> date:
        """Return the day whose staff the year's work is shared out over: today, kept within the cycle."""
        return min(max(today, self.starts), self.ends)
