"""Handovers between colleagues at the wire."""

from typing import Any

from services.targets.schemas import handovers as schemas
from services.targets.schemas.fields import load
from services.targets.usecases import handovers
from shared.actor import Actor
from shared.service import Database, rpc

Body = dict[str, Any]


class HandoverEntrypoints:
    database: Database

    @rpc
    def propose_handover(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return handovers.propose_handover(session, actor, load(schemas.ProposeHandover, body))

    @rpc
    def answer_handover(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return handovers.answer_handover(session, actor, load(schemas.AnswerHandover, body))

    @rpc
    def decide_handover(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return handovers.decide_handover(session, actor, load(schemas.DecideHandover, body))

    @rpc
    def withdraw_handover(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return handovers.withdraw_handover(session, actor, load(schemas.WithdrawHandover, body))

    @rpc
    def list_handovers(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return handovers.list_handovers(session, actor, load(schemas.HandoverQuery, body))

    @rpc
    def get_handover_rule(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return handovers.get_handover_rule(session, actor, load(schemas.HandoverRuleKey, body))

    @rpc
    def set_handover_rule(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return handovers.set_handover_rule(session, actor, load(schemas.SetHandoverRule, body))
