"""The attendance service: clocks push punches in, months of figures come out."""

from typing import Any

from services.attendance import schemas
from services.attendance.usecases import copies, devices, enrolments, gatherings, leaves, months, punches, shifts
from shared.actor import Actor
from shared.events import CycleChanged, PersonChanged, UnitChanged
from shared.service import Database, OutboxRelay, on, rpc

Body = dict[str, Any]


class AttendanceService:
    name = "attendance"
    database = Database()
    relay = OutboxRelay()

    @rpc
    def take_punches(self, actor: Actor, body: Body) -> Body:
        push = schemas.Push().load(body)
        with self.database.begin(actor) as session:
            return punches.take_punches(session, push)

    @rpc
    def note_device(self, actor: Actor, body: Body) -> Body:
        sign = schemas.Sign().load(body)
        with self.database.begin(actor) as session:
            return devices.note_device(session, **sign)

    @rpc
    def list_punches(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return punches.list_punches(session, actor, schemas.Query().load(body))

    @rpc
    def register_device(self, actor: Actor, body: Body) -> Body:
        command = schemas.NewDevice().load(body)
        with self.database.begin(actor) as session:
            return devices.register_device(session, actor, command)

    @rpc
    def retire_device(self, actor: Actor, body: Body) -> Body:
        command = schemas.OneDevice().load(body)
        with self.database.begin(actor) as session:
            return devices.retire_device(session, actor, **command)

    @rpc
    def list_devices(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return devices.list_devices(session, actor, schemas.Query().load(body))

    @rpc
    def enrol_persons(self, actor: Actor, body: Body) -> Body:
        command = schemas.NewEnrolments().load(body)
        with self.database.begin(actor) as session:
            return enrolments.enrol_persons(session, actor, command["enrolments"])

    @rpc
    def list_enrolments(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return enrolments.list_enrolments(session, actor, schemas.Query().load(body))

    @rpc
    def add_shift(self, actor: Actor, body: Body) -> Body:
        shift = schemas.NewShift().load(body)
        with self.database.begin(actor) as session:
            return shifts.add_shift(session, actor, shift)

    @rpc
    def assign_shift(self, actor: Actor, body: Body) -> Body:
        command = schemas.ShiftAssignments().load(body)
        with self.database.begin(actor) as session:
            return shifts.assign_shift(session, actor, command["assignments"])

    @rpc
    def list_shifts(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return shifts.list_shifts(session, actor, schemas.Query().load(body))

    @rpc
    def register_leaves(self, actor: Actor, body: Body) -> Body:
        command = schemas.NewLeaves().load(body)
        with self.database.begin(actor) as session:
            return leaves.register_leaves(session, actor, command["leaves"])

    @rpc
    def withdraw_leave(self, actor: Actor, body: Body) -> Body:
        command = schemas.OneLeave().load(body)
        with self.database.begin(actor) as session:
            return leaves.withdraw_leave(session, actor, str(command["leave"]))

    @rpc
    def list_leaves(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return leaves.list_leaves(session, actor, schemas.Query().load(body))

    @rpc
    def file_corrections(self, actor: Actor, body: Body) -> Body:
        command = schemas.NewCorrections().load(body)
        with self.database.begin(actor) as session:
            return leaves.file_corrections(session, actor, command["corrections"])

    @rpc
    def list_corrections(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return leaves.list_corrections(session, actor, schemas.Query().load(body))

    @rpc
    def call_gatherings(self, actor: Actor, body: Body) -> Body:
        command = schemas.NewGatherings().load(body)
        with self.database.begin(actor) as session:
            return gatherings.call_gatherings(session, actor, command["gatherings"])

    @rpc
    def withdraw_gathering(self, actor: Actor, body: Body) -> Body:
        command = schemas.OneGathering().load(body)
        with self.database.begin(actor) as session:
            return gatherings.withdraw_gathering(session, actor, str(command["gathering"]))

    @rpc
    def list_gatherings(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return gatherings.list_gatherings(session, actor, schemas.Query().load(body))

    @rpc
    def close_month(self, actor: Actor, body: Body) -> Body:
        command = schemas.OneMonth().load(body)
        with self.database.begin(actor) as session:
            return months.close_month(session, actor, command["month"])

    @rpc
    def list_months(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return months.list_months(session, actor, schemas.Query().load(body))

    @rpc
    def list_figures(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return months.list_figures(session, actor, schemas.Query().load(body))

    @rpc
    def show_figures(self, actor: Actor, body: Body) -> Body:
        command = schemas.OneSheet().load(body)
        with self.database.begin(actor) as session:
            return months.show_figures(session, actor, command["month"], command["subject"])

    @rpc
    def replay_state(self, actor: Actor, body: Body) -> Body:  # noqa: ARG002  # every rpc takes a body
        with self.database.begin(actor) as session:
            return months.replay_state(session, actor)

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
