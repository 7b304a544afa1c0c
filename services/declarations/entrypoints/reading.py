"""What is read across the tools: to-dos, replay, tallies."""

from services.declarations.entrypoints.answering import Answering, Body
from services.declarations.schemas import fields as common_in
from services.declarations.schemas import reading as reading_in
from services.declarations.usecases import replay, tallies
from services.declarations.usecases.waiting import to_dos
from shared.actor import Actor
from shared.service import rpc


class ReadingEntrypoints(Answering):
    @rpc
    def list_to_dos(self, actor: Actor, body: Body) -> Body:
        return self._answer(to_dos.list_to_dos, actor, reading_in.ToDoQuery, body)

    @rpc
    def list_done(self, actor: Actor, body: Body) -> Body:
        return self._answer(to_dos.list_done, actor, reading_in.DoneQuery, body)

    @rpc
    def replay_state(self, actor: Actor, body: Body) -> Body:
        return self._answer(replay.replay_state, actor, reading_in.Replay, body)

    @rpc
    def tally_states(self, actor: Actor, body: Body) -> Body:
        return self._answer(tallies.tally_states, actor, common_in.OneCycle, body)
