"""Every closed list of words by its name, so that screens, papers and exports say the same: code → 中文."""

from collections.abc import Mapping

from shared.vocabulary import campaigns, checking, complaints, contributions, organisation, task_orders

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
    "order_status": task_orders.ORDER_STATES,
    "order_step": task_orders.ORDER_STEPS,
    "order_origin": task_orders.ORDER_ORIGINS,
    "order_risk": task_orders.ORDER_RISKS,
    "inquiry_status": task_orders.INQUIRY_STATES,
    "inquiry_step": task_orders.INQUIRY_STEPS,
    "inquiry_consequence": task_orders.CONSEQUENCES,
    "work_status": task_orders.WORK_STATES,
    "work_step": task_orders.WORK_STEPS,
    "contribution_status": contributions.CONTRIBUTION_STATES,
    "contribution_step": contributions.CONTRIBUTION_STEPS,
    "campaign_status": campaigns.CAMPAIGN_STATES,
    "spot_check_kind": checking.SPOT_CHECK_KINDS,
    "spot_check_status": checking.SPOT_CHECK_STATES,
    "checked_kind": checking.CHECKED_KINDS,
    "sampling_method": checking.SAMPLING_METHODS,
    "inspection_severity": checking.SEVERITIES,
    "inspection_status": checking.INSPECTION_STATES,
    "verdict": checking.VERDICTS,
    "correction_cause": checking.CORRECTION_CAUSES,
    "veto_status": checking.VETO_STATES,
    "veto_source": checking.VETO_SOURCES,
    "appeal_kind": checking.APPEAL_KINDS,
    "appeal_status": checking.APPEAL_STATES,
    "appeal_outcome": checking.APPEAL_OUTCOMES,
    "appeal_step": checking.APPEAL_STEPS,
}


def english(code: str) -> str:
    """Return a code as English words."""
    return code.replace("_", " ")
