"""Results of past years at the wire."""

from typing import Any

from services.targets.schemas import generation as schemas
from services.targets.schemas.fields import load
from services.targets.usecases import past_results
from shared.actor import Actor
from shared.events import ResultsChanged
from shared.service import Database, on, rpc

Body = dict[str, Any]


class ResultEntrypoints:
    database: Database

    @on(ResultsChanged)
    def take_results(self, states: list[ResultsChanged]) -> None:
        with self.database.begin_handling(states) as session:
            past_results.keep_results(session, states)

    @rpc
    def list_results(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return past_results.list_results(session, actor, load(schemas.ResultQuery, body))
