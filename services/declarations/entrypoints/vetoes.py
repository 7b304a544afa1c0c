"""Vetoes at the wire."""

from services.declarations.entrypoints.answering import Answering, Body
from services.declarations.schemas import vetoes as vetoes_in
from services.declarations.usecases.checks import vetoes
from shared.actor import Actor
from shared.service import rpc


class VetoEntrypoints(Answering):
    @rpc
    def propose_vetoes(self, actor: Actor, body: Body) -> Body:
        return self._answer(vetoes.propose_vetoes, actor, vetoes_in.ProposeVetoes, body)

    @rpc
    def confirm_vetoes(self, actor: Actor, body: Body) -> Body:
        return self._answer(vetoes.confirm_vetoes, actor, vetoes_in.DecideVetoes, body)

    @rpc
    def lift_vetoes(self, actor: Actor, body: Body) -> Body:
        return self._answer(vetoes.lift_vetoes, actor, vetoes_in.DecideVetoes, body)

    @rpc
    def list_vetoes(self, actor: Actor, body: Body) -> Body:
        return self._answer(vetoes.list_vetoes, actor, vetoes_in.VetoQuery, body)
