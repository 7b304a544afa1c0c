"""Appeals at the wire: file, withdraw, decide."""

from services.declarations.entrypoints.answering import Answering, Body
from services.declarations.schemas import appeals as appeals_in
from services.declarations.schemas import fields as common_in
from services.declarations.usecases.appeals import deciding as decide_appeals
from services.declarations.usecases.appeals import filing as appeals
from services.declarations.usecases.appeals import reading as read_appeals
from shared.actor import Actor
from shared.service import rpc


class AppealEntrypoints(Answering):
    @rpc
    def file_appeals(self, actor: Actor, body: Body) -> Body:
        return self._answer(appeals.file_appeals, actor, appeals_in.FileAppeals, body)

    @rpc
    def withdraw_appeals(self, actor: Actor, body: Body) -> Body:
        return self._answer(appeals.withdraw_appeals, actor, appeals_in.WithdrawAppeals, body)

    @rpc
    def decide_appeals(self, actor: Actor, body: Body) -> Body:
        return self._answer(decide_appeals.decide_appeals, actor, appeals_in.DecideAppeals, body)

    @rpc
    def list_appeals(self, actor: Actor, body: Body) -> Body:
        return self._answer(read_appeals.list_appeals, actor, appeals_in.AppealQuery, body)

    @rpc
    def set_appeal_terms(self, actor: Actor, body: Body) -> Body:
        return self._answer(appeals.set_appeal_terms, actor, appeals_in.SetTerms, body)

    @rpc
    def get_appeal_terms(self, actor: Actor, body: Body) -> Body:
        return self._answer(appeals.get_appeal_terms, actor, common_in.OneCycle, body)
