"""Every closed list of words by its name, so that screens, papers and exports say the same: code → 中文."""

from collections.abc import Mapping

from shared.vocabulary import complaints, cycles, library, organisation, roles, scoring

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
    "case_kind": complaints.CASE_KINDS,
    "case_organisation": complaints.ORGANISATIONS,
    "case_status": complaints.CASE_STATES,
    "case_step": complaints.CASE_STEPS,
    "case_outcome": complaints.OUTCOMES,
    "satisfaction": complaints.SATISFACTIONS,
    "clock_status": complaints.CLOCK_STATES,
    "component": scoring.COMPONENTS,
    "bureau_component": scoring.BUREAU_COMPONENTS,
    "cause": scoring.CAUSES,
    "desk_step": scoring.DESK_STEPS,
    "fact_kind": scoring.FACT_KINDS,
    "fact_step": scoring.FACT_STEPS,
    "run_status": scoring.RUN_STATES,
    "job_kind": scoring.JOB_KINDS,
    "job_status": scoring.JOB_STATES,
    "selection_step": scoring.SELECTION_STEPS,
    "seat": scoring.SEATS,
    "publication_level": scoring.LEVELS,
    "report_scope": scoring.SCOPES,
    "conversation_status": scoring.CONVERSATION_STATES,
    "improvement_status": scoring.IMPROVEMENT_STATES,
    "problem_action": scoring.PROBLEM_ACTIONS,
    "grading_status": scoring.GRADING_STATES,
    "circumstance": scoring.CIRCUMSTANCES,
    "influence": scoring.INFLUENCES,
    "self_scores": scoring.SELF_SCORES,
}


def english(code: str) -> str:
    """Return a code as English words."""
    return code.replace("_", " ")
