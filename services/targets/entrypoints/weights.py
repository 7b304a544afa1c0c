"""Weights from judgement at the wire."""

from typing import Any

from services.targets.schemas import weights as schemas
from services.targets.schemas.fields import load
from services.targets.usecases import weights
from shared.actor import Actor
from shared.service import Database, rpc

Body = dict[str, Any]


class WeightEntrypoints:
    database: Database

    @rpc
    def create_questionnaire(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return weights.create_questionnaire(session, actor, load(schemas.CreateQuestionnaire, body))

    @rpc
    def answer_questionnaire(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return weights.answer_questionnaire(session, actor, load(schemas.AnswerQuestionnaire, body))

    @rpc
    def close_questionnaire(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return weights.close_questionnaire(session, actor, load(schemas.QuestionnaireKey, body))

    @rpc
    def list_questionnaires(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return weights.list_questionnaires(session, actor, load(schemas.QuestionnaireQuery, body))

    @rpc
    def get_questionnaire(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return weights.get_questionnaire(session, actor, load(schemas.QuestionnaireKey, body))

    @rpc
    def propose_model(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return weights.propose_model(session, actor, load(schemas.ProposeModel, body))

    @rpc
    def list_model_proposals(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return weights.list_model_proposals(session, actor, load(schemas.ModelProposalQuery, body))

    @rpc
    def advise_weights(self, actor: Actor, body: Body) -> Body:
        return weights.advise_by_entropy(actor, load(schemas.EntropyAdvice, body))
