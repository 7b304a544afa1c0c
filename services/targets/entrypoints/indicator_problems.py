"""What scoring's results propose to change of the library."""

from services.targets.usecases.results_proposals import take_proposals
from shared.events import IndicatorProposed
from shared.service import Database, on


class IndicatorProblemEntrypoints:
    database: Database

    @on(IndicatorProposed)
    def take_indicator_proposals(self, states: list[IndicatorProposed]) -> None:
        with self.database.begin_handling(states) as session:
            take_proposals(session, states)
