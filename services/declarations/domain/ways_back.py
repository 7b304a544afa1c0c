"""Whether a decision may still be taken back: as long as nobody has built on it. An appeal decides itself, and what a spot check holds stays."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.vocabulary.refusals import conflict, invalid


@dataclass(frozen=True)
class Use:
    """What was made of a decision since."""

    held: bool = False  # an announced check lists it, or an inspector has it in hand
    found: bool = False  # a check has found on it
    appealed: bool = False  # an appeal against it is open or was decided


UNUSED = Use()


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


def is_about(revision: int, appeals: Iterable[tuple[str, int]]) -> bool:
    """Tell whether any of ``appeals`` (status, revision that it is against) is about the decision that stands at ``revision``.

    One that is open is; one that was decided is as long as nothing but its own decision came after it.
    """
    return any(status == "filed" or revision <= against + 1 for status, against in appeals)


def reasoned(reason: str) -> str:
    """Return ``reason``; refuse where there is none."""
    if not reason.strip():
        raise invalid("reason.required", "撤回须说明理由", "taking it back needs its reason", "reason")
    return reason
