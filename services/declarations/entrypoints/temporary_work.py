"""Temporary work at the wire."""

from services.declarations.entrypoints.answering import Answering, Body
from services.declarations.schemas import temporary_work as work_in
from services.declarations.usecases.temporary import reading as list_temporary_work
from services.declarations.usecases.temporary import steps as temporary_work
from shared.actor import Actor
from shared.service import rpc


class TemporaryWorkEntrypoints(Answering):
    @rpc
    def report_works(self, actor: Actor, body: Body) -> Body:
        return self._answer(temporary_work.report_works, actor, work_in.ReportWorks, body)

    @rpc
    def confirm_works(self, actor: Actor, body: Body) -> Body:
        return self._answer(temporary_work.confirm_works, actor, work_in.ConfirmWorks, body)

    @rpc
    def assess_works(self, actor: Actor, body: Body) -> Body:
        return self._answer(temporary_work.assess_works, actor, work_in.AssessWorks, body)

    @rpc
    def list_works(self, actor: Actor, body: Body) -> Body:
        return self._answer(list_temporary_work.list_works, actor, work_in.WorkQuery, body)

    @rpc
    def list_temporary_work(self, actor: Actor, body: Body) -> Body:
        return self._answer(list_temporary_work.list_temporary_work, actor, work_in.SubjectWork, body)
