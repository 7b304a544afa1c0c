"""The service's own audit trail."""

from shared.contracts.audit_trails import trail_of

audit_trail = trail_of("targets")
(list_trail,) = audit_trail.operations
