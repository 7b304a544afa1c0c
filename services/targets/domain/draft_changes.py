"""One change of the draft of a library, and whether it can be taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.targets.domain.cycles import Cycle
from shared.vocabulary.library import DRAFT_ACTIONS
from shared.vocabulary.refusals import Refusal

_NOT_OFFICE = Refusal("forbidden", "role.missing", "须由考核办办理", "the appraisal office does it")
_CLOSED = Refusal("conflict", "cycle.closed", "考核年度已进入收尾，不能再修改", "the cycle no longer takes changes")
_SCHEDULED = Refusal(
    "conflict",
    "library.scheduled",
    "指标库已发布待生效，请先撤回发布",
    "the library is scheduled: withdraw it before changing it",
)
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

    def shown_status(self, cycle: Cycle) -> str:
        published = self.status == "standing" and self.library_revision <= cycle.library_revision
        return "published" if published else self.status


def refuse_to_take_back(
    change: DraftChange, cycle: Cycle, every: Iterable[DraftChange], *, manages: bool, scheduled: bool
) -> Refusal | None:
    """Return why ``change`` cannot be taken back; ``every``: all the changes of the cycle's drafts."""
    later = [one for one in every if one.change > change.change and _rests_on(one, change)]
    reasons = (
        (not manages, _NOT_OFFICE),
        (not cycle.takes_changes, _CLOSED),
        (change.action not in DRAFT_ACTIONS, _NO_CHANGE),
        (change.status == "taken_back", _TAKEN_BACK),
        (change.status == "replaced", _REPLACED),
        (change.library_revision <= cycle.library_revision, _PUBLISHED),
        (scheduled, _SCHEDULED),
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
