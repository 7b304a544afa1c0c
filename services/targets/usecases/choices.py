"""What a reader may do with the entries of a list, as the answer tells it."""

from typing import TypedDict

from services.targets.domain.claim_choices import Choices


class WhyNot(TypedDict):
    step: str
    code: str
    zh: str
    en: str


class ToldChoices(TypedDict):
    may: list[str]
    why_not: list[WhyNot]


def told_choices(choices: Choices) -> ToldChoices:
    """Return ``may``, the steps that the reader may take now, and ``why_not``, the reason for each of the others."""
    may: list[str] = []
    why_not: list[WhyNot] = []
    for step, refusal in choices:
        if refusal is None:
            may.append(step)
        else:
            why_not.append({"step": step, "code": refusal.code, "zh": refusal.zh, "en": refusal.en})
    return {"may": may, "why_not": why_not}
