"""Grades at the wire."""

from typing import Any

from services.scoring.schemas import results as schemas
from services.scoring.usecases import grading
from shared.actor import Actor
from shared.service import Database, rpc

Body = dict[str, Any]


class GradeEntrypoints:
    database: Database

    @rpc
    def propose_grades(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return grading.propose_grades(session, actor, schemas.NewGrades.read(body))

    @rpc
    def decide_grades(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return grading.decide_grades(session, actor, schemas.GradeDecision.read(body))

    @rpc
    def confirm_grade(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return grading.confirm_grade(session, actor, schemas.GradeConfirmation.read(body))

    @rpc
    def list_grades(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return grading.list_grades(session, actor, schemas.GradeQuery.read(body))
