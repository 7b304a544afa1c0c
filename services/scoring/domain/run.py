"""A run's life: frozen by the office, approved by the panel, published by the office or a leader."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from shared.vocabulary.refusals import conflict

FROZEN, APPROVED, PUBLISHED = "frozen", "approved", "published"
# A run is frozen once nothing more is declared; a cycle already published can be scored again (an appeal, a replay).
ARCHIVED = "archived"
FREEZABLE = ("closing", "closed", "published", ARCHIVED)


@dataclass(frozen=True)
class Run:
    bureau: str
    cycle: str
    run: str
    revision: int
    status: str
    input_hash: str
    result_hash: str
    library_revision: int
    model_revision: int
    subjects: int
    summary: dict[str, Any]  # the bureau's score, components and quotas
    frozen_by: str
    frozen_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None
    published_by: str | None = None
    published_at: datetime | None = None

    def ranked(self, layer: str) -> int:
        """Tell how many of a layer have a rank."""
        return int(self.summary["quota"][layer]["ranked"])

    def approve(self, by: str, at: datetime) -> "Run":
        if self.status != FROZEN:
            raise conflict("run.not_frozen", "只有已冻结的核算可以审定", "only a frozen run can be approved")
        return replace(self, status=APPROVED, revision=self.revision + 1, approved_by=by, approved_at=at)

    def publish(self, by: str, at: datetime) -> "Run":
        if self.status != APPROVED:
            raise conflict("run.not_approved", "只有已审定的核算可以公布", "only an approved run can be published")
        return replace(self, status=PUBLISHED, revision=self.revision + 1, published_by=by, published_at=at)

    def with_other_publication(self) -> "Run":
        """Return the same result under other settings, or with more days: told again."""
        return replace(self, revision=self.revision + 1)


def is_freezable(cycle_status: str) -> bool:
    return cycle_status in FREEZABLE
