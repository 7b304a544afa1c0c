"""How the service is doing."""

from shared.contracts.operating import operating_of

operating = operating_of("targets")
(tell_operation,) = operating.operations
