"""What surrounds the way of a declaration, at the wire: timetable, consents, lateness, delegations, clearing, notices."""

from nameko.timer import timer

from services.declarations.entrypoints.answering import Answering, Body
from services.declarations.schemas import fields as common_in
from services.declarations.schemas import reviewing as reviewing_in
from services.declarations.usecases.review import (
    delegating,
    late_consents,
    lateness,
    notices,
    reminding,
    timetables,
)
from shared.actor import Actor, system
from shared.clock import today
from shared.service import rpc

_LOOK_FOR_DUE = 300  # seconds; each cycle's day is claimed once


class ReviewingEntrypoints(Answering):
    @timer(interval=_LOOK_FOR_DUE)
    def remind(self) -> None:
        on = today()
        with self.database.begin(system("")) as session:
            waiting = reminding.not_reminded(session, on)
        for bureau, cycle in waiting:
            with self.database.begin(system(bureau)) as session:
                reminding.remind(session, bureau, cycle, on)

    @rpc
    def set_timetable(self, actor: Actor, body: Body) -> Body:
        return self._answer(timetables.set_timetable, actor, reviewing_in.SetTimetable, body)

    @rpc
    def get_timetable(self, actor: Actor, body: Body) -> Body:
        return self._answer(timetables.get_timetable, actor, common_in.OneCycle, body)

    @rpc
    def ask_consents(self, actor: Actor, body: Body) -> Body:
        return self._answer(late_consents.ask_consents, actor, reviewing_in.AskConsents, body)

    @rpc
    def answer_consents(self, actor: Actor, body: Body) -> Body:
        return self._answer(late_consents.answer_consents, actor, reviewing_in.AnswerConsents, body)

    @rpc
    def list_consents(self, actor: Actor, body: Body) -> Body:
        return self._answer(late_consents.list_consents, actor, common_in.ListQuery, body)

    @rpc
    def list_lateness(self, actor: Actor, body: Body) -> Body:
        return self._answer(lateness.list_lateness, actor, reviewing_in.LatenessQuery, body)

    @rpc
    def sum_lateness(self, actor: Actor, body: Body) -> Body:
        return self._answer(lateness.sum_lateness, actor, common_in.OneCycle, body)

    @rpc
    def delegate(self, actor: Actor, body: Body) -> Body:
        return self._answer(delegating.delegate, actor, reviewing_in.Delegate, body)

    @rpc
    def end_delegation(self, actor: Actor, body: Body) -> Body:
        return self._answer(delegating.end_delegation, actor, reviewing_in.EndDelegation, body)

    @rpc
    def list_delegations(self, actor: Actor, body: Body) -> Body:
        return self._answer(delegating.list_delegations, actor, reviewing_in.DelegationQuery, body)

    @rpc
    def list_notices(self, actor: Actor, body: Body) -> Body:
        return self._answer(notices.list_notices, actor, reviewing_in.NoticeQuery, body)

    @rpc
    def read_notices(self, actor: Actor, body: Body) -> Body:
        return self._answer(notices.read_notices, actor, reviewing_in.ReadNotices, body)
