"""Attendance: what the contracts mount, and a clock's memory brought on a stick."""

from collections.abc import Sequence
from typing import Any

from gateway.api.attendance_sheets import enrolments as of_enrolments
from gateway.api.attendance_sheets import sheets as of_sheets
from gateway.api.core import body_limit, takes_file, uploaded
from gateway.api.sheets import refusing_unreadable
from gateway.devices.batches import LARGEST_PUSH, parts_of
from gateway.devices.parser import Push, Rejected, parse_attlog
from gateway.devices.sheets import is_sheet, parse_sheet
from gateway.mounting import mounted, view
from gateway.rpc import ask
from shared.contracts.attendance import (
    allowances,
    commands,
    corrections,
    days,
    devices,
    duties,
    gatherings,
    leaves,
    months,
    punches,
    rules,
    shifts,
)

of_punches = mounted(punches.punches)


@view(of_punches, punches.import_punches)
@body_limit(LARGEST_PUSH)
@takes_file("file")
def import_punches(serial: str) -> dict[str, Any]:
    """导入打卡 a clock's memory from a stick (part `file`): attlog.dat, text with TABs, .csv or .xlsx with headings"""
    name, data = uploaded("file")
    push, rows = _read(name, data)
    told = [ask(punches.import_punches, {"serial": serial, **part}) for part in parts_of(push)]
    rejected = [(row, one.reason) for row, one in zip(rows, push.in_order, strict=True) if isinstance(one, Rejected)]
    return {
        "taken": sum(one["taken"] for one in told),
        "new": sum(one["new"] for one in told),
        "errors": [{"row": row, "reason": reason} for row, reason in rejected],
    }


def _read(name: str, data: bytes) -> tuple[Push, Sequence[int]]:
    """Return what a file says, and the number of each row in it."""
    if not is_sheet(name, data):
        push = parse_attlog(data)
        return push, range(1, push.lines + 1)
    with refusing_unreadable():
        sheet = parse_sheet(data, name)
    return sheet.push, sheet.rows


ATTENDANCE = (
    of_punches,
    of_enrolments,
    of_sheets,
    *(
        mounted(family)
        for family in (
            devices.devices,
            commands.commands,
            shifts.shifts,
            allowances.allowances,
            duties.duties,
            leaves.leaves,
            corrections.corrections,
            gatherings.gatherings,
            months.months,
            days.days,
            rules.rules,
        )
    ),
)
