"""Improvement measures that scoring orders."""

from services.declarations.usecases.orders.improvements import take_improvements
from shared.events import ImprovementChanged
from shared.service import Database, on


class ImprovementEntrypoints:
    database: Database

    @on(ImprovementChanged)
    def take_improvements(self, states: list[ImprovementChanged]) -> None:
        with self.database.begin_handling(states) as session:
            take_improvements(session, states)
