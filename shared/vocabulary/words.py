"""Every closed list of words by its name, so that screens, papers and exports say the same: code → 中文."""

from collections.abc import Mapping

from shared.vocabulary import complaints, declarations, evidence, indicators, organisation, roles

WORDS: Mapping[str, Mapping[str, str]] = {
    "layer": organisation.LAYERS,
    "unit_kind": organisation.UNIT_KINDS,
    "role": roles.ROLES,
    "scope": roles.REACHES,
    "category": indicators.CATEGORIES,
    "tool": indicators.TOOLS,
    "rule": indicators.RULES,
    "frequency": indicators.FREQUENCIES,
    "declaration_status": declarations.DECLARATION_STATES,
    "verifier": declarations.VERIFIERS,
    "deciding_step": declarations.DECIDING_STEPS,
    "consent_status": declarations.CONSENT_STATES,
    "delegation_status": declarations.DELEGATION_STATES,
    "notice_kind": declarations.NOTICE_KINDS,
    "deed_kind": declarations.DEED_KINDS,
    "to_do": declarations.TO_DO_LISTS,
    "form": declarations.FORMS,
    "evidence_kind": evidence.FILE_KINDS,
    "evidence_of": evidence.REFERRING,
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
