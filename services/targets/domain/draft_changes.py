"""One change of the draft of a library, and whether it can be taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.targets.domain.cycles import Cycle
from services.targets.domain.refusals import CLOSED, NOT_OFFICE
from shared.vocabulary.library import DRAFT_ACTIONS
from shared.vocabulary.refusals import Refusal

_PUBLISHED = Refusal(
    "conflict",
    "draft_change.published",
    "所在版本已发布，不能撤回；请在新草稿中修改",
    "its library is published: change it in a new draft",
)
_REPLACED = Refusal(
    "conflict",
    "draft_change.replaced",
    "草稿此后已被整表导入替换或作废，不能再撤回",
    "the draft it changed was replaced or thrown away since",
)
_TAKEN_BACK = Refusal("conflict", "draft_change.taken_back", "该修改已撤回", "it was taken back already")
_NO_CHANGE = Refusal(
    "conflict", "draft_change.whole", "只能撤回单个指标的修改", "only a change of one indicator can be taken back"
)
_DECIDED = Refusal(
    "conflict",
    "draft_change.decided",
    "该修改来自考核小组采纳的建议，不能单独撤回",
    "the panel accepted it: it cannot be taken back by itself",
)


@dataclass(frozen=True)
class Edit:
    """What is to be done to one indicator of a draft: ``put`` the ``cells`` that are named, or ``remove`` it."""

    action: str
    indicator: str
    cells: Mapping[str, Any] = field(default_factory=dict)  # by the sheet's columns
    proposal: str | None = None  # the accepted one that it comes from
    takes_back: int | None = None  # the change that it takes back

    @property
    def shown_action(self) -> str:
        return self.action if self.takes_back is None else "take_back"


@dataclass(frozen=True)
class DraftChange:
    change: int  # its number within the cycle
    library_revision: int
    action: str
    by: str
    at: datetime
    indicator: str | None = None
    before: Mapping[str, str] | None = None  # its row of the sheet; None: there was none
    after: Mapping[str, str] | None = None
    proposal: str | None = None
    takes_back: int | None = None
    status: str = "standing"

    @property
    def undone(self) -> Edit:
        """Return what makes the indicator what it was before."""
        action = "remove" if self.before is None else "put"
        return Edit(action, self.indicator or "", self.before or {}, takes_back=self.change)

    def shown_status(self, cycle: Cycle) -> str:
        published = self.status == "standing" and self.library_revision <= cycle.library_revision
        return "published" if published else self.status


def refuse_to_take_back(
    change: DraftChange, cycle: Cycle, every: Iterable[DraftChange], *, manages: bool, scheduled: Refusal | None
) -> Refusal | None:
    """Return why ``change`` cannot be taken back; ``every``: all the changes of the cycle's drafts; ``scheduled``: why none can."""
    later = [one for one in every if one.change > change.change and _rests_on(one, change)]
    reasons = (
        (not manages, NOT_OFFICE),
        (not cycle.takes_changes, CLOSED),
        (change.action not in DRAFT_ACTIONS, _NO_CHANGE),
        (change.status == "taken_back", _TAKEN_BACK),
        (change.status == "replaced", _REPLACED),
        (change.library_revision <= cycle.library_revision, _PUBLISHED),
        (scheduled is not None, scheduled),
        (change.proposal is not None, _DECIDED),
        (bool(later), _changed_since(later)),
    )
    return next((refusal for holds, refusal in reasons if holds), None)


def _rests_on(later: DraftChange, change: DraftChange) -> bool:
    return later.indicator == change.indicator and later.action in DRAFT_ACTIONS and later.status == "standing"


def _changed_since(later: Iterable[DraftChange]) -> Refusal:
    numbers = [one.change for one in later]
    told = max(numbers, default=0)
    return Refusal(
        "conflict",
        "draft_change.changed_since",
        f"该指标此后又有修改（第 {told} 号），请先撤回后面的修改",
        f"the indicator was changed since, by {told}: take that back first",
    )
