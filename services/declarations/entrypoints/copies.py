"""Others' states, as far as declarations keeps them."""

from services.declarations.storage import copies
from shared.events import (
    AttendanceMonthChanged,
    CaseFiguresChanged,
    ClaimChanged,
    ClaimChangedV1,
    CycleChanged,
    IndicatorChanged,
    PersonChanged,
    ScoresPublished,
    ScoresPublishedV1,
    UnitChanged,
)
from shared.service import Database, on


class CopyEntrypoints:
    database: Database

    @on(UnitChanged)
    def take_units(self, states: list[UnitChanged]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_units(session, states)

    @on(PersonChanged)
    def take_persons(self, states: list[PersonChanged]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_persons(session, states)

    @on(CycleChanged)
    def take_cycles(self, states: list[CycleChanged]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_cycles(session, states)

    @on(IndicatorChanged)
    def take_indicators(self, states: list[IndicatorChanged]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_indicators(session, states)

    @on(ClaimChanged)
    def take_claims(self, states: list[ClaimChanged]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_claims(session, states)

    @on(ClaimChangedV1)
    def take_claims_v1(self, states: list[ClaimChangedV1]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_claims(session, states)

    @on(AttendanceMonthChanged)
    def take_attendance_months(self, states: list[AttendanceMonthChanged]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_figures(session, states, "attendance")

    @on(CaseFiguresChanged)
    def take_case_figures(self, states: list[CaseFiguresChanged]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_figures(session, states, "complaints")

    @on(ScoresPublished)
    def take_published_scores(self, states: list[ScoresPublished]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_runs(session, states)

    @on(ScoresPublishedV1)
    def take_published_scores_v1(self, states: list[ScoresPublishedV1]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_runs(session, states)
