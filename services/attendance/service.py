"""The attendance service: clocks push punches in, months of figures come out."""

from datetime import datetime

from nameko.timer import timer

from services.attendance.domain.permissions import may_read_trail
from services.attendance.storage.projections import Copies
from services.attendance.usecases import (
    allowances,
    anomalies,
    apart,
    balances,
    closing,
    commands,
    corrections,
    device_alarms,
    device_users,
    devices,
    duties,
    enrolment_sheets,
    enrolments,
    gatherings,
    leaves,
    month_days,
    month_sheets,
    months,
    projections,
    punches,
    reminding,
    rules,
    shifts,
    wall,
    watching,
    years,
)
from shared.actor import system
from shared.audit_reading import reading_trail
from shared.clock import now
from shared.contracts.attendance import allowances as of_allowances
from shared.contracts.attendance import audit_trail as of_trail
from shared.contracts.attendance import commands as of_commands
from shared.contracts.attendance import corrections as of_corrections
from shared.contracts.attendance import days as of_days
from shared.contracts.attendance import devices as of_devices
from shared.contracts.attendance import duties as of_duties
from shared.contracts.attendance import enrolments as of_enrolments
from shared.contracts.attendance import gatherings as of_gatherings
from shared.contracts.attendance import leaves as of_leaves
from shared.contracts.attendance import months as of_months
from shared.contracts.attendance import operating as of_operating
from shared.contracts.attendance import punches as of_punches
from shared.contracts.attendance import rules as of_rules
from shared.contracts.attendance import sheets as of_sheets
from shared.contracts.attendance import shifts as of_shifts
from shared.events import CycleChanged, PersonChanged, UnitChanged
from shared.operating import telling_operation
from shared.service import Database, OutboxRelay
from shared.serving import Errands, Events, Operations, serves
from shared.timers import going_on

_WATCH = 60  # seconds

OPERATIONS: Operations = {
    of_trail.list_trail: reading_trail("attendance", may_read_trail),
    of_operating.tell_operation: telling_operation("attendance"),
    of_punches.take_punches: punches.take_punches,
    of_punches.take_pushes: punches.take_pushes,
    of_punches.import_punches: punches.import_punches,
    of_punches.note_lines: punches.note_lines,
    of_punches.list_punches: punches.list_punches,
    of_punches.list_rejected: punches.list_rejected,
    of_punches.decide_punches: apart.decide_punches,
    of_punches.decide_lines: apart.decide_lines,
    of_devices.note_device: devices.note_device,
    of_devices.register_device: devices.register_device,
    of_devices.retire_device: devices.retire_device,
    of_devices.reject_device: devices.reject_device,
    of_devices.list_devices: devices.list_devices,
    of_devices.reject_devices: devices.reject_devices,
    of_devices.list_device_alarms: device_alarms.list_device_alarms,
    of_devices.settle_device_alarm: device_alarms.settle_device_alarm,
    of_devices.show_wall: wall.show_wall,
    of_commands.order_commands: commands.order_commands,
    of_commands.list_commands: commands.list_commands,
    of_commands.cancel_command: commands.cancel_command,
    of_commands.give_commands: commands.give_commands,
    of_commands.take_answers: commands.take_answers,
    of_commands.note_users: device_users.note_users,
    of_commands.list_device_users: device_users.list_device_users,
    of_enrolments.enrol_persons: enrolments.enrol_persons,
    of_enrolments.import_enrolments: enrolment_sheets.import_enrolments,
    of_enrolments.end_enrolments: enrolments.end_enrolments,
    of_enrolments.list_enrolments: enrolments.list_enrolments,
    of_enrolments.list_unenrolled: enrolments.list_unenrolled,
    of_shifts.add_shift: shifts.add_shift,
    of_shifts.assign_shift: shifts.assign_shift,
    of_shifts.list_shifts: shifts.list_shifts,
    of_shifts.list_assignments: shifts.list_assignments,
    of_allowances.give_allowances: allowances.give_allowances,
    of_allowances.end_allowance: allowances.end_allowance,
    of_allowances.list_allowances: allowances.list_allowances,
    of_allowances.set_entitlements: balances.set_entitlements,
    of_allowances.list_balances: balances.list_balances,
    of_duties.call_duties: duties.call_duties,
    of_duties.withdraw_duty: duties.withdraw_duty,
    of_duties.list_duties: duties.list_duties,
    of_leaves.register_leaves: leaves.register_leaves,
    of_leaves.request_leaves: leaves.request_leaves,
    of_leaves.decide_leave: leaves.decide_leave,
    of_leaves.end_leave: leaves.end_leave,
    of_leaves.withdraw_leave: leaves.withdraw_leave,
    of_leaves.list_leaves: leaves.list_leaves,
    of_corrections.file_corrections: corrections.file_corrections,
    of_corrections.decide_corrections: corrections.decide_corrections,
    of_corrections.withdraw_corrections: corrections.withdraw_corrections,
    of_corrections.list_corrections: corrections.list_corrections,
    of_rules.set_rule: rules.set_rule,
    of_rules.list_rules: rules.list_rules,
    of_rules.propose_down: rules.propose_down,
    of_rules.decide_down: rules.decide_down,
    of_rules.list_downs: rules.list_downs,
    of_gatherings.call_gatherings: gatherings.call_gatherings,
    of_gatherings.withdraw_gathering: gatherings.withdraw_gathering,
    of_gatherings.list_gatherings: gatherings.list_gatherings,
    of_months.list_months: months.list_months,
    of_months.list_figures: months.list_figures,
    of_months.show_figures: months.show_figures,
    of_days.show_days: month_days.show_days,
    of_days.list_open_points: month_days.list_open_points,
    of_days.list_anomalies: anomalies.list_anomalies,
    of_sheets.list_sheet: month_sheets.list_sheet,
    of_sheets.sign_month: month_sheets.sign_month,
    of_sheets.list_absences: years.list_absences,
    of_months.replay_state: months.replay_state,
}
ERRANDS: Errands = {of_months.close_month: closing.close_month}
EVENTS: Events = {
    UnitChanged: projections.keep_units,
    PersonChanged: projections.keep_persons,
    CycleChanged: projections.keep_cycles,
}


@serves(OPERATIONS, EVENTS, errands=ERRANDS)
class AttendanceService:
    name = "attendance"
    database = Database()
    relay = OutboxRelay()

    @timer(interval=_WATCH)
    def watch(self) -> None:
        """Look, every minute, at how the clocks stand, and at commands that nobody fetched or answered."""
        with self.database.begin(system("")) as session:
            found = Copies.bureaus(session)
        for bureau in found:
            for look in (watching.watch_clocks, commands.lapse_commands):
                with going_on(bureau), self.database.begin(system(bureau)) as session:
                    look(session, bureau)

    @timer(interval=_WATCH)
    def go_on(self) -> None:
        """Carry out what is left of closings that broke off with the process that had begun them."""
        at = now()
        with self.database.begin(system("")) as session:
            found = closing.broken_off(session, at)
        for bureau in found:
            with going_on(bureau):
                closing.go_on_closing(self.database, bureau, at)

    @timer(interval=300)  # seconds; each person's day is claimed once, and each evening is over once
    def remind(self) -> None:
        at = now()
        with self.database.begin(system("")) as session:
            waiting = reminding.not_reminded(session, at)
        for bureau in waiting:
            with going_on(bureau):
                self._remind(bureau, at)

    def _remind(self, bureau: str, at: datetime) -> None:
        after: str | None = ""
        while after is not None:
            with self.database.begin(system(bureau)) as session:
                after = reminding.remind(session, bureau, at, after)
