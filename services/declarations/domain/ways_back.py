"""Whether a decision may still be taken back: as long as nobody has built on it. An appeal decides itself, and what a spot check holds stays."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.vocabulary.refusals import conflict, invalid


@dataclass(frozen=True)
class Use:
    """What was made of a decision since."""

    held: bool = False  # an announced check lists it, or an inspector has it in hand
    found: bool = False  # a check has found on it
    appealed: bool = False  # an appeal against it is open or was decided


UNUSED = Use()
AMEND = "amend"  # what no command of its own does: an appeal's decision, a check's finding
Step = tuple[str, str | None, str]  # what was done, and the status before and after
_UNDOING = ("take_back", "call_off")


def check_unused(word: str, *uses: Use) -> None:
    """Refuse to take back a decision that somebody has built on; ``word``: what it is about, for the refusals' codes."""
    if any(one.appealed for one in uses):
        zh, en = "已有申诉，由申诉决定，不能撤回", "an appeal against it was filed: its decision stands above"
        raise conflict(f"{word}.appealed", zh, en)
    if any(one.held for one in uses):
        zh, en = "已列入抽查，检查结束前不能撤回", "a spot check holds it: it is not taken back until then"
        raise conflict(f"{word}.being_checked", zh, en)
    if any(one.found for one in uses):
        zh, en = "已有抽查结果，不能撤回", "a spot check has found on it: it stands"
        raise conflict(f"{word}.checked", zh, en)


def standing_since(revision: int, steps: Sequence[Step]) -> int:
    """Return the revision that the standing decision made, of an item at ``revision``; ``steps``: all that are on record,
    each of one revision, the first first.

    Corrections leave the decision as it is, and what was taken back is none. Without steps it is the present revision.
    """
    standing: list[int] = []
    for place, (step, before, after) in enumerate(steps, start=1):
        if step in _UNDOING:
            del standing[-1:]
        elif before is None or (step != AMEND and before != after):
            standing.append(place)
    return revision - len(steps) + (standing[-1] if standing else 0)


def reasoned(reason: str) -> str:
    """Return ``reason``; refuse where there is none."""
    if not reason.strip():
        raise invalid("reason.required", "撤回须说明理由", "taking it back needs its reason", "reason")
    return reason
