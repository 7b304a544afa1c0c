"""Contributions at the wire."""

from services.declarations.entrypoints.answering import Answering, Body
from services.declarations.schemas import contributions as contributions_in
from services.declarations.usecases.contributions import panel
from services.declarations.usecases.contributions import reading as read_contributions
from services.declarations.usecases.contributions import steps as contributions
from shared.actor import Actor
from shared.service import rpc


class ContributionEntrypoints(Answering):
    @rpc
    def declare_contributions(self, actor: Actor, body: Body) -> Body:
        return self._answer(contributions.declare_contributions, actor, contributions_in.DeclareContributions, body)

    @rpc
    def answer_shares(self, actor: Actor, body: Body) -> Body:
        return self._answer(contributions.answer_shares, actor, contributions_in.AnswerShares, body)

    @rpc
    def screen_contributions(self, actor: Actor, body: Body) -> Body:
        return self._answer(contributions.screen_contributions, actor, contributions_in.ScreenContributions, body)

    @rpc
    def give_opinions(self, actor: Actor, body: Body) -> Body:
        return self._answer(panel.give_opinions, actor, contributions_in.GiveOpinions, body)

    @rpc
    def settle_contributions(self, actor: Actor, body: Body) -> Body:
        return self._answer(panel.settle_contributions, actor, contributions_in.SettleContributions, body)

    @rpc
    def list_contributions(self, actor: Actor, body: Body) -> Body:
        return self._answer(read_contributions.list_contributions, actor, contributions_in.ContributionQuery, body)
