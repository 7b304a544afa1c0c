"""Every closed list of words by its name, so that screens, papers and exports say the same: code → 中文."""

from collections.abc import Mapping

from shared.vocabulary import batches, claims, complaints, cycles, generation, jobs, library, organisation, roles

WORDS: Mapping[str, Mapping[str, str]] = {
    "layer": organisation.LAYERS,
    "unit_kind": organisation.UNIT_KINDS,
    "role": roles.ROLES,
    "scope": roles.REACHES,
    "place_kind": organisation.PLACE_KINDS,
    "scheduled_kind": organisation.SCHEDULED_KINDS,
    "cycle_status": cycles.CYCLE_STATES,
    "permit": cycles.PERMITS,
    "model_status": cycles.MODEL_STATES,
    "rounding": cycles.ROUNDINGS,
    "evaluations": cycles.EVALUATIONS,
    "category": library.CATEGORIES,
    "nature": library.NATURES,
    "tool": library.TOOLS,
    "rule": library.RULES,
    "frequency": library.FREQUENCIES,
    "source": library.SOURCES,
    "library_status": library.LIBRARY_STATES,
    "claim_effect": library.CLAIM_EFFECTS,
    "draft_action": library.DRAFT_ACTIONS,
    "proposal_action": library.PROPOSAL_ACTIONS,
    "proposal_status": library.PROPOSAL_STATES,
    "proposal_origin": library.PROPOSAL_ORIGINS,
    "batch_mode": batches.MODES,
    "job_status": jobs.JOB_STATES,
    "target_job": jobs.TARGET_JOBS,
    "claim_status": claims.CLAIM_STATES,
    "claim_choice": claims.CLAIM_CHOICES,
    "allocation_choice": claims.ALLOCATION_CHOICES,
    "handover_choice": claims.HANDOVER_CHOICES,
    "claim_step": claims.CLAIM_STEPS,
    "acceptance_scope": claims.SCOPES,
    "shortage": claims.SHORTAGES,
    "share_bound": claims.BOUNDS,
    "movement": claims.MOVEMENTS,
    "handover_kind": claims.HANDOVER_KINDS,
    "handover_status": claims.HANDOVER_STATES,
    "generation_status": generation.GENERATION_STATES,
    "forecast_method": generation.FORECASTS,
    "result_origin": generation.RESULT_ORIGINS,
    "questionnaire_status": generation.QUESTIONNAIRE_STATES,
    "model_proposal_status": generation.MODEL_PROPOSAL_STATES,
    "weight_method": generation.WEIGHT_METHODS,
    "random_index": generation.RANDOM_INDICES,
    "case_kind": complaints.CASE_KINDS,
    "case_organisation": complaints.ORGANISATIONS,
    "case_status": complaints.CASE_STATES,
    "case_step": complaints.CASE_STEPS,
    "case_outcome": complaints.OUTCOMES,
    "satisfaction": complaints.SATISFACTIONS,
    "clock_status": complaints.CLOCK_STATES,
}


def english(code: str) -> str:
    """Return a code as English words."""
    return code.replace("_", " ")
