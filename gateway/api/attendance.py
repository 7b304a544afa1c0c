"""Attendance: clocks, enrolments, shifts, leaves, corrections, gatherings, punches and months."""

from gateway.mounting import mounted
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

ATTENDANCE = tuple(
    mounted(family)
    for family in (
        devices.devices,
        enrolments.enrolments,
        shifts.shifts,
        leaves.leaves,
        corrections.corrections,
        gatherings.gatherings,
        punches.punches,
        months.months,
        days.days,
        rules.rules,
    )
)
