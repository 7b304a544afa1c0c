"""What follows a run, at the wire: publication, feedback, conversations, improvements, problems of indicators."""

from typing import Any

from services.scoring.schemas import RunKey, RunSubject
from services.scoring.schemas import results as schemas
from services.scoring.unfinished import work_on
from services.scoring.usecases import feedback, improving, jobs, proposing, publishing, talking
from services.scoring.workers import workers_of
from shared.actor import Actor
from shared.service import Database, rpc

Body = dict[str, Any]


class ResultEntrypoints:
    database: Database

    @rpc
    def publish_run(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            published, job = jobs.publish_run(session, actor, schemas.Publishing.read(body))
        work_on(self.database, job["job"], actor)
        return published

    @rpc
    def read_publication(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return publishing.read_publication(session, actor, RunKey.read(body)["run"])

    @rpc
    def change_publication(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return publishing.change_publication(session, actor, schemas.PublicationChange.read(body))

    @rpc
    def read_feedback(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return feedback.read_feedback(session, actor, RunSubject.read(body))

    @rpc
    def read_report(self, actor: Actor, body: Body) -> Body:
        return workers_of(self.database).ask("report", actor, schemas.ReportQuery.read(body))

    @rpc
    def list_commendations(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return feedback.list_commendations(session, actor, RunKey.read(body)["run"])

    @rpc
    def draft_conversation(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return talking.draft_conversation(session, actor, schemas.ConversationText.read(body))

    @rpc
    def revise_conversation(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return talking.revise_conversation(session, actor, schemas.ConversationText.read(body))

    @rpc
    def offer_conversation(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return talking.offer_conversation(session, actor, schemas.ConversationStep.read(body))

    @rpc
    def return_conversation(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return talking.return_conversation(session, actor, schemas.ConversationStep.read(body))

    @rpc
    def confirm_conversation(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return talking.confirm_conversation(session, actor, schemas.ConversationStep.read(body))

    @rpc
    def read_conversation(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return talking.read_conversation(session, actor, RunSubject.read(body))

    @rpc
    def list_conversations(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return talking.list_conversations(session, actor, schemas.ConversationQuery.read(body))

    @rpc
    def propose_improvement(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return improving.propose_improvement(session, actor, schemas.NewImprovement.read(body))

    @rpc
    def order_improvement(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return improving.order_improvement(session, actor, schemas.ImprovementStep.read(body))

    @rpc
    def drop_improvement(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return improving.drop_improvement(session, actor, schemas.ImprovementStep.read(body))

    @rpc
    def withdraw_improvement(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return improving.withdraw_improvement(session, actor, schemas.ImprovementStep.read(body))

    @rpc
    def list_improvements(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return improving.list_improvements(session, actor, schemas.ImprovementQuery.read(body))

    @rpc
    def report_problem(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return proposing.report_problem(session, actor, schemas.Problem.read(body))

    @rpc
    def list_problems(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return proposing.list_problems(session, actor, schemas.ProblemQuery.read(body))
