"""A proposal to change an indicator: made by anyone, decided by the panel, part of the next revision."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from services.targets.domain.draft_changes import Edit


@dataclass(frozen=True)
class IndicatorProposal:
    proposal: str
    cycle: str
    indicator: str
    action: str
    reason: str
    by: str
    at: datetime
    changes: Mapping[str, Any] = field(default_factory=dict)  # the sheet's columns
    person: str | None = None
    origin: str = "person"
    status: str = "open"
    revision: int = 1
    decision: str = ""
    decided_by: str | None = None
    decided_at: datetime | None = None
    library_revision: int | None = None  # of the draft that took it in
    library_cycle: str | None = None  # and its year: that of the proposal or a later one

    @property
    def edit(self) -> Edit:
        """Return it as the draft takes it."""
        if self.action == "remove":
            return Edit("remove", self.indicator, proposal=self.proposal)
        return Edit("put", self.indicator, dict(self.changes), proposal=self.proposal)

    def decided(self, status: str, reason: str, by: str, at: datetime) -> "IndicatorProposal":
        return self._next(status=status, decision=reason, decided_by=by, decided_at=at)

    def withdrawn(self) -> "IndicatorProposal":
        return self._next(status="withdrawn")

    def applied(self, cycle: str, library_revision: int) -> "IndicatorProposal":
        return self._next(status="applied", library_cycle=cycle, library_revision=library_revision)

    def to_be_applied(self) -> "IndicatorProposal":
        """Return it to be applied again: the draft that held it was replaced by another sheet."""
        return self._next(status="accepted", library_cycle=None, library_revision=None)

    def _next(self, **changes: Any) -> "IndicatorProposal":
        return replace(self, revision=self.revision + 1, **changes)
