"""What a bureau may set otherwise, each from a day on (docs/decisions/0125): the panel, delegations, reminders."""

from dataclasses import dataclass
from datetime import date

from shared.vocabulary.dated import DatedRule, DatedRules

KNOWN = {
    "panel_quorum": DatedRule(3, 1, 99),  # opinions before a contribution is settled (docs/decisions/0201)
    "panel_majority": DatedRule(50, 0, 99),  # percent: more than this share of them agrees
    "colleagues_stand_back": DatedRule(1, 0, 1),  # members from the unit of somebody who shares in it
    "evidence_refused": DatedRule(0, 0, 1),  # without the evidence that the library names a declaration is not taken
    "longest_delegation": DatedRule(184, 1, 3660),  # days; who is away for longer is replaced, not stood in for
    "reminded_after": DatedRule(7, 0, 366),  # days for which those who did not declare are still told
}


@dataclass(frozen=True)
class PanelRules:
    """What holds for the panel on the day on which it decides."""

    quorum: int = KNOWN["panel_quorum"].default
    majority: int = KNOWN["panel_majority"].default
    colleagues_stand_back: bool = bool(KNOWN["colleagues_stand_back"].default)

    @classmethod
    def on(cls, rules: DatedRules, day: date) -> "PanelRules":
        """Return what ``rules`` say for ``day``."""
        quorum, majority = rules.on("panel_quorum", day), rules.on("panel_majority", day)
        return cls(quorum, majority, colleagues_stand_back=bool(rules.on("colleagues_stand_back", day)))
