"""Attendance: what the contracts mount, and a clock's memory brought on a stick."""

from typing import Any

from gateway.api.core import View, body_limit, uploaded
from gateway.devices.batches import LARGEST_PUSH, parts_of
from gateway.devices.parser import Rejected, parse_attlog
from gateway.mounting import mounted, view
from gateway.rpc import ask
from shared.contracts.attendance import (
    corrections,
    days,
    devices,
    enrolments,
    gatherings,
    leaves,
    months,
    punches,
    rules,
    shifts,
)

_FILE = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
_UPLOAD = {"manual_doc": {"requestBody": {"content": {"multipart/form-data": {"schema": _FILE}}}}}
of_punches = mounted(punches.punches)


def _with_file(function: View) -> View:
    # where flask-smorest keeps what it documents; its own ``doc`` decorator would wrap the view
    function._apidoc = _UPLOAD  # type: ignore[attr-defined]  # noqa: SLF001
    return function


@view(of_punches, punches.import_punches)
@body_limit(LARGEST_PUSH)
@_with_file
def import_punches(serial: str) -> dict[str, Any]:
    """导入打卡 a clock's memory from a stick (part `file`): attlog.dat, or text with TABs"""
    push = parse_attlog(uploaded("file")[1])
    told = [ask(punches.import_punches, {"serial": serial, **part}) for part in parts_of(push)]
    rejected = [(row, one.reason) for row, one in enumerate(push.in_order, 1) if isinstance(one, Rejected)]
    return {
        "taken": sum(one["taken"] for one in told),
        "new": sum(one["new"] for one in told),
        "errors": [{"row": row, "reason": reason} for row, reason in rejected],
    }


ATTENDANCE = (
    of_punches,
    *(
        mounted(family)
        for family in (
            devices.devices,
            enrolments.enrolments,
            shifts.shifts,
            leaves.leaves,
            corrections.corrections,
            gatherings.gatherings,
            months.months,
            days.days,
            rules.rules,
        )
    ),
)
