"""What a reader may do with an item, by the checks of the commands themselves; and why not, where they would expect to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypedDict

from shared.vocabulary.refusals import Refusal, Refused
from shared.vocabulary.states import States

Check = Callable[[], object]
# Refusals that only say whose business it is: nobody expects to do what is somebody else's.
_OTHERS = {
    "task_order.not_issuer",
    "step.not_yours",
    "subject.not_yours",
    "panel.only",
    "contribution.not_screener",
    "work.not_assessor",
    "appeal.not_decider",
    "appeal.not_yours",
}


def nothing() -> None:
    """Refuse nothing."""


class Choices(TypedDict):
    """``why_not``: step -> {"code", "zh", "en"}."""

    may: list[str]
    why_not: dict[str, dict[str, str]]


@dataclass(frozen=True)
class Step:
    """``who``: refuses those whose business it is not; ``when``: what else has to be (days, quorum), asked last.

    ``main``: whether it is worth telling that the item is decided already. ``back``: whether it undoes a step: what can only be
    taken back is decided.
    """

    who: Check
    when: Check = nothing
    main: bool = False
    back: bool = False


def choices(states: States, status: str, steps: Mapping[str, Step], check_open: Check = nothing) -> Choices:
    """Return ``may``: the steps that nothing refuses; ``why_not``: what refuses
    those others that a reader would expect.

    ``check_open``: refuses where the year takes nothing any more.
    """
    decided = not any(states.allows(step, status) for step, asked in steps.items() if not asked.back)
    may: list[str] = []
    why_not: dict[str, dict[str, str]] = {}
    for step, asked in steps.items():
        possible, theirs = states.allows(step, status), _refusal(asked.who)
        if theirs is not None and (not possible or theirs.code in _OTHERS):
            continue
        if not possible and not (decided and asked.main):
            continue
        other = (check_open, asked.when) if possible else (partial(states.after, step, status),)
        refusal = theirs or _refusal(*other)
        if refusal is None:
            may.append(step)
        else:
            why_not[step] = {"code": refusal.code, "zh": refusal.zh, "en": refusal.en}
    return {"may": may, "why_not": why_not}


def _refusal(*checks: Check) -> Refusal | None:
    for check in checks:
        try:
            check()
        except Refused as refused:
            return refused.refusals[0]
    return None
