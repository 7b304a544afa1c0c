"""What a reader may do with a contribution: the same checks as the commands'."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypedDict

from services.declarations.domain.bureau_rules import PanelRules
from services.declarations.domain.choices import Check, Choices, Step, choices
from services.declarations.domain.contributions import (
    SETTLEMENTS,
    STATES,
    Contribution,
    check_majority,
    check_not_deliberated,
    check_quorum,
)
from services.declarations.domain.delegations import Decider, in_whose_name
from services.declarations.domain.items import CONTRIBUTION
from services.declarations.domain.organisation import Actor, Subject, Unit, who
from services.declarations.domain.permissions import check_answers_for, check_not_recused, check_panel, check_screens
from services.declarations.domain.ways_back import Use, check_unused
from services.declarations.domain.ways_back_permissions import check_takes_back_step
from shared.vocabulary.refusals import conflict, forbidden


class Opinion(TypedDict):
    """Of a member of the panel; recused, they neither agree nor disagree."""

    member: str
    agree: bool
    recused: bool
    note: str


class KeptOpinion(Opinion):
    bureau: str
    contribution: str


@dataclass(frozen=True)
class Sitting:
    """A member of the panel before one contribution. ``at``: the member's own unit; ``concerned``: everybody who has a share in it."""

    actor: Actor
    at: str | None
    concerned: Sequence[tuple[str, Unit]]
    given: Sequence[Opinion]
    rules: PanelRules

    def check_may_speak(self) -> None:
        check_panel(self.actor)
        check_not_recused(self.actor, self.at, self.concerned, colleagues=self.rules.colleagues_stand_back)

    def check_may_decide(self) -> None:
        self.check_may_speak()
        if any(opinion["recused"] for opinion in self.own):
            raise forbidden("panel.recused", "您已声明回避，不得参与核定", "you declared yourself recused")

    def check_first_word(self, *, recused: bool = False) -> None:
        """Refuse a second opinion; only a recusal may come after one."""
        if self.own and (self.own[0]["recused"] or not recused):
            raise conflict("opinion.given", "您已对该项发表过意见", "you have given your opinion on it")

    @property
    def own(self) -> list[Opinion]:
        return [one for one in self.given if one["member"] == who(self.actor)]

    @property
    def opinions(self) -> list[bool]:
        """Return the opinions of the members who are not recused."""
        return [one["agree"] for one in self.given if not one["recused"]]


def contribution_choices(
    one: Contribution,
    unit: Unit,
    sitting: Sitting,
    own: Collection[str],
    check_open: Check,
    deciders: Sequence[Decider],
    uses: Sequence[Use],
) -> Choices:
    """Return what can be done about contributions; ``own``: the subjects for whom the reader
    answers; ``deciders``: the reader in their own right and for whom they stand in; ``uses``: of its settlement and its parts'."""

    def screened(decider: Decider) -> None:
        check_screens(decider, one.subject, one.layer, one.declared_by, unit, one.shares)

    screens = partial(in_whose_name, deciders, screened)
    quorum = partial(check_quorum, sitting.opinions, sitting.rules)

    def settled() -> None:
        quorum()
        check_majority(sitting.opinions, sitting.rules)

    def unused() -> None:
        if one.status in SETTLEMENTS:
            one.check_whole()
            check_unused(CONTRIBUTION, *uses)
        else:
            check_not_deliberated(deliberated=bool(sitting.given))

    steps = {
        "screen": Step(screens, main=True),
        "return": Step(screens),
        "share": Step(partial(_check_partner, one, own)),
        "opine": Step(sitting.check_may_speak, sitting.check_first_word, main=True),
        "settle": Step(sitting.check_may_decide, settled, main=True),
        "reject": Step(sitting.check_may_decide, quorum),
        "withdraw": Step(
            partial(check_answers_for, sitting.actor, Subject(one.subject, one.layer, unit.line, unit)), back=True
        ),
        "take_back": Step(partial(check_takes_back_step, sitting.actor, one.last_decider), unused, back=True),
    }
    return choices(STATES, one.status, steps, check_open)


def _check_partner(one: Contribution, own: Collection[str]) -> None:
    if not any(share["subject"] in own and share["subject"] != one.subject for share in one.shares):
        raise forbidden("subject.not_yours", "您不是合作者", "you are no partner in it")
