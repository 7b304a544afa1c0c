"""Every closed list of words by its name, so that screens, papers and exports say the same: code → 中文."""

from collections.abc import Mapping

from shared.vocabulary import attendance, complaints, organisation

WORDS: Mapping[str, Mapping[str, str]] = {
    "layer": organisation.LAYERS,
    "unit_kind": organisation.UNIT_KINDS,
    "case_kind": complaints.CASE_KINDS,
    "case_organisation": complaints.ORGANISATIONS,
    "case_status": complaints.CASE_STATES,
    "case_step": complaints.CASE_STEPS,
    "case_outcome": complaints.OUTCOMES,
    "satisfaction": complaints.SATISFACTIONS,
    "clock_status": complaints.CLOCK_STATES,
    "leave_kind": attendance.LEAVE_KINDS,
    "leave_status": attendance.LEAVE_STATES,
    "leave_step": attendance.LEAVE_STEPS,
    "half_day": attendance.HALVES,
    "punch_point": attendance.POINTS,
    "point_state": attendance.POINT_STATES,
    "day_word": attendance.DAY_WORDS,
    "correction_status": attendance.CORRECTION_STATES,
    "down_status": attendance.DOWN_STATES,
    "gathering_kind": attendance.GATHERING_KINDS,
    "gathering_status": attendance.GATHERING_STATES,
    "sign_in": attendance.SIGN_INS,
    "device_status": attendance.DEVICE_STATES,
    "device_state": attendance.DEVICE_SIGNS,
    "punch_state": attendance.PUNCH_STATES,
    "punch_decision": attendance.DECISIONS,
    "attendance_anomaly": attendance.ANOMALIES,
    "attendance_rule": attendance.RULES,
}


def english(code: str) -> str:
    """Return a code as English words."""
    return code.replace("_", " ")
